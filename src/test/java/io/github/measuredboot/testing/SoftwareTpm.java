package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.TpmSignature;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;

/** A key that signs what a test wants to have signed, and the quotes that a TPM would make with it. */
public final class SoftwareTpm {
    /** Restricted, signing, fixed to the TPM and its parent, made by the TPM, usable by its user. */
    public static final long ATTRIBUTES = 0x00050072;

    private static final PublicArea.Scheme NO_SCHEME = new PublicArea.Scheme(PublicArea.Scheme.NULL, Bytes.EMPTY);
    private static final PublicArea.Symmetric NO_SYMMETRIC =
            new PublicArea.Symmetric(PublicArea.Scheme.NULL, Bytes.EMPTY);

    private final KeyPair keyPair;
    private final Scheme scheme;
    private final HashAlgorithm hash;
    private final PublicArea publicArea;

    private SoftwareTpm(KeyPair keyPair, Scheme scheme, HashAlgorithm hash, PublicArea.Parameters parameters) {
        this(keyPair, scheme, hash, new PublicArea(HashAlgorithm.SHA256.id(), ATTRIBUTES, Bytes.EMPTY, parameters));
    }

    private SoftwareTpm(KeyPair keyPair, Scheme scheme, HashAlgorithm hash, PublicArea publicArea) {
        this.keyPair = keyPair;
        this.scheme = scheme;
        this.hash = hash;
        this.publicArea = publicArea;
    }

    public static SoftwareTpm rsa(int bits, Scheme scheme, HashAlgorithm hash) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair keyPair = generator.generateKeyPair();
            Bytes modulus = bytes(((RSAPublicKey) keyPair.getPublic()).getModulus(), bits / 8);
            return new SoftwareTpm(
                    keyPair, scheme, hash, new PublicArea.Rsa(NO_SYMMETRIC, boundTo(scheme, hash), bits, 0, modulus));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SoftwareTpm ecdsa(int curveId, String curve, HashAlgorithm hash) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair keyPair = generator.generateKeyPair();
            ECPublicKey key = (ECPublicKey) keyPair.getPublic();
            int size = (key.getParams().getOrder().bitLength() + 7) / 8;
            return new SoftwareTpm(
                    keyPair,
                    Scheme.ECDSA,
                    hash,
                    new PublicArea.Ecc(
                            NO_SYMMETRIC,
                            boundTo(Scheme.ECDSA, hash),
                            curveId,
                            NO_SCHEME,
                            bytes(key.getW().getAffineX(), size),
                            bytes(key.getW().getAffineY(), size)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SoftwareTpm p256() {
        return ecdsa(3, "secp256r1", HashAlgorithm.SHA256);
    }

    public static PublicArea.Scheme boundTo(Scheme scheme, HashAlgorithm hash) {
        return new PublicArea.Scheme(
                scheme.id(), new ByteWriter().u16be(hash.id()).toBytes());
    }

    /** The same key signing in another way; its public area stays as it is. */
    public SoftwareTpm withScheme(Scheme other, HashAlgorithm otherHash) {
        return new SoftwareTpm(keyPair, other, otherHash, publicArea.parameters());
    }

    /** The same key as a public area with other attributes describes it. */
    public SoftwareTpm withAttributes(long objectAttributes) {
        return new SoftwareTpm(
                keyPair,
                scheme,
                hash,
                new PublicArea(publicArea.nameAlg(), objectAttributes, Bytes.EMPTY, publicArea.parameters()));
    }

    /** The same key with a name that is made in another way. */
    public SoftwareTpm withNameAlg(HashAlgorithm nameAlg) {
        return new SoftwareTpm(
                keyPair,
                scheme,
                hash,
                new PublicArea(
                        nameAlg.id(), publicArea.objectAttributes(), publicArea.authPolicy(), publicArea.parameters()));
    }

    /** The same ECC key as if it were bound to no scheme. */
    public SoftwareTpm withoutScheme() {
        return withParameters(NO_SCHEME);
    }

    /** The same ECC key as if it were bound to another scheme. */
    public SoftwareTpm withParameters(PublicArea.Scheme other) {
        PublicArea.Ecc ecc = (PublicArea.Ecc) publicArea.parameters();
        return new SoftwareTpm(
                keyPair,
                scheme,
                hash,
                new PublicArea.Ecc(ecc.symmetric(), other, ecc.curveId(), ecc.kdf(), ecc.x(), ecc.y()));
    }

    public KeyPair keyPair() {
        return keyPair;
    }

    public PublicArea publicArea() {
        return publicArea;
    }

    public AttestationKey key() {
        try {
            return AttestationKey.of(publicArea);
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    public Quote quote(Attest attest) {
        return new Quote.Tpm20(attest, sign(attest.encode()));
    }

    public Quote quote(PcrSelection selection, PcrValues values, Bytes nonce) {
        return quote(attest(selection, values, nonce));
    }

    /** What a TPM with these values states. */
    public Attest attest(PcrSelection selection, PcrValues values, Bytes nonce) {
        MessageDigest digest = hash.newMessageDigest().orElseThrow();
        selection
                .banks()
                .forEach(bank -> bank.pcrs()
                        .forEach(pcr -> values.value(bank.algorithm(), pcr)
                                .orElseThrow()
                                .update(digest)));
        return new Attest(
                publicArea.qualifiedName(Bytes.parseHex("4000000b")).orElseThrow(),
                nonce,
                new Attest.ClockInfo(0x1234, 5, 6, true),
                0x2019102300163636L,
                new Attested.Quote(
                        selection.banks().stream().map(SoftwareTpm::select).toList(), Bytes.wrap(digest.digest())));
    }

    public static Attested.Quote quoted(Attest attest) {
        return (Attested.Quote) attest.attested();
    }

    public static Attest.BankSelection select(PcrSelection.Bank bank) {
        byte[] pcrSelect = new byte[3];
        bank.pcrs().forEach(pcr -> pcrSelect[pcr / 8] |= (byte) (1 << (pcr % 8)));
        return new Attest.BankSelection(bank.algorithm().id(), Bytes.wrap(pcrSelect));
    }

    public TpmSignature sign(Bytes message) {
        String name = jcaName(hash);
        try {
            return switch (scheme) {
                case RSASSA ->
                    new TpmSignature.Rsa(scheme, hash, sign(Signature.getInstance(name + "withRSA"), message));
                case RSAPSS -> signPss(message, hash.digestSize());
                case ECDSA -> {
                    Bytes both = sign(Signature.getInstance(name + "withECDSAinP1363Format"), message);
                    int size = both.length() / 2;
                    yield new TpmSignature.Ecc(scheme, hash, both.slice(0, size), both.from(size));
                }
                case SM2 -> throw new IllegalStateException("no SM2 here");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public TpmSignature signPss(Bytes message, int saltLength) throws GeneralSecurityException {
        String name = hash.newMessageDigest().orElseThrow().getAlgorithm();
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), saltLength, 1));
        return new TpmSignature.Rsa(Scheme.RSAPSS, hash, sign(signature, message));
    }

    private Bytes sign(Signature signature, Bytes message) throws GeneralSecurityException {
        signature.initSign(keyPair.getPrivate());
        signature.update(message.toByteArray());
        return Bytes.wrap(signature.sign());
    }

    private static String jcaName(HashAlgorithm hash) {
        String name = hash.newMessageDigest().orElseThrow().getAlgorithm();
        return name.startsWith("SHA-") ? "SHA" + name.substring(4) : name;
    }

    public static Bytes bytes(BigInteger number, int size) {
        byte[] all = number.toByteArray();
        byte[] padded = new byte[size];
        int skip = Math.max(0, all.length - size);
        System.arraycopy(all, skip, padded, size - (all.length - skip), all.length - skip);
        return Bytes.wrap(padded);
    }

    public static List<HashAlgorithm> hashes() {
        return List.of(
                HashAlgorithm.SHA1,
                HashAlgorithm.SHA256,
                HashAlgorithm.SHA384,
                HashAlgorithm.SHA512,
                HashAlgorithm.SHA3_256);
    }
}
