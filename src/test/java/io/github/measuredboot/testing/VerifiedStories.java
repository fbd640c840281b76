package io.github.measuredboot.testing;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;

/** Logs with the PCR values of a TPM that has measured just what they say. */
public final class VerifiedStories {
    private VerifiedStories() {}

    public static ReplayedLog replayed(EventLog log) {
        Replay replay = Replay.of(log);
        return replay.compareWith(replay.expectedValues());
    }

    public static BootSummary of(EventLog log, HashAlgorithm bank) {
        return BootSummary.of(replayed(log), bank);
    }
}
