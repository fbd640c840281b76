package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.TpmSignature;
import java.util.List;
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

    /** As Windows registers: an RSA key, and SHA-1 or SHA-256 by the statement's algorithm. */
    @Test
    void keysAndHashAlgorithmsOfEachKindAreTaken() throws Exception {
        for (HashAlgorithm hash :
                List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512)) {
            for (SoftwareTpm key : List.of(
                    SoftwareTpm.rsa(2048, TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA256)
                            .withAttributes(0x00060072),
                    SoftwareTpm.ecdsa(4, "secp384r1", HashAlgorithm.SHA384).withNameAlg(HashAlgorithm.SHA384))) {
                PublicArea area = key.publicArea();
                Attested.Certify about = new Attested.Certify(area.name().orElseThrow(), Bytes.EMPTY);
                WebAuthnStatement statement =
                        WebAuthnStatement.decode(certInfo(hash.hash(DATA).orElseThrow(), about), area.encode());
                statement.require(hash, DATA, key.key().publicKey().orElseThrow());
                for (HashAlgorithm other : List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA3_256)) {
                    if (!other.equals(hash)) {
                        assertEquals(
                                AttestationRefusal.VALUE_DIFFERS,
                                assertThrows(
                                                AttestationRefusedException.class,
                                                () -> statement.require(
                                                        other,
                                                        DATA,
                                                        key.key().publicKey().orElseThrow()))
                                        .reason());
                    }
                }
            }
        }
    }

    @Test
    void eachFlippedBitOfThePublicAreaIsRefused() throws Exception {
        PublicArea area = CREDENTIAL.publicArea();
        Bytes encoded = area.encode();
        Bytes certInfo = certInfo(
                HASH.hash(DATA).orElseThrow(), new Attested.Certify(area.name().orElseThrow(), Bytes.EMPTY));
        for (int bit = 0; bit < encoded.length() * Byte.SIZE; bit++) {
            byte[] flipped = encoded.toByteArray();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThrows(
                    Exception.class,
                    () -> WebAuthnStatement.decode(certInfo, Bytes.wrap(flipped))
                            .require(HASH, DATA, CREDENTIAL.key().publicKey().orElseThrow()),
                    "bit " + bit);
        }
    }
}
