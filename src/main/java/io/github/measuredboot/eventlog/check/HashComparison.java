package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;

/** Compares digests with the hashes of bytes; all hashes are made in one buffer. Used by one thread at a time. */
final class HashComparison {
    private final HashAlgorithm algorithm;
    private final MessageDigest hash;
    private final byte[] buffer;
    private final Bytes value;

    HashComparison(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.hash = algorithm.newMessageDigest().orElseThrow();
        this.buffer = new byte[algorithm.digestSize()];
        this.value = Bytes.wrap(buffer);
    }

    boolean isHash(Bytes expected, Bytes data) {
        return isHash(expected, data, Bytes.EMPTY);
    }

    boolean isHash(Bytes expected, Bytes data, Bytes suffix) {
        data.update(hash);
        if (!suffix.isEmpty()) {
            suffix.update(hash);
        }
        try {
            hash.digest(buffer, 0, buffer.length);
        } catch (DigestException e) {
            throw new IllegalStateException(algorithm + " gives digests of another size than it should", e);
        }
        return value.equals(expected);
    }
}
