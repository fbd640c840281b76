package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.crypto.Digests;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hash algorithm, identified by its TPM_ALG_ID (TCG Algorithm Registry). The set is open: an algorithm that this library does
 * not know has an id and a digest size, but no implementation.
 */
public final class HashAlgorithm implements Comparable<HashAlgorithm> {
    private static final String NO_IMPLEMENTATION = "";

    /** Filled by the constants below, and not changed afterwards. */
    private static final List<HashAlgorithm> ROWS = new ArrayList<>();

    /** TPM_ALG_SHA1. */
    public static final HashAlgorithm SHA1 = row(0x0004, 20, "sha1", "SHA-1");

    /** TPM_ALG_SHA256. */
    public static final HashAlgorithm SHA256 = row(0x000b, 32, "sha256", "SHA-256");

    /** TPM_ALG_SHA384. */
    public static final HashAlgorithm SHA384 = row(0x000c, 48, "sha384", "SHA-384");

    /** TPM_ALG_SHA512. */
    public static final HashAlgorithm SHA512 = row(0x000d, 64, "sha512", "SHA-512");

    /** TPM_ALG_SM3_256. */
    public static final HashAlgorithm SM3_256 = row(0x0012, 32, "sm3_256", Digests.SM3);

    /** TPM_ALG_SHA3_256. */
    public static final HashAlgorithm SHA3_256 = row(0x0027, 32, "sha3_256", "SHA3-256");

    /** TPM_ALG_SHA3_384. */
    public static final HashAlgorithm SHA3_384 = row(0x0028, 48, "sha3_384", "SHA3-384");

    /** TPM_ALG_SHA3_512. */
    public static final HashAlgorithm SHA3_512 = row(0x0029, 64, "sha3_512", "SHA3-512");

    private static final List<HashAlgorithm> STANDARD = ROWS.stream().sorted().toList();
    private static final List<HashAlgorithm> STRONGEST_FIRST =
            ROWS.stream().sorted(HashAlgorithm::compareStrength).toList();

    private final int id;
    private final int digestSize;
    private final String name;
    private final String jcaName;
    private volatile @Nullable Boolean computable;

    private HashAlgorithm(int id, int digestSize, String name, String jcaName) {
        this.id = id;
        this.digestSize = digestSize;
        this.name = name;
        this.jcaName = jcaName;
    }

    private static HashAlgorithm row(int id, int digestSize, String name, String jcaName) {
        HashAlgorithm algorithm = new HashAlgorithm(id, digestSize, name, jcaName);
        ROWS.add(algorithm);
        return algorithm;
    }

    /**
     * Returns an algorithm by its id and the digest size that is given for it, for instance by the header of an event log.
     *
     * @param id the TPM_ALG_ID, 0 to 65535
     * @param digestSize the size of a digest in bytes, 1 to 65535
     * @return the standard algorithm of that id, or one that has no implementation
     * @throws IllegalArgumentException if a number is out of its range, or a standard algorithm has another size
     */
    public static HashAlgorithm of(int id, int digestSize) {
        if (id < 0 || id > 0xffff || digestSize < 1 || digestSize > 0xffff) {
            throw new IllegalArgumentException(
                    "algorithm id " + id + " or digest size " + digestSize + " out of range");
        }
        HashAlgorithm known = findById(id);
        if (known == null) {
            return new HashAlgorithm(id, digestSize, String.format("0x%04x", id), NO_IMPLEMENTATION);
        }
        if (known.digestSize != digestSize) {
            throw new IllegalArgumentException(
                    known.name + " has digests of " + known.digestSize + " bytes, not " + digestSize);
        }
        return known;
    }

    /**
     * {@return all algorithms of the TCG Algorithm Registry that PCR banks use and this library can compute, by ascending id}
     */
    public static List<HashAlgorithm> standard() {
        return STANDARD;
    }

    /**
     * {@return the algorithms of {@link #standard()} in the order in which a bank is chosen: longest digests first; among those
     * of the same length, SHA-2, SHA-3, SM3}
     */
    public static List<HashAlgorithm> strongestFirst() {
        return STRONGEST_FIRST;
    }

    /**
     * Returns a standard algorithm by its id.
     *
     * @param id the TPM_ALG_ID
     * @return the algorithm, or empty if {@code id} is not one of {@link #standard()}
     */
    public static Optional<HashAlgorithm> byId(int id) {
        return Optional.ofNullable(findById(id));
    }

    /**
     * Returns a standard algorithm by the name that tpm2-tools and the Linux kernel use.
     *
     * @param name the name in lower case, such as {@code sha256} or {@code sm3_256}
     * @return the algorithm, or empty if it is not one of {@link #standard()}
     */
    public static Optional<HashAlgorithm> byName(String name) {
        return STANDARD.stream().filter(known -> known.name.equals(name)).findFirst();
    }

    /** {@return the TPM_ALG_ID, 0 to 65535} */
    public int id() {
        return id;
    }

    /** {@return the size of a digest in bytes, 1 to 65535} */
    public int digestSize() {
        return digestSize;
    }

    /**
     * {@return the name that tpm2-tools and the Linux kernel use, for example {@code sha256}; for an algorithm that is not
     * standard, the id, for example {@code 0x00b2}}
     */
    public String name() {
        return name;
    }

    /** {@return whether this is one of {@link #standard()}; of other algorithms, only the id and the size are known} */
    public boolean isStandard() {
        return !jcaName.equals(NO_IMPLEMENTATION);
    }

    /**
     * Whether {@link #newMessageDigest} returns an instance. This is determined only once.
     *
     * @return false if the algorithm is not standard, or no provider of this JVM has it
     */
    public boolean isComputable() {
        Boolean known = computable;
        if (known == null) {
            known = newMessageDigest().isPresent();
            computable = known;
        }
        return known;
    }

    /**
     * {@return a new instance that computes this algorithm; empty if it is not standard, or this JVM has no provider for it}
     */
    public Optional<MessageDigest> newMessageDigest() {
        return isStandard() ? Digests.find(jcaName) : Optional.empty();
    }

    /**
     * Hashes bytes.
     *
     * @param content the bytes
     * @return the digest, or empty if {@link #newMessageDigest} is empty
     */
    public Optional<Bytes> hash(Bytes content) {
        return newMessageDigest().map(content::hash);
    }

    /**
     * The value of a PCR, or of an NV index of type extend, after one more digest is extended into it: the hash of the old
     * value followed by the digest (TPM 2.0 Part 1, "Extend of a PCR").
     *
     * @param value the old value
     * @param digest the digest
     * @return the new value, or empty if {@link #newMessageDigest} is empty
     */
    public Optional<Bytes> extend(Bytes value, Bytes digest) {
        return newMessageDigest().map(hash -> {
            value.update(hash);
            return digest.hash(hash);
        });
    }

    /** {@return the zeros that most PCRs start from: {@link #digestSize()} bytes} */
    public Bytes zeroDigest() {
        return Bytes.wrap(new byte[digestSize]);
    }

    /** A TPM2B_NAME without its size: the algorithm's id, and the hash. */
    static Optional<Bytes> nameOf(int nameAlg, Bytes content) {
        return byId(nameAlg)
                .flatMap(algorithm -> algorithm.hash(content))
                .map(hash -> new ByteWriter().u16be(nameAlg).bytes(hash).toBytes());
    }

    String jcaName() {
        return jcaName;
    }

    private static @Nullable HashAlgorithm findById(int id) {
        for (HashAlgorithm known : STANDARD) {
            if (known.id == id) {
                return known;
            }
        }
        return null;
    }

    private static int compareStrength(HashAlgorithm one, HashAlgorithm other) {
        if (one.digestSize != other.digestSize) {
            return Integer.compare(other.digestSize, one.digestSize);
        }
        int sm3Last = Boolean.compare(one.jcaName.equals(Digests.SM3), other.jcaName.equals(Digests.SM3));
        return sm3Last != 0 ? sm3Last : Integer.compare(one.id, other.id);
    }

    /** Compares by id, then by digest size. */
    @Override
    public int compareTo(HashAlgorithm other) {
        return id != other.id ? Integer.compare(id, other.id) : Integer.compare(digestSize, other.digestSize);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashAlgorithm that && id == that.id && digestSize == that.digestSize;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name;
    }
}
