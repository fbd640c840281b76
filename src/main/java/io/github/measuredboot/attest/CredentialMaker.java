package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.crypto.SeedEncryption;
import io.github.measuredboot.internal.crypto.TpmKdf;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;

/** TPM 2.0 Library, Part 1, section 24: credential protection. */
final class CredentialMaker {
    private static final byte[] NONE = {};
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;

    private CredentialMaker() {}

    static CredentialBlob make(PublicArea ek, PublicKey key, Bytes objectName, Bytes secret, SecureRandom random)
            throws AttestationRefusedException {
        MessageDigest digest = HashAlgorithm.byId(ek.nameAlg())
                .flatMap(HashAlgorithm::newMessageDigest)
                .orElseThrow(() -> notSupported(String.format("the nameAlg 0x%04x", ek.nameAlg())));
        if (secret.isEmpty() || secret.length() > digest.getDigestLength()) {
            throw new IllegalArgumentException(
                    "a secret of " + secret.length() + " bytes is not one of 1 to " + digest.getDigestLength());
        }
        int keyBits = aesBits(ek.parameters());
        SeedEncryption.Seed seed = seed(key, digest, random);
        TpmKdf kdf = new TpmKdf(digest);
        byte[] name = objectName.toByteArray();
        byte[] identity =
                new ByteWriter().u16be(secret.length()).bytes(secret).toBytes().toByteArray();
        byte[] encrypted = SeedEncryption.aesCfb(kdf.kdfa(seed.seed(), "STORAGE", name, NONE, keyBits), identity);
        byte[] hmacKey = kdf.kdfa(seed.seed(), "INTEGRITY", NONE, NONE, digest.getDigestLength() * Byte.SIZE);
        ByteWriter idObject = new ByteWriter();
        writeSized(idObject, kdf.hmac(hmacKey, encrypted, name));
        idObject.bytes(Bytes.wrap(encrypted));
        return new CredentialBlob(idObject.toBytes(), encryptedSeed(seed));
    }

    private static SeedEncryption.Seed seed(PublicKey key, MessageDigest digest, SecureRandom random)
            throws AttestationRefusedException {
        try {
            return key instanceof RSAPublicKey
                    ? SeedEncryption.rsa(key, digest, "IDENTITY", random)
                    : SeedEncryption.ecc(key, digest, "IDENTITY", random);
        } catch (InvalidKeyException e) {
            throw notSupported(String.valueOf(e.getMessage()));
        }
    }

    private static Bytes encryptedSeed(SeedEncryption.Seed seed) {
        ByteWriter writer = new ByteWriter();
        if (seed.encrypted().length == 1) {
            return Bytes.wrap(seed.encrypted()[0]);
        }
        for (byte[] coordinate : seed.encrypted()) {
            writeSized(writer, coordinate);
        }
        return writer.toBytes();
    }

    private static void writeSized(ByteWriter writer, byte[] value) {
        writer.u16be(value.length).bytes(Bytes.wrap(value));
    }

    private static int aesBits(PublicArea.Parameters parameters) throws AttestationRefusedException {
        PublicArea.Symmetric symmetric =
                parameters instanceof PublicArea.Rsa rsa ? rsa.symmetric() : ((PublicArea.Ecc) parameters).symmetric();
        Bytes details = symmetric.details();
        int bits = details.isEmpty() ? 0 : details.u8(0) << Byte.SIZE | details.u8(1);
        int mode = details.isEmpty() ? 0 : details.u8(2) << Byte.SIZE | details.u8(3);
        if (symmetric.algorithm() != AES || mode != CFB || (bits != 128 && bits != 192 && bits != 256)) {
            throw notSupported(String.format("the symmetric algorithm 0x%04x %s", symmetric.algorithm(), details));
        }
        return bits;
    }

    private static AttestationRefusedException notSupported(String what) {
        return new AttestationRefusedException(AttestationRefusal.NOT_SUPPORTED, what + " is not supported");
    }
}
