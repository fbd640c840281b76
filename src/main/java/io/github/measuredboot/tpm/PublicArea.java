package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The public area of an RSA or ECC key of a TPM 2.0: TPMT_PUBLIC (TPM 2.0 Library, Part 2, section 12.2.4). All numbers
 * are big-endian. A public area does not show whether a TPM holds such a key.
 *
 * @param nameAlg the TPM_ALG_ID of the hash algorithm with which the key's name is made
 * @param objectAttributes the TPMA_OBJECT bits, u32
 * @param authPolicy the policy digest, at most 64 bytes
 * @param parameters the parameters that depend on the key's type, and its public number or point
 */
public record PublicArea(int nameAlg, long objectAttributes, Bytes authPolicy, Parameters parameters) {
    private static final String STRUCTURE = "TPMT_PUBLIC";
    private static final long FIXED_TPM = 1 << 1;
    private static final long FIXED_PARENT = 1 << 4;
    private static final long SENSITIVE_DATA_ORIGIN = 1 << 5;
    private static final long RESTRICTED = 1 << 16;
    private static final long DECRYPT = 1 << 17;
    private static final long SIGN = 1 << 18;

    /** @throws IllegalArgumentException if a number does not fit its field, or the policy is too long */
    public PublicArea {
        Sized.requireU16(nameAlg, "nameAlg");
        Sized.requireU32(objectAttributes, "objectAttributes");
        Sized.requireAtMost(Sized.MAX_DIGEST, authPolicy, "authPolicy");
    }

    private static void requireDetails(int size, Bytes details) {
        if (details.length() != size) {
            throw new IllegalArgumentException("details of " + details.length() + " bytes instead of " + size);
        }
    }

    /** TPMU_PUBLIC_PARMS and TPMU_PUBLIC_ID. */
    public sealed interface Parameters {
        /** {@return the signing scheme that the key is bound to; {@link Scheme#isNull()} if the scheme is chosen at each use of the key} */
        Scheme scheme();

        /** {@return whether {@link #scheme} is a scheme for signatures by a key of this kind} */
        default boolean isBoundToSigning() {
            return (this instanceof Rsa ? Scheme.OF_RSA : Scheme.OF_ECC).contains(scheme().id());
        }
    }

    /**
     * TPMT_ASYM_SCHEME or TPMT_KDF_SCHEME.
     *
     * @param id the TPM_ALG_ID
     * @param details what follows it: nothing, a hash algorithm (2 bytes), or a hash algorithm and a count (4 bytes)
     */
    public record Scheme(int id, Bytes details) {
        /** TPM_ALG_NULL. */
        public static final int NULL = 0x0010;

        private static final int RSAES = 0x0015;
        private static final int ECDAA = 0x001a;
        private static final int EC_SCHNORR = 0x001c;
        private static final Set<Integer> OF_RSA =
                Set.of(TpmSignature.Scheme.RSASSA.id(), TpmSignature.Scheme.RSAPSS.id());
        private static final Set<Integer> OF_ECC =
                Set.of(TpmSignature.Scheme.ECDSA.id(), TpmSignature.Scheme.SM2.id(), ECDAA, EC_SCHNORR);

        /** @throws IllegalArgumentException if the id is not a u16, or the details do not have the size that it requires */
        public Scheme {
            Sized.requireU16(id, "scheme");
            requireDetails(detailsSize(id), details);
        }

        private static int detailsSize(int id) {
            return id == NULL || id == RSAES ? 0 : id == ECDAA ? 2 * Short.BYTES : Short.BYTES;
        }

        /** {@return whether there is no scheme (TPM_ALG_NULL)} */
        public boolean isNull() {
            return id == NULL;
        }

        /** {@return the TPM_ALG_ID of the hash algorithm, or empty if the scheme has none} */
        public Optional<Integer> hashAlg() {
            return details.length() < Short.BYTES ? Optional.empty() : Optional.of(u16be(details, 0));
        }

        private static Scheme decode(ByteCursor cursor, String field) throws MalformedDataException {
            int id = cursor.u16be(field);
            return new Scheme(id, cursor.bytes(detailsSize(id), field + ".details"));
        }

        private void encode(ByteWriter writer) {
            writer.u16be(id).bytes(details);
        }
    }

    /**
     * TPMT_SYM_DEF_OBJECT.
     *
     * @param algorithm the TPM_ALG_ID, {@link Scheme#NULL} for every signing key
     * @param details key bits and mode (4 bytes), or nothing for {@link Scheme#NULL}
     */
    public record Symmetric(int algorithm, Bytes details) {
        /** @throws IllegalArgumentException if the id is not a u16, or the details do not have the size that it requires */
        public Symmetric {
            Sized.requireU16(algorithm, "symmetric");
            requireDetails(detailsSize(algorithm), details);
        }

        private static int detailsSize(int algorithm) {
            return algorithm == Scheme.NULL ? 0 : 2 * Short.BYTES;
        }

        private static Symmetric decode(ByteCursor cursor) throws MalformedDataException {
            int algorithm = cursor.u16be("parameters.symmetric.algorithm");
            return new Symmetric(algorithm, cursor.bytes(detailsSize(algorithm), "parameters.symmetric.details"));
        }

        private void encode(ByteWriter writer) {
            writer.u16be(algorithm).bytes(details);
        }
    }

    /**
     * An RSA key.
     *
     * @param symmetric the symmetric algorithm with which a storage key protects its children
     * @param scheme the scheme that the key is bound to
     * @param keyBits the size of the modulus in bits
     * @param exponent the public exponent (u32), 0 for 65537
     * @param modulus the modulus, at most 512 bytes
     */
    public record Rsa(Symmetric symmetric, Scheme scheme, int keyBits, long exponent, Bytes modulus)
            implements Parameters {
        static final int TYPE = 0x0001;
        static final long DEFAULT_EXPONENT = 65537;
        private static final int MAX_MODULUS = 512;

        /** @throws IllegalArgumentException if a number does not fit its field, or the modulus is too long */
        public Rsa {
            Sized.requireU16(keyBits, "keyBits");
            Sized.requireU32(exponent, "exponent");
            Sized.requireAtMost(MAX_MODULUS, modulus, "modulus");
        }

        private static Rsa decode(ByteCursor cursor) throws MalformedDataException {
            return new Rsa(
                    Symmetric.decode(cursor),
                    Scheme.decode(cursor, "parameters.rsaDetail.scheme"),
                    cursor.u16be("parameters.rsaDetail.keyBits"),
                    cursor.u32be("parameters.rsaDetail.exponent"),
                    Sized.read(cursor, "unique.rsa", MAX_MODULUS));
        }

        private void encode(ByteWriter writer) {
            symmetric.encode(writer);
            scheme.encode(writer);
            writer.u16be(keyBits).u32be(exponent);
            Sized.write(writer, modulus);
        }
    }

    /**
     * An ECC key.
     *
     * @param symmetric the symmetric algorithm with which a storage key protects its children
     * @param scheme the scheme that the key is bound to
     * @param curveId the TPM_ECC_CURVE
     * @param kdf the key derivation function
     * @param x the point's first coordinate, at most 66 bytes
     * @param y the point's second coordinate, at most 66 bytes
     */
    public record Ecc(Symmetric symmetric, Scheme scheme, int curveId, Scheme kdf, Bytes x, Bytes y)
            implements Parameters {
        static final int TYPE = 0x0023;
        private static final int MAX_COORDINATE = 66;

        /** @throws IllegalArgumentException if the curve is not a u16, or a coordinate is too long */
        public Ecc {
            Sized.requireU16(curveId, "curveID");
            Sized.requireAtMost(MAX_COORDINATE, x, "x");
            Sized.requireAtMost(MAX_COORDINATE, y, "y");
        }

        private static Ecc decode(ByteCursor cursor) throws MalformedDataException {
            return new Ecc(
                    Symmetric.decode(cursor),
                    Scheme.decode(cursor, "parameters.eccDetail.scheme"),
                    cursor.u16be("parameters.eccDetail.curveID"),
                    Scheme.decode(cursor, "parameters.eccDetail.kdf"),
                    Sized.read(cursor, "unique.ecc.x", MAX_COORDINATE),
                    Sized.read(cursor, "unique.ecc.y", MAX_COORDINATE));
        }

        private void encode(ByteWriter writer) {
            symmetric.encode(writer);
            scheme.encode(writer);
            writer.u16be(curveId);
            kdf.encode(writer);
            Sized.write(writer, x);
            Sized.write(writer, y);
        }
    }

    /** {@return the same as {@link #decode(Bytes)} of these bytes, which are not copied} */
    public static PublicArea decode(byte[] bytes) throws MalformedDataException {
        return decode(Bytes.wrap(bytes));
    }

    /**
     * Decodes a TPMT_PUBLIC, or a TPM2B_PUBLIC, which is the same structure preceded by its size.
     *
     * @param bytes the structure and nothing else
     * @return the public area, sharing {@code bytes}
     * @throws MalformedDataException if the key is neither RSA nor ECC, a size does not fit, or bytes are left over
     */
    public static PublicArea decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        if (isSized(bytes)) {
            cursor.u16be("size");
        }
        int type = cursor.u16be("type");
        if (!isKeyType(type)) {
            String reason = String.format("0x%04x is neither TPM_ALG_RSA nor TPM_ALG_ECC", type);
            throw InputFormat.explained(cursor.fault("type", reason), STRUCTURE, bytes);
        }
        int nameAlg = cursor.u16be("nameAlg");
        long objectAttributes = cursor.u32be("objectAttributes");
        Bytes authPolicy = Sized.read(cursor, "authPolicy", Sized.MAX_DIGEST);
        Parameters parameters = type == Rsa.TYPE ? Rsa.decode(cursor) : Ecc.decode(cursor);
        Sized.requireEnd(cursor);
        return new PublicArea(nameAlg, objectAttributes, authPolicy, parameters);
    }

    private static boolean isSized(Bytes bytes) {
        return bytes.length() >= 2 * Short.BYTES && Sized.isSized(bytes) && isKeyType(u16be(bytes, Short.BYTES));
    }

    private static boolean isKeyType(int type) {
        return type == Rsa.TYPE || type == Ecc.TYPE;
    }

    private static int u16be(Bytes bytes, int index) {
        return bytes.u8(index) << Byte.SIZE | bytes.u8(index + 1);
    }

    /** {@return the TPMT_PUBLIC} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter()
                .u16be(parameters instanceof Rsa ? Rsa.TYPE : Ecc.TYPE)
                .u16be(nameAlg)
                .u32be(objectAttributes);
        Sized.write(writer, authPolicy);
        if (parameters instanceof Rsa rsa) {
            rsa.encode(writer);
        } else if (parameters instanceof Ecc ecc) {
            ecc.encode(writer);
        }
        return writer.toBytes();
    }

    /** {@return the key's name (Part 1, section 16), or empty if {@code nameAlg} cannot be computed} */
    public Optional<Bytes> name() {
        return HashAlgorithm.nameOf(nameAlg, encode());
    }

    /**
     * The key's qualified name, which a quote states as its signer: the hash of the parent's qualified name and the key's
     * name.
     *
     * @param parentQualifiedName the parent's qualified name, which for a primary key is the four bytes of its hierarchy's
     *     handle
     * @return the qualified name, or empty if {@code nameAlg} cannot be computed
     */
    public Optional<Bytes> qualifiedName(Bytes parentQualifiedName) {
        return name().flatMap(name -> HashAlgorithm.nameOf(
                nameAlg, new ByteWriter().bytes(parentQualifiedName).bytes(name).toBytes()));
    }

    /**
     * {@return whether the key only signs what the TPM itself made (restricted), so that nobody can have it sign a forged
     * quote}
     */
    public boolean isRestricted() {
        return (objectAttributes & RESTRICTED) != 0;
    }

    /** {@return whether the key may sign} */
    public boolean isSigning() {
        return (objectAttributes & SIGN) != 0;
    }

    /** {@return whether the key may decrypt} */
    public boolean isDecrypting() {
        return (objectAttributes & DECRYPT) != 0;
    }

    /** {@return whether the key can never leave its TPM (fixedTPM)} */
    public boolean isFixedToTpm() {
        return (objectAttributes & FIXED_TPM) != 0;
    }

    /** {@return whether the key can never be given another parent (fixedParent)} */
    public boolean isFixedToParent() {
        return (objectAttributes & FIXED_PARENT) != 0;
    }

    /**
     * {@return whether the TPM made the private key itself (sensitiveDataOrigin), so that nobody knew it before it was loaded}
     */
    public boolean isMadeByTpm() {
        return (objectAttributes & SENSITIVE_DATA_ORIGIN) != 0;
    }
}
