package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The replay of one bank. Used by one thread. */
final class BankReplay {
    static final int PCR_COUNT = 24;

    private final HashAlgorithm algorithm;
    private final int startupLocality;
    private final @Nullable MessageDigest digest;
    private final byte[][] values = new byte[PCR_COUNT][];
    private final int[] extendCounts = new int[PCR_COUNT];

    private BankReplay(HashAlgorithm algorithm, int startupLocality) {
        this.algorithm = algorithm;
        this.startupLocality = startupLocality;
        this.digest = algorithm.newMessageDigest().orElse(null);
    }

    static ReplayedBank run(EventLog log, HashAlgorithm algorithm, int startupLocality) {
        BankReplay replay = new BankReplay(algorithm, startupLocality);
        for (Event event : log.events()) {
            long pcr = event.pcrIndex();
            if (pcr < PCR_COUNT && !event.type().equals(EventType.EV_NO_ACTION)) {
                OptionalInt digestOffset = event.digestOffset(algorithm);
                if (digestOffset.isPresent()) {
                    replay.extend((int) pcr, log.bytes().slice(digestOffset.getAsInt(), algorithm.digestSize()));
                }
            }
        }
        return replay.toBank();
    }

    private void extend(int pcr, Bytes measured) {
        if (extendCounts[pcr]++ == 0) {
            values[pcr] = InitialPcrValues.of(algorithm, pcr, startupLocality);
        }
        if (digest == null) {
            return;
        }
        byte[] value = values[pcr];
        digest.update(value);
        measured.update(digest);
        try {
            digest.digest(value, 0, value.length);
        } catch (DigestException e) {
            throw new IllegalStateException(algorithm + " gives digests of another size than it should", e);
        }
    }

    private ReplayedBank toBank() {
        @Nullable Bytes[] replayed = new Bytes[PCR_COUNT];
        for (int pcr = 0; pcr < PCR_COUNT; pcr++) {
            if (extendCounts[pcr] > 0 && digest != null) {
                replayed[pcr] = Bytes.wrap(values[pcr]);
            }
        }
        return new ReplayedBank(algorithm, digest != null, replayed, extendCounts);
    }
}
