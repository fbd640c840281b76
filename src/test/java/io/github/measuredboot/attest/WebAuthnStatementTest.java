package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import org.junit.jupiter.api.Test;

class WebAuthnStatementTest {
    private static final SoftwareTpm CREDENTIAL = SoftwareTpm.p256().withAttributes(0x00040072);
    private static final Bytes DATA = Bytes.parseHex("0102030405");
    private static final HashAlgorithm HASH = HashAlgorithm.SHA256;

    private static Bytes certInfo(Bytes extraData, Attested attested) {
        return new Attest(Bytes.EMPTY, extraData, new Attest.ClockInfo(1, 1, 1, true), 1, attested).encode();
    }

    private static void check(Bytes certInfo, PublicArea area, SoftwareTpm key) throws Exception {
        WebAuthnStatement.decode(certInfo, area.encode())
                .require(HASH, DATA, key.key().publicKey().orElseThrow());
    }

    private static AttestationRefusal refusal(Bytes certInfo, PublicArea area, SoftwareTpm key) {
        return assertThrows(AttestationRefusedException.class, () -> check(certInfo, area, key))
                .reason();
    }

    @Test
    void theStatementIsAboutTheCredentialsKey() throws Exception {
        PublicArea area = CREDENTIAL.publicArea();
        Attested.Certify about = new Attested.Certify(area.name().orElseThrow(), Bytes.EMPTY);
        Bytes extraData = HASH.hash(DATA).orElseThrow();
        check(certInfo(extraData, about), area, CREDENTIAL);
        assertEquals(AttestationRefusal.VALUE_DIFFERS, refusal(certInfo(DATA, about), area, CREDENTIAL));
        assertEquals(
                AttestationRefusal.PURPOSE_DIFFERS,
                refusal(certInfo(extraData, new Attested.SessionAudit(true, DATA)), area, CREDENTIAL));
        assertEquals(
                AttestationRefusal.NAME_DIFFERS,
                refusal(certInfo(extraData, about), SoftwareTpm.p256().publicArea(), CREDENTIAL));
        assertEquals(AttestationRefusal.KEY_DIFFERS, refusal(certInfo(extraData, about), area, SoftwareTpm.p256()));
    }
}
