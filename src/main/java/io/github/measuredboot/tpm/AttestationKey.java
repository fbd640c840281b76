package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The public half of the key that quotes are signed with. Its numbers have been checked: the sizes of an RSA modulus (1024 to
 * 4096 bits) and exponent, or the curve (NIST P-256, P-384, P-521, SM2 P-256) and the point on it.
 *
 * <p>Whether a TPM holds the private half is for the caller to establish: from enrolment by TPM2_ActivateCredential against a
 * known endorsement key, or from a certificate whose chain, validity and revocation the caller has checked. This library treats
 * a certificate only as a container for a key.
 */
public final class AttestationKey {
    private static final int MAX_SIZE = 1 << 16;

    private final KeyMaterial material;
    private final Optional<PublicArea> publicArea;
    private final Optional<Bytes> name;
    private final Optional<Bytes> qualifiedName;

    private AttestationKey(KeyMaterial material, Optional<PublicArea> publicArea, Optional<Bytes> qualifiedName) {
        this.material = material;
        this.publicArea = publicArea;
        this.name = publicArea.flatMap(PublicArea::name);
        this.qualifiedName = qualifiedName;
    }

    /**
     * Returns the key with a public area, which also has the key's attributes.
     *
     * @param publicArea the public area
     * @return the key
     * @throws MalformedDataException if the curve is not one of the above, the point is not on it, or a size is out of range
     */
    public static AttestationKey of(PublicArea publicArea) throws MalformedDataException {
        try {
            return new AttestationKey(
                    KeyMaterial.of(publicArea.parameters()), Optional.of(publicArea), Optional.empty());
        } catch (InvalidKeyException e) {
            throw new MalformedDataException(new Fault(0, "TPMT_PUBLIC", "unique", String.valueOf(e.getMessage())));
        }
    }

    /** {@return the same as {@link #decode(Bytes)} of these bytes, which are not copied} */
    public static AttestationKey decode(byte[] bytes) throws MalformedDataException {
        return decode(Bytes.wrap(bytes));
    }

    /**
     * Reads a key in one of these forms, which is recognized by the content: TPMT_PUBLIC, TPM2B_PUBLIC, SubjectPublicKeyInfo,
     * RSAPublicKey (PKCS #1) or X.509 certificate, the latter three in DER or PEM; TPM_PUBKEY, TPM_KEY or TPM_KEY12 of a TPM
     * 1.2.
     *
     * @param bytes the key and nothing else, at most 65536 bytes; there may be text around a PEM block
     * @return the key
     * @throws MalformedDataException if it is none of these, or is not acceptable for the reasons given at {@link #of}
     */
    public static AttestationKey decode(Bytes bytes) throws MalformedDataException {
        if (bytes.length() > MAX_SIZE) {
            throw new MalformedDataException(
                    new Fault(0, "attestation key", "size", bytes.length() + " bytes are more than " + MAX_SIZE));
        }
        if (KeyEncodings.isPem(bytes)) {
            return new AttestationKey(KeyEncodings.readPem(bytes), Optional.empty(), Optional.empty());
        }
        if (KeyEncodings.isDer(bytes)) {
            return new AttestationKey(readDer(bytes), Optional.empty(), Optional.empty());
        }
        if (Tpm12Key.isKey(bytes)) {
            return new AttestationKey(Tpm12Key.decode(bytes), Optional.empty(), Optional.empty());
        }
        return of(PublicArea.decode(bytes));
    }

    /** The digit 0 has the tag of a SEQUENCE. */
    private static KeyMaterial readDer(Bytes bytes) throws MalformedDataException {
        try {
            return KeyEncodings.readDer(bytes);
        } catch (MalformedDataException e) {
            throw InputFormat.explained(e, "DER", bytes, InputFormat.DER, InputFormat.CERTIFICATE);
        }
    }

    /** {@return the public area, or empty if the key was read from another form} */
    public Optional<PublicArea> publicArea() {
        return publicArea;
    }

    /** {@return the name that TPM2_MakeCredential was given at enrolment, or empty if the public area is not known} */
    public Optional<Bytes> name() {
        return name;
    }

    /**
     * Checks that this is the key that was enrolled.
     *
     * @param expected the name that is on record
     * @return this key
     * @throws QuoteRefusedException if the key has another name, or none because its public area is not known
     */
    public AttestationKey requireName(Bytes expected) throws QuoteRefusedException {
        if (!name().equals(Optional.of(expected))) {
            throw new QuoteRefusedException(
                    QuoteRefusal.SIGNER_DIFFERS,
                    "the key's name is " + name().map(Bytes::toHex).orElse("not known") + ", expected "
                            + expected.toHex());
        }
        return this;
    }

    /** {@return the key for the JDK's cryptography; empty for one on the curve SM2 P-256} */
    public Optional<PublicKey> publicKey() {
        return material.publicKey();
    }

    /**
     * What is weak about the key itself, by the rules for attestation keys, whoever the key belongs to. The key has to be
     * restricted, sign and not decrypt, be fixed to its TPM and its parent, and be made by the TPM. It has to be bound to a
     * scheme for signing without SHA-1, have a name that is not made with SHA-1, and, if it is an RSA key, have at least 2048
     * bits.
     *
     * @return the rules that it breaks, and {@link QuoteFinding#KEY_ATTRIBUTES_UNKNOWN} if its public area is not known
     */
    public Set<QuoteFinding> weaknesses() {
        Set<QuoteFinding> weaknesses = EnumSet.noneOf(QuoteFinding.class);
        if (material.isShortRsa()) {
            weaknesses.add(QuoteFinding.SHORT_RSA_KEY);
        }
        if (publicArea.isEmpty()) {
            weaknesses.add(QuoteFinding.KEY_ATTRIBUTES_UNKNOWN);
            return weaknesses;
        }
        PublicArea area = publicArea.get();
        addIf(!area.isRestricted(), QuoteFinding.KEY_NOT_RESTRICTED, weaknesses);
        addIf(!area.isFixedToTpm(), QuoteFinding.KEY_NOT_FIXED_TO_TPM, weaknesses);
        addIf(!area.isFixedToParent(), QuoteFinding.KEY_NOT_FIXED_TO_PARENT, weaknesses);
        addIf(!area.isMadeByTpm(), QuoteFinding.KEY_NOT_MADE_BY_TPM, weaknesses);
        addIf(!area.isSigning(), QuoteFinding.KEY_NOT_SIGNING, weaknesses);
        addIf(area.isDecrypting(), QuoteFinding.KEY_DECRYPTING, weaknesses);
        addIf(
                area.isRestricted() && !area.parameters().isBoundToSigning(),
                QuoteFinding.KEY_WITHOUT_SCHEME,
                weaknesses);
        addIf(
                area.parameters().scheme().hashAlg().equals(Optional.of(HashAlgorithm.SHA1.id())),
                QuoteFinding.SHA1_SIGNATURE,
                weaknesses);
        addIf(
                area.nameAlg() == HashAlgorithm.SHA1.id()
                        || HashAlgorithm.byId(area.nameAlg()).isEmpty(),
                QuoteFinding.KEY_NAME_WEAK,
                weaknesses);
        return weaknesses;
    }

    private static void addIf(boolean isSo, QuoteFinding finding, Set<QuoteFinding> weaknesses) {
        if (isSo) {
            weaknesses.add(finding);
        }
    }

    /**
     * Returns the same key with the qualified name that quotes must state as their signer; see {@link
     * PublicArea#qualifiedName}.
     *
     * @param name the qualified name
     * @return a key that accepts no other qualified name
     */
    public AttestationKey withQualifiedName(Bytes name) {
        return new AttestationKey(material, publicArea, Optional.of(name));
    }

    Optional<Bytes> qualifiedName() {
        return qualifiedName;
    }

    KeyMaterial material() {
        return material;
    }
}
