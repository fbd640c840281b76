package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The replay of one bank. Used by one thread. */
final class BankReplay {
    static final int PCR_COUNT = 24;

    private final Bytes log;
    private final HashAlgorithm algorithm;
    private final @Nullable MessageDigest digest;
    private final byte[][] values = new byte[PCR_COUNT][];
    private final int[] extendCounts = new int[PCR_COUNT];

    BankReplay(Bytes log, HashAlgorithm algorithm) {
        this.log = log;
        this.algorithm = algorithm;
        this.digest = algorithm.newMessageDigest().orElse(null);
    }

    void extend(int pcr, int digestOffset, int startupLocality) {
        extend(pcr, log.slice(digestOffset, algorithm.digestSize()), startupLocality);
    }

    void extend(int pcr, Bytes eventDigest, int startupLocality) {
        if (extendCounts[pcr]++ == 0) {
            values[pcr] = InitialPcrValues.of(algorithm, pcr, startupLocality);
        }
        if (digest == null) {
            return;
        }
        byte[] value = values[pcr];
        digest.update(value);
        eventDigest.update(digest);
        try {
            digest.digest(value, 0, value.length);
        } catch (DigestException e) {
            throw new IllegalStateException(algorithm + " gives digests of another size than it should", e);
        }
    }

    void extend(CelRecord record, int startupLocality) {
        if (record.register() instanceof CelRecord.Register.Pcr pcr) {
            record.digest(algorithm)
                    .ifPresent(eventDigest -> extend(pcr.index(), eventDigest.value(), startupLocality));
        }
    }

    ReplayedBank toBank() {
        @Nullable Bytes[] replayed = new Bytes[PCR_COUNT];
        for (int pcr = 0; pcr < PCR_COUNT; pcr++) {
            if (extendCounts[pcr] > 0 && digest != null) {
                replayed[pcr] = Bytes.wrap(values[pcr]);
            }
        }
        return new ReplayedBank(algorithm, digest != null, replayed, extendCounts);
    }
}
