package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.MessageDigest;
import java.util.List;

/** Extends values of one bank. For one thread. */
final class PcrExtender {
    private final HashAlgorithm algorithm;
    private final MessageDigest hash;

    PcrExtender(HashAlgorithm algorithm, MessageDigest hash) {
        this.algorithm = algorithm;
        this.hash = hash;
    }

    Bytes initial(int pcr, int startupLocality) {
        return Replay.initialValue(algorithm, pcr, startupLocality);
    }

    Bytes zero() {
        return algorithm.zeroDigest();
    }

    Bytes hash(Bytes data) {
        return data.hash(hash);
    }

    Bytes extend(Bytes value, Bytes digest) {
        value.update(hash);
        return digest.hash(hash);
    }

    Bytes extend(Bytes value, List<Bytes> digests) {
        Bytes extended = value;
        for (Bytes digest : digests) {
            extended = extend(extended, digest);
        }
        return extended;
    }

    /** A digest of another bank in the size of this one. */
    Bytes resized(Bytes digest) {
        byte[] resized = new byte[algorithm.digestSize()];
        digest.slice(0, Math.min(resized.length, digest.length())).copyTo(resized, 0);
        return Bytes.wrap(resized);
    }
}
