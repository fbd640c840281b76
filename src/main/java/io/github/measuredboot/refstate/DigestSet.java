package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Digests of one thing in several algorithms, as one event of a log has them.
 *
 * @param digests the digests, each of a different standard algorithm, by ascending TPM_ALG_ID; may be empty
 */
public record DigestSet(List<Digest> digests) implements Comparable<DigestSet> {
    /** No digest at all: nothing is known about the thing. */
    public static final DigestSet EMPTY = new DigestSet(List.of());

    /** How two sets relate. */
    public enum Match {
        /** They share an algorithm, and in all algorithms that they share the digests are equal. */
        EQUAL,
        /** The digests differ in an algorithm that they share. */
        DIFFERENT,
        /** They share no algorithm. This is never a reason to accept anything. */
        NOT_COMPARABLE
    }

    public DigestSet {
        digests = digests.stream().sorted().toList();
        for (int i = 0; i < digests.size(); i++) {
            HashAlgorithm algorithm = digests.get(i).algorithm();
            requireStandard(algorithm);
            if (i > 0 && digests.get(i - 1).algorithm().equals(algorithm)) {
                throw new IllegalArgumentException("two digests of algorithm " + algorithm);
            }
        }
    }

    static void requireStandard(HashAlgorithm algorithm) {
        if (!algorithm.isStandard()) {
            throw new IllegalArgumentException("no digest can be made with algorithm " + algorithm);
        }
    }

    /**
     * {@return a set of some digests}
     *
     * @param digests the digests, in any order
     * @throws IllegalArgumentException if two digests have the same algorithm, or an algorithm is not standard
     */
    public static DigestSet of(Digest... digests) {
        return new DigestSet(List.of(digests));
    }

    /**
     * {@return the digest of an algorithm, or empty if there is none}
     *
     * @param algorithm the algorithm
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
     * {@return whether a digest is one of this set}
     *
     * @param algorithm the algorithm
     * @param value the digest
     */
    public boolean contains(HashAlgorithm algorithm, Bytes value) {
        return value(algorithm).filter(value::equals).isPresent();
    }

    /** {@return the algorithms, by ascending TPM_ALG_ID} */
    public List<HashAlgorithm> algorithms() {
        return digests.stream().map(Digest::algorithm).toList();
    }

    /** {@return whether there is no digest} */
    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /**
     * {@return how the digests compare in the algorithms that both sets have}
     *
     * @param other another set
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
     * {@return the digest of one algorithm alone}
     *
     * @param algorithm the algorithm
     */
    public DigestSet only(HashAlgorithm algorithm) {
        return new DigestSet(digests.stream()
                .filter(digest -> digest.algorithm().equals(algorithm))
                .toList());
    }

    /** An order for sorted collections: digest by digest, then the shorter set first. */
    @Override
    public int compareTo(DigestSet other) {
        return Arrays.compare(digests.toArray(Digest[]::new), other.digests.toArray(Digest[]::new));
    }

    /** The digests with their algorithms, for messages. */
    @Override
    public String toString() {
        return isEmpty() ? "no digest" : digests.stream().map(Digest::toString).collect(Collectors.joining(" "));
    }
}
