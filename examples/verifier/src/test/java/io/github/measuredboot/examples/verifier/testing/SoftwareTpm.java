package io.github.measuredboot.examples.verifier.testing;

import io.github.measuredboot.attest.CredentialBlob;
import io.github.measuredboot.attest.EkTemplate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.TpmSignature;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** What the verifier needs of a TPM, with keys of this JVM: an endorsement key, an attestation key and quotes. */
public final class SoftwareTpm {
    private static final long RESTRICTED_SIGNING = 0x00050072;
    private static final long SIGNING = 0x00040072;
    private static final int P256 = 3;
    private static final int SIZE = 32;

    private final KeyPair ek;
    private final KeyPair ak;
    private final PublicArea ekArea;
    private final PublicArea akArea;
    private long clock;
    private int resets = 1;

    public SoftwareTpm(KeyPair ek) throws GeneralSecurityException {
        this(ek, RESTRICTED_SIGNING);
    }

    private SoftwareTpm(KeyPair ek, long akAttributes) throws GeneralSecurityException {
        this.ek = ek;
        this.ekArea = EkTemplate.L1.publicArea(ek.getPublic()).orElseThrow();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.ak = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) ak.getPublic();
        PublicArea.Scheme none = new PublicArea.Scheme(PublicArea.Scheme.NULL, Bytes.EMPTY);
        this.akArea = new PublicArea(
                HashAlgorithm.SHA256.id(),
                akAttributes,
                Bytes.EMPTY,
                new PublicArea.Ecc(
                        new PublicArea.Symmetric(PublicArea.Scheme.NULL, Bytes.EMPTY),
                        new PublicArea.Scheme(TpmSignature.Scheme.ECDSA.id(), Bytes.parseHex("000b")),
                        P256,
                        none,
                        fixed(key.getW().getAffineX()),
                        fixed(key.getW().getAffineY())));
    }

    public static SoftwareTpm create() throws GeneralSecurityException {
        return new SoftwareTpm(rsa());
    }

    /** One whose attestation key also signs what the TPM did not make. */
    public static SoftwareTpm withUnrestrictedKey() throws GeneralSecurityException {
        return new SoftwareTpm(rsa(), SIGNING);
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static Bytes fixed(BigInteger number) {
        byte[] all = number.toByteArray();
        byte[] padded = new byte[SIZE];
        int skip = Math.max(0, all.length - SIZE);
        System.arraycopy(all, skip, padded, SIZE - (all.length - skip), all.length - skip);
        return Bytes.wrap(padded);
    }

    public byte[] ekPublic() {
        return sized(ekArea);
    }

    public byte[] akPublic() {
        return sized(akArea);
    }

    public String ekName() {
        return ekArea.name().orElseThrow().toHex();
    }

    private static byte[] sized(PublicArea area) {
        byte[] bytes = area.encode().toByteArray();
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    public void reset() {
        resets++;
    }

    /** TPM2_ActivateCredential, without its check of integrity. */
    public byte[] activate(byte[] credential) throws Exception {
        CredentialBlob blob = CredentialBlob.decode(Bytes.wrap(credential));
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.DECRYPT_MODE,
                ek.getPrivate(),
                new OAEPParameterSpec(
                        "SHA-256",
                        "MGF1",
                        MGF1ParameterSpec.SHA256,
                        new PSource.PSpecified("IDENTITY\0".getBytes(StandardCharsets.US_ASCII))));
        byte[] seed = rsa.doFinal(blob.encryptedSecret().toByteArray());
        Mac kdf = Mac.getInstance("HmacSHA256");
        kdf.init(new SecretKeySpec(seed, "HmacSHA256"));
        kdf.update(new byte[] {0, 0, 0, 1});
        kdf.update("STORAGE\0".getBytes(StandardCharsets.US_ASCII));
        kdf.update(akArea.name().orElseThrow().toByteArray());
        kdf.update(new byte[] {0, 0, 0, (byte) 128});
        Cipher aes = Cipher.getInstance("AES/CFB/NoPadding");
        aes.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(kdf.doFinal(), 16), "AES"),
                new IvParameterSpec(new byte[16]));
        Bytes encrypted = blob.idObject().from(2 + SIZE);
        byte[] secret = aes.doFinal(encrypted.toByteArray());
        return Arrays.copyOfRange(secret, 2, secret.length);
    }

    /** A statement and its signature. */
    public record Quoted(byte[] attest, byte[] signature) {}

    public Quoted quote(PcrSelection selection, PcrValues values, byte[] nonce) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(values(selection, values));
        Attest attest = new Attest(
                akArea.qualifiedName(Bytes.parseHex("4000000b")).orElseThrow(),
                Bytes.wrap(nonce),
                new Attest.ClockInfo(++clock, resets, 0, true),
                1,
                new Attested.Quote(
                        selection.banks().stream().map(SoftwareTpm::select).toList(), Bytes.wrap(digest.digest())));
        byte[] message = attest.encode().toByteArray();
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(ak.getPrivate());
        signer.update(message);
        Bytes both = Bytes.wrap(signer.sign());
        TpmSignature signature = new TpmSignature.Ecc(
                TpmSignature.Scheme.ECDSA, HashAlgorithm.SHA256, both.slice(0, SIZE), both.from(SIZE));
        return new Quoted(message, signature.encode().toByteArray());
    }

    /** The values of some PCRs, one after the other, as {@code tpm2_quote -F values} writes them. */
    public static byte[] values(PcrSelection selection, PcrValues values) {
        ByteBuffer all = ByteBuffer.allocate(selection.valuesSize());
        selection
                .banks()
                .forEach(bank -> bank.pcrs()
                        .forEach(pcr -> all.put(values.value(bank.algorithm(), pcr)
                                .orElseThrow()
                                .toByteArray())));
        return all.array();
    }

    private static Attest.BankSelection select(PcrSelection.Bank bank) {
        byte[] bits = new byte[3];
        bank.pcrs().forEach(pcr -> bits[pcr / 8] |= (byte) (1 << (pcr % 8)));
        return new Attest.BankSelection(bank.algorithm().id(), Bytes.wrap(bits));
    }
}
