package io.github.measuredboot.diagnosis;

import io.github.measuredboot.replay.Replay;

/**
 * Names one measurement of a replay.
 *
 * @param isUserspace whether it is one of {@link Replay#userspaceLog()}, not of {@link Replay#log()}
 * @param index its position in the events or records of that log, from 0
 */
public record Measurement(boolean isUserspace, int index) {
    /** As a person counts them: {@code event 7} (events are numbered from 0) or {@code userspace record 1} (from 1). */
    @Override
    public String toString() {
        return isUserspace ? "userspace record " + (index + 1) : "event " + index;
    }
}
