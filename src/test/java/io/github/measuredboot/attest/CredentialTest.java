package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.crypto.TpmKdf;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.TpmSignature;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Without a TPM; what opens the credentials here is the JDK's own OAEP, HMAC and AES. */
class CredentialTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair EK = TestAuthority.rsa(2048);
    private static final Instant EXPIRES = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant NOW = EXPIRES.minusSeconds(10);
    private static final SoftwareTpm AK = SoftwareTpm.p256();

    private static EndorsementKey ek(HashAlgorithm nameAlg) throws Exception {
        PublicArea standard = EkTemplate.L1.publicArea(EK.getPublic()).orElseThrow();
        return EndorsementKey.of(new PublicArea(
                nameAlg.id(), standard.objectAttributes(), standard.authPolicy(), standard.parameters()));
    }

    /** TPM2_ActivateCredential with the JDK's cryptography. */
    private static Bytes open(CredentialBlob blob, HashAlgorithm hash, Bytes name) throws Exception {
        String jca = hash.newMessageDigest().orElseThrow().getAlgorithm();
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        byte[] label = "IDENTITY\0".getBytes(StandardCharsets.US_ASCII);
        rsa.init(
                Cipher.DECRYPT_MODE,
                EK.getPrivate(),
                new OAEPParameterSpec(jca, "MGF1", new MGF1ParameterSpec(jca), new PSource.PSpecified(label)));
        byte[] seed = rsa.doFinal(blob.encryptedSecret().toByteArray());
        int size = hash.digestSize();
        byte[] storage = kdfa(jca, seed, "STORAGE", name.toByteArray(), 128);
        byte[] integrity = kdfa(jca, seed, "INTEGRITY", new byte[0], size * 8);
        Bytes encrypted = blob.idObject().from(2 + size);
        Mac mac = Mac.getInstance("Hmac" + (jca.startsWith("SHA-") ? "SHA" + jca.substring(4) : jca));
        mac.init(new SecretKeySpec(integrity, "x"));
        mac.update(encrypted.toByteArray());
        mac.update(name.toByteArray());
        assertEquals(Bytes.wrap(mac.doFinal()), blob.idObject().slice(2, size));
        Cipher aes = Cipher.getInstance("AES/CFB/NoPadding");
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(storage, "AES"), new IvParameterSpec(new byte[16]));
        Bytes plain = Bytes.wrap(aes.doFinal(encrypted.toByteArray()));
        assertEquals(plain.length() - 2, plain.u8(0) << 8 | plain.u8(1));
        return plain.from(2);
    }

    private static byte[] kdfa(String jca, byte[] key, String label, byte[] context, int bits) throws Exception {
        Mac mac = Mac.getInstance("Hmac" + (jca.startsWith("SHA-") ? "SHA" + jca.substring(4) : jca));
        mac.init(new SecretKeySpec(key, "x"));
        mac.update(new byte[] {0, 0, 0, 1});
        mac.update((label + "\0").getBytes(StandardCharsets.US_ASCII));
        mac.update(context);
        mac.update(new byte[] {0, 0, (byte) (bits >> 8), (byte) bits});
        return Arrays.copyOf(mac.doFinal(), bits / 8);
    }

    @Test
    void theJdkOpensWhatIsMade() throws Exception {
        Bytes name = AK.publicArea().name().orElseThrow();
        for (HashAlgorithm hash :
                List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512)) {
            Bytes secret = Bytes.parseHex("11".repeat(hash.digestSize()));
            CredentialBlob blob = ek(hash).makeCredential(name, secret, RANDOM);
            assertEquals(secret, open(blob, hash, name), hash.name());
            assertNotEquals(blob, ek(hash).makeCredential(name, secret, RANDOM), "each has a seed of its own");
            assertEquals(blob, CredentialBlob.decode(blob.encode()));
        }
    }

    /** The JDK has no OAEP with SHA-3 or SM3: RSA without padding, and the HMAC. */
    @Test
    void theOtherHashAlgorithmsHaveOaepToo() throws Exception {
        for (HashAlgorithm hash : List.of(HashAlgorithm.SM3_256, HashAlgorithm.SHA3_256, HashAlgorithm.SHA3_512)) {
            CredentialBlob blob =
                    ek(hash).makeCredential(AK.publicArea().name().orElseThrow(), Bytes.parseHex("22"), RANDOM);
            RSAPrivateKey key = (RSAPrivateKey) EK.getPrivate();
            BigInteger opened = new BigInteger(1, blob.encryptedSecret().toByteArray())
                    .modPow(key.getPrivateExponent(), key.getModulus());
            Bytes encoded = SoftwareTpm.bytes(opened, 256);
            assertEquals(0, encoded.u8(0));
            byte[] maskedSeed = encoded.slice(1, hash.digestSize()).toByteArray();
            byte[] block = encoded.from(1 + hash.digestSize()).toByteArray();
            byte[] seed = xor(maskedSeed, mgf1(hash, block, maskedSeed.length));
            byte[] plain = xor(block, mgf1(hash, seed, block.length));
            MessageDigest digest = hash.newMessageDigest().orElseThrow();
            byte[] label = digest.digest("IDENTITY\0".getBytes(StandardCharsets.US_ASCII));
            assertEquals(Bytes.wrap(label), Bytes.wrap(plain).slice(0, hash.digestSize()), hash.name());
            assertEquals(1, plain[plain.length - hash.digestSize() - 1]);
        }
    }

    private static byte[] mgf1(HashAlgorithm hash, byte[] seed, int size) {
        byte[] mask = new byte[0];
        for (int i = 0; mask.length < size; i++) {
            MessageDigest digest = hash.newMessageDigest().orElseThrow();
            digest.update(seed);
            byte[] next = digest.digest(new byte[] {0, 0, 0, (byte) i});
            mask = Arrays.copyOf(mask, mask.length + next.length);
            System.arraycopy(next, 0, mask, mask.length - next.length, next.length);
        }
        return Arrays.copyOf(mask, size);
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    /** RFC 4231, test case 6, and the JDK's HMAC of other blocks. */
    @Test
    void hmacIsThatOfTheRfcAndTheJdk() throws Exception {
        byte[] key = HexFormat.of().parseHex("aa".repeat(131));
        byte[] data = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                HexFormat.of().formatHex(new TpmKdf(MessageDigest.getInstance("SHA-256")).hmac(key, data)));
        for (String hash : List.of("SHA-1", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512")) {
            Mac mac = Mac.getInstance("Hmac" + (hash.startsWith("SHA-") ? "SHA" + hash.substring(4) : hash));
            mac.init(new SecretKeySpec(key, "x"));
            assertEquals(
                    Bytes.wrap(mac.doFinal(data)),
                    Bytes.wrap(new TpmKdf(MessageDigest.getInstance(hash)).hmac(key, data)),
                    hash);
        }
    }

    private static AttestationRefusal refusal(org.junit.jupiter.api.function.Executable check) {
        return assertThrows(AttestationRefusedException.class, check).reason();
    }

    @Test
    void aChallengeIsStoredAndAnswered() throws Exception {
        CredentialChallenge.Issued issued =
                CredentialChallenge.issue(ek(HashAlgorithm.SHA256), AK.key(), RANDOM, EXPIRES);
        Bytes answer = open(
                issued.credential(),
                HashAlgorithm.SHA256,
                AK.publicArea().name().orElseThrow());
        Bytes stored = issued.challenge().encode();
        CredentialChallenge read = CredentialChallenge.decode(stored);
        assertEquals(stored, read.encode());
        assertEquals(EXPIRES, read.expires());
        assertTrue(!stored.toHex().contains(answer.toHex()), "the secret is not stored");
        read.requireAnswer(answer, NOW);
        assertEquals(AttestationRefusal.EXPIRED, refusal(() -> read.requireAnswer(answer, EXPIRES)));
        assertEquals(AttestationRefusal.ANSWER_WRONG, refusal(() -> read.requireAnswer(Bytes.EMPTY, NOW)));
        assertThrows(MalformedDataException.class, () -> CredentialChallenge.decode(stored.from(1)));
    }

    @Test
    void keysThatAreNoAttestationKeysGetNoChallenge() throws Exception {
        for (long attributes : new long[] {0x00040072, 0x00050070, 0x00050062, 0x00050052, 0x00070072, 0x00010072}) {
            AttestationKey key = AK.withAttributes(attributes).key();
            assertEquals(
                    AttestationRefusal.NOT_AN_ATTESTATION_KEY,
                    refusal(() -> CredentialChallenge.issue(ek(HashAlgorithm.SHA256), key, RANDOM, EXPIRES)));
        }
        SoftwareTpm shortKey = SoftwareTpm.rsa(1024, TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA256);
        assertEquals(
                AttestationRefusal.NOT_AN_ATTESTATION_KEY,
                refusal(() -> CredentialChallenge.issue(ek(HashAlgorithm.SHA256), shortKey.key(), RANDOM, EXPIRES)));
        assertEquals(AttestationRefusal.NOT_AN_ENDORSEMENT_KEY, refusal(() -> EndorsementKey.of(AK.publicArea())));
    }

    @Test
    void keysWithoutASchemeOrWithASha1NameGetNoChallenge() throws Exception {
        SoftwareTpm sha1 = SoftwareTpm.ecdsa(3, "secp256r1", HashAlgorithm.SHA1);
        SoftwareTpm storage = AK.withParameters(new PublicArea.Scheme(0x0019, Bytes.parseHex("000b")));
        for (SoftwareTpm tpm : List.of(AK.withoutScheme(), AK.withNameAlg(HashAlgorithm.SHA1), sha1, storage)) {
            assertEquals(
                    AttestationRefusal.NOT_AN_ATTESTATION_KEY,
                    refusal(() -> CredentialChallenge.issue(ek(HashAlgorithm.SHA256), tpm.key(), RANDOM, EXPIRES)));
        }
        CredentialChallenge.issue(
                ek(HashAlgorithm.SHA256), AK.withNameAlg(HashAlgorithm.SHA384).key(), RANDOM, EXPIRES);
    }

    @Test
    void keysThatOnlyLookLikeThoseOfATemplateGiveNone() throws Exception {
        RSAPublicKey rsa = (RSAPublicKey) EK.getPublic();
        BigInteger sameInt = BigInteger.ONE.shiftLeft(32).add(rsa.getPublicExponent());
        PublicKey odd = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(rsa.getModulus(), sameInt));
        ECPublicKey p256 = (ECPublicKey) TestAuthority.ecc("secp256r1").getPublic();
        for (EkTemplate template : EkTemplate.values()) {
            assertEquals(Optional.empty(), template.publicArea(odd));
            assertEquals(Optional.empty(), template.publicArea(new OtherCurve(p256)));
            assertEquals(
                    template == EkTemplate.L2 || template == EkTemplate.H2,
                    template.publicArea(p256).isPresent());
        }
    }

    @Test
    void keysOnTheCurveOfSm2AreNotSupported() throws Exception {
        PublicArea area = EkTemplate.L2
                .publicArea(TestAuthority.ecc("secp256r1").getPublic())
                .orElseThrow();
        PublicArea.Ecc ecc = (PublicArea.Ecc) area.parameters();
        ECPoint point = new ECPoint(
                new BigInteger("32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7", 16),
                new BigInteger("bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0", 16));
        PublicArea sm2 = new PublicArea(
                area.nameAlg(),
                area.objectAttributes(),
                area.authPolicy(),
                new PublicArea.Ecc(
                        ecc.symmetric(),
                        ecc.scheme(),
                        0x20,
                        ecc.kdf(),
                        SoftwareTpm.bytes(point.getAffineX(), 32),
                        SoftwareTpm.bytes(point.getAffineY(), 32)));
        assertEquals(AttestationRefusal.NOT_SUPPORTED, refusal(() -> EndorsementKey.of(sm2)));
    }

    /** A curve over the same field, with another equation. */
    private record OtherCurve(ECPublicKey key) implements ECPublicKey {
        @Override
        public ECPoint getW() {
            return key.getW();
        }

        @Override
        public ECParameterSpec getParams() {
            ECParameterSpec known = key.getParams();
            EllipticCurve curve = new EllipticCurve(known.getCurve().getField(), BigInteger.ZERO, BigInteger.TEN);
            return new ECParameterSpec(curve, known.getGenerator(), known.getOrder(), known.getCofactor());
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return key.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return key.getEncoded();
        }
    }

    @Test
    void samplesAreWhatTheTemplatesSay() throws Exception {
        for (String name : List.of("ek_rsa.pub", "ek_ecc.pub")) {
            PublicArea area = PublicArea.decode(
                    Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve(name))));
            EndorsementKey key = EndorsementKey.of(area);
            EkTemplate template = key.template().orElseThrow();
            assertEquals(name.contains("rsa") ? EkTemplate.L1 : EkTemplate.L2, template);
            assertEquals(area, template.publicArea(key.publicKey()).orElseThrow());
        }
        for (String name : List.of("cred_rsa.blob", "cred_ecc.blob")) {
            Bytes blob = Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve(name)));
            CredentialBlob read = CredentialBlob.decode(blob);
            assertEquals(blob, read.encode());
            EndorsementKey key = EndorsementKey.of(PublicArea.decode(Bytes.wrap(TestLogs.read(
                    TestLogs.shared("attest").resolve(name.contains("rsa") ? "ek_rsa.pub" : "ek_ecc.pub")))));
            CredentialBlob ours =
                    key.makeCredential(Bytes.parseHex("000b" + "00".repeat(32)), secretLike(read), RANDOM);
            assertEquals(read.encode().length(), ours.encode().length());
        }
    }

    private static Bytes secretLike(CredentialBlob blob) {
        return Bytes.wrap(new byte[blob.idObject().length() - 2 - 32 - 2]);
    }
}
