package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;

/**
 * A digest together with the algorithm that it is said to have been made with (TPMT_HA).
 *
 * @param algorithm the algorithm
 * @param value the digest, with as many bytes as the algorithm's digests have
 */
public record Digest(HashAlgorithm algorithm, Bytes value) implements Comparable<Digest> {
    /** @throws IllegalArgumentException if {@code value} is longer or shorter than a digest of {@code algorithm} */
    public Digest {
        requireDigestSize(algorithm, value);
    }

    static void requireDigestSize(HashAlgorithm algorithm, Bytes value) {
        if (value.length() != algorithm.digestSize()) {
            throw new IllegalArgumentException("a " + algorithm.name() + " digest has " + algorithm.digestSize()
                    + " bytes, not " + value.length());
        }
    }

    /** Compares the algorithms, then the values. */
    @Override
    public int compareTo(Digest other) {
        int algorithms = algorithm.compareTo(other.algorithm);
        return algorithms != 0 ? algorithms : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return algorithm.name() + ":" + value.toHex();
    }
}
