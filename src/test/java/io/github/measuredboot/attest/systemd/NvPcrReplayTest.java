package io.github.measuredboot.attest.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.NvReading;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestVerifier;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NvPcrReplayTest {
    private static final SoftwareTpm TPM = SoftwareTpm.p256();
    private static final NvPublic INDEX =
            new NvPublic(0x01d10203, HashAlgorithm.SHA256.id(), 0x28060048, Bytes.EMPTY, 32);
    private static final Bytes ZEROS = Bytes.wrap(new byte[32]);
    private static final Optional<HashAlgorithm> PROVED = Optional.of(HashAlgorithm.SHA256);

    private static Bytes hash(Bytes... parts) {
        StringBuilder hex = new StringBuilder();
        for (Bytes part : parts) {
            hex.append(part.toHex());
        }
        return HashAlgorithm.SHA256.hash(Bytes.parseHex(hex)).orElseThrow();
    }

    private static Bytes hash(String text) {
        return hash(Bytes.encode(text, StandardCharsets.UTF_8));
    }

    private static String record(String register, String text) {
        return "\u001e{" + register + ",\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\""
                + hash(text).toHex() + "\"}],\"content_type\":\"systemd\",\"content\":{\"string\":\"" + text + "\"}}\n";
    }

    private static List<CelRecord> log(String... records) throws Exception {
        return UserspaceLogJson.parse(Bytes.encode(String.join("", records), StandardCharsets.UTF_8))
                .records();
    }

    private static VerifiedAttest<Attested.Nv> certify(NvPublic index, int offset, Bytes contents) throws Exception {
        Attest attest = new Attest(
                TPM.publicArea().qualifiedName(Bytes.parseHex("4000000b")).orElseThrow(),
                Bytes.EMPTY,
                new Attest.ClockInfo(1, 1, 1, true),
                1,
                new Attested.Nv(index.name().orElseThrow(), offset, contents));
        return AttestVerifier.verify(
                attest, TPM.sign(attest.encode()), Attested.Nv.class, TPM.key(), Nonce.insecureUnchecked());
    }

    private static NvReading reading(Bytes contents) throws Exception {
        return NvReading.of(certify(INDEX, 0, contents), INDEX);
    }

    private static String name() {
        return INDEX.name().orElseThrow().toHex();
    }

    @Test
    void recordsGiveTheValueAndPcr9TheIndex() throws Exception {
        String initialized = record("\"pcr\":9", "nvpcr-init:login:0x1d10203:" + name());
        String separator = record("\"pcr\":9", "nvpcr-separator");
        String first = record("\"nv_index\":30474755", "one");
        String second = record("\"nv_index\":30474755", "two");
        String other = record("\"nv_index\":30474754", "three");
        Bytes base = hash(ZEROS, ZEROS);
        Bytes value = hash(hash(base, hash("one")), hash("two"));
        NvPcrValue good = new NvPcrReplay(log(initialized, separator, first, other, second), PROVED)
                .value("login", reading(value));
        assertTrue(good.isReproduced() && good.isInitialized());
        assertEquals(2, good.records());
        assertFalse(new NvPcrReplay(log(initialized, separator, second, first), PROVED)
                .value("login", reading(value))
                .isReproduced());
        assertFalse(new NvPcrReplay(log(initialized, separator, first), PROVED)
                .value("login", reading(value))
                .isReproduced());
        String relabelled = separator.replace("\"string\":\"nvpcr-separator\"", "\"string\":\"another\"");
        assertFalse(
                new NvPcrReplay(log(relabelled, initialized, first, second), PROVED)
                        .value("login", reading(value))
                        .isInitialized(),
                "the digest is that of the separator, whatever its string is");
        assertFalse(
                new NvPcrReplay(log(initialized, first, second), PROVED)
                        .value("login", reading(value))
                        .isInitialized(),
                "without a separator anyone may have extended what is before");
        NvPublic writable = new NvPublic(0x01d10203, HashAlgorithm.SHA256.id(), 0x2a060046, Bytes.EMPTY, 32);
        String ofWritable = record(
                "\"pcr\":9",
                "nvpcr-init:login:0x1d10203:" + writable.name().orElseThrow().toHex());
        assertFalse(
                new NvPcrReplay(log(ofWritable, separator, first, second), PROVED)
                        .value("login", NvReading.of(certify(writable, 0, value), writable))
                        .isInitialized(),
                "an index that others can write may have been made again");
        assertFalse(
                new NvPcrReplay(log(initialized, first, second), Optional.empty())
                        .value("login", reading(value))
                        .isInitialized(),
                "PCR 9 is not proved");
        assertFalse(
                new NvPcrReplay(log(separator, initialized, first, second), PROVED)
                        .value("login", reading(value))
                        .isInitialized(),
                "what comes after the separator anyone can extend");
        assertFalse(
                new NvPcrReplay(log(initialized.replace("login", "logon"), first, second), PROVED)
                        .value("login", reading(value))
                        .isInitialized(),
                "the digest is not that of the string");
    }

    @Test
    void theOlderFormRecordsTheValueAfterTheAnchor() throws Exception {
        Bytes anchored = hash("secret");
        String initialized = record("\"pcr\":9", "nvpcr-init:login:0x1d10203:sha256:" + anchored.toHex());
        Bytes value = hash(anchored, hash("one"));
        List<CelRecord> log = log(initialized, record("\"nv_index\":30474755", "one"));
        NvPcrValue good = new NvPcrReplay(log, PROVED).value("login", reading(value));
        assertTrue(good.isReproduced());
        assertFalse(good.isInitialized(), "it does not say of which index");
        assertFalse(
                new NvPcrReplay(log, PROVED)
                        .value("login", reading(hash(ZEROS, hash("one"))))
                        .isReproduced(),
                "the proved anchor is the only start");
        assertFalse(new NvPcrReplay(log, Optional.empty())
                .value("login", reading(value))
                .isReproduced());
    }

    @Test
    void aReadingIsOfAWholeIndex() throws Exception {
        NvPublic unwritten = new NvPublic(0x01d10203, HashAlgorithm.SHA256.id(), 0x08060048, Bytes.EMPTY, 32);
        assertEquals(AttestationRefusal.NAME_DIFFERS, refusal(certify(INDEX, 0, ZEROS), unwritten));
        assertEquals(AttestationRefusal.INDEX_DIFFERS, refusal(certify(unwritten, 0, ZEROS), unwritten));
        assertEquals(AttestationRefusal.INDEX_DIFFERS, refusal(certify(INDEX, 1, ZEROS.from(1)), INDEX));
        assertEquals(AttestationRefusal.INDEX_DIFFERS, refusal(certify(INDEX, 0, ZEROS.from(1)), INDEX));
    }

    private static AttestationRefusal refusal(VerifiedAttest<Attested.Nv> statement, NvPublic index) {
        return assertThrows(AttestationRefusedException.class, () -> NvReading.of(statement, index))
                .reason();
    }
}
