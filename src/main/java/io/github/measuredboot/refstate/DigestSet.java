package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Digests of one thing in several algorithms, as one event of a log has them.
 *
 * @param digests the digests, each of another algorithm, by ascending TPM_ALG_ID; may be empty
 */
public record DigestSet(List<Digest> digests) {
    /** No digest at all: nothing is known about the thing. */
    public static final DigestSet EMPTY = new DigestSet(List.of());

    /** How two sets relate. */
    public enum Match {
        /** They share an algorithm, and in all that they share the digests are equal. */
        EQUAL,
        /** In an algorithm that they share the digests differ. */
        DIFFERENT,
        /** They share no algorithm. This is never a reason to accept anything. */
        NOT_COMPARABLE
    }

    /**
     * Checks and sorts.
     *
     * @param digests the digests, each of another algorithm, by ascending TPM_ALG_ID
     * @throws IllegalArgumentException if two digests have the same algorithm, or an algorithm is not standard
     */
    public DigestSet {
        digests = digests.stream()
                .sorted(Comparator.comparingInt(digest -> digest.algorithm().id()))
                .toList();
        for (int i = 0; i < digests.size(); i++) {
            HashAlgorithm algorithm = digests.get(i).algorithm();
            if (!algorithm.isStandard()) {
                throw new IllegalArgumentException("no digest can be made with algorithm " + algorithm);
            }
            if (i > 0 && digests.get(i - 1).algorithm().equals(algorithm)) {
                throw new IllegalArgumentException("two digests of algorithm " + algorithm);
            }
        }
    }

    /**
     * A set of some digests.
     *
     * @param digests the digests, in any order
     * @return the set
     * @throws IllegalArgumentException if two digests have the same algorithm, or an algorithm is not standard
     */
    public static DigestSet of(Digest... digests) {
        return new DigestSet(List.of(digests));
    }

    /**
     * One digest.
     *
     * @param algorithm its algorithm
     * @return its value, or empty if this set has none of that algorithm
     */
    public Optional<Bytes> value(HashAlgorithm algorithm) {
        for (Digest digest : digests) {
            if (digest.algorithm().equals(algorithm)) {
                return Optional.of(digest.value());
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a digest is one of this set.
     *
     * @param algorithm the algorithm
     * @param value the digest
     * @return false also if this set has none of that algorithm
     */
    public boolean contains(HashAlgorithm algorithm, Bytes value) {
        return value(algorithm).filter(value::equals).isPresent();
    }

    /**
     * The algorithms.
     *
     * @return by ascending TPM_ALG_ID
     */
    public List<HashAlgorithm> algorithms() {
        return digests.stream().map(Digest::algorithm).toList();
    }

    /**
     * Whether there is no digest.
     *
     * @return true for {@link #EMPTY}
     */
    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /**
     * Compares by the algorithms that both have.
     *
     * @param other another set
     * @return {@link Match#NOT_COMPARABLE} if there is no such algorithm, also if one or both are empty
     */
    public Match compareWith(DigestSet other) {
        Match match = Match.NOT_COMPARABLE;
        for (Digest digest : digests) {
            Optional<Bytes> value = other.value(digest.algorithm());
            if (value.isPresent()) {
                if (!value.get().equals(digest.value())) {
                    return Match.DIFFERENT;
                }
                match = Match.EQUAL;
            }
        }
        return match;
    }

    /**
     * The digest of one algorithm alone.
     *
     * @param algorithm the algorithm
     * @return a set of at most one digest
     */
    public DigestSet only(HashAlgorithm algorithm) {
        return new DigestSet(digests.stream()
                .filter(digest -> digest.algorithm().equals(algorithm))
                .toList());
    }

    /** The digests with their algorithms, for messages. */
    @Override
    public String toString() {
        return isEmpty() ? "no digest" : digests.stream().map(Digest::toString).collect(Collectors.joining(" "));
    }
}
