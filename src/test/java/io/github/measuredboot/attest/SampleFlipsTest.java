package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestVerifier;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.CreationData;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.TpmSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each bit of each sample is flipped; docs/BIT-FLIPS.md has the figures, and what the flips are that are not refused. */
class SampleFlipsTest {
    private static final Instant NOW = Instant.parse("2026-12-26T12:00:00Z");
    private static final Map<String, String> STATEMENTS = new LinkedHashMap<>(
            Map.of("quote", "Quote", "nvcert", "Nv", "certify", "Certify", "cc", "Creation", "time", "Time"));

    private interface Verification {
        void of(Bytes flipped) throws Exception;
    }

    private static Bytes file(String name) {
        return Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve(name)));
    }

    private static AttestationKey key() throws MalformedDataException {
        return AttestationKey.decode(file("ak.pub"));
    }

    private static void verify(Bytes attest, Bytes signature, String type, AttestationKey key) throws Exception {
        Attested attested = AttestVerifier.verify(
                        Attest.decode(attest),
                        TpmSignature.decode(signature),
                        Attested.class,
                        key.requireName(file("ak.name")),
                        Nonce.insecureUnchecked())
                .attested();
        assertEquals(type, attested.getClass().getSimpleName());
    }

    private static void requireCertified(Bytes area) throws Exception {
        Attested.Certify certify =
                (Attested.Certify) Attest.decode(file("certify.msg")).attested();
        refuseUnless(PublicArea.decode(area).name().equals(Optional.of(certify.name())));
    }

    private static void refuseUnless(boolean isSo) throws AttestationRefusedException {
        if (!isSo) {
            throw new AttestationRefusedException(AttestationRefusal.VALUE_DIFFERS, "differs");
        }
    }

    private static void requireHash(Bytes creation, Bytes hash) throws Exception {
        CreationData data = CreationData.decode(creation);
        refuseUnless(data.hash(HashAlgorithm.SHA256).orElseThrow().equals(hash.from(Short.BYTES))
                && hash.u8(0) == 0
                && hash.u8(1) == hash.length() - Short.BYTES);
    }

    /** It has to be the key of the certificate; the rest of the area decides only whether the credential opens. */
    private static void requireEndorsementKey(String sample, Bytes area) throws Exception {
        EndorsementKey original = EndorsementKey.of(PublicArea.decode(file(sample)));
        EndorsementKey key = EndorsementKey.of(PublicArea.decode(area));
        refuseUnless(key.publicKey().equals(original.publicKey()));
        key.makeCredential(Bytes.parseHex("000b" + "00".repeat(32)), Bytes.parseHex("01"), new SecureRandom());
    }

    private static void requireCertificate(String sample, Bytes der) throws Exception {
        CertificateVerifier.trusting(List.of(TpmCertificate.decode(file(sample))))
                .verify(TpmCertificate.decode(der), TpmCertificate.Purpose.ENDORSEMENT_KEY, NOW);
    }

    private static Map<String, Verification> samples() {
        Map<String, Verification> samples = new LinkedHashMap<>();
        STATEMENTS.keySet().stream().sorted().forEach(name -> {
            String type = STATEMENTS.getOrDefault(name, "");
            samples.put(name + ".msg", flipped -> verify(flipped, file(name + ".sig"), type, key()));
            samples.put(name + ".sig", flipped -> verify(file(name + ".msg"), flipped, type, key()));
        });
        samples.put(
                "ak.pub",
                flipped -> verify(file("time.msg"), file("time.sig"), "Time", AttestationKey.decode(flipped)));
        samples.put("ak.name", flipped -> key().requireName(flipped));
        samples.put("ak2.pub", flipped -> AttestationKey.decode(flipped).requireName(file("ak2.name")));
        samples.put(
                "ak2.name", flipped -> AttestationKey.decode(file("ak2.pub")).requireName(flipped));
        samples.put("k.pub", SampleFlipsTest::requireCertified);
        for (String name : List.of("k", "prim")) {
            samples.put(name + ".cd", flipped -> requireHash(flipped, file(name + ".ch")));
            samples.put(name + ".ch", flipped -> requireHash(file(name + ".cd"), flipped));
        }
        for (String name : List.of("ek_rsa.pub", "ek_ecc.pub")) {
            samples.put(name, flipped -> requireEndorsementKey(name, flipped));
        }
        for (String name : List.of("ekcert_rsa.der", "ekcert_ecc384.der")) {
            samples.put(name, flipped -> requireCertificate(name, flipped));
        }
        return samples;
    }

    @Test
    void eachFlipIsRefusedOrListed() throws Exception {
        String page = Files.readString(Path.of("docs/BIT-FLIPS.md"), StandardCharsets.UTF_8);
        StringBuilder missing = new StringBuilder();
        for (Map.Entry<String, Verification> sample : samples().entrySet()) {
            Bytes original = file(sample.getKey());
            sample.getValue().of(original);
            int malformed = 0;
            int taken = 0;
            for (int bit = 0; bit < original.length() * Byte.SIZE; bit++) {
                byte[] flipped = original.toByteArray();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                try {
                    sample.getValue().of(Bytes.wrap(flipped));
                    taken++;
                    assertTrue(isIrrelevant(sample.getKey(), Bytes.wrap(flipped)), sample.getKey() + ", bit " + bit);
                } catch (MalformedDataException e) {
                    malformed++;
                } catch (AttestationRefusedException | QuoteRefusedException e) {
                    // refused with its reason
                }
            }
            int flips = original.length() * Byte.SIZE;
            String row = String.format(
                    "| %s | %,d | %,d | %,d | %,d |",
                    sample.getKey(), flips, malformed, flips - malformed - taken, taken);
            missing.append(page.contains(row) ? "" : row + "\n");
        }
        assertEquals("", missing.toString(), "rows of docs/BIT-FLIPS.md");
    }

    /**
     * The policy of an endorsement key and who may use it, which no credential is made of, and the size of its AES keys, by which
     * the TPM finds another secret. The area is of no template any more, and has another name than the one that a challenge is
     * bound to.
     */
    private static boolean isIrrelevant(String sample, Bytes flipped) throws Exception {
        PublicArea original = PublicArea.decode(file(sample));
        PublicArea area = PublicArea.decode(flipped);
        return sample.startsWith("ek_")
                && EkTemplate.of(area).isEmpty()
                && !area.name().equals(original.name());
    }
}
