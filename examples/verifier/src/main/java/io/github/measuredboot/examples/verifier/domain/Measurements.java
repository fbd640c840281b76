package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.Replay;
import java.util.Optional;

/** The logs of a boot. They are read once, however many quotes come with them. */
public final class Measurements {
    private final byte[] log;
    private final Optional<byte[]> userspaceLog;
    private volatile Replay replay;

    /**
     * Takes logs.
     *
     * @param log the event log
     * @param userspaceLog systemd's log
     */
    public Measurements(byte[] log, Optional<byte[]> userspaceLog) {
        this.log = log;
        this.userspaceLog = userspaceLog;
    }

    byte[] log() {
        return log;
    }

    Optional<byte[]> userspaceLog() {
        return userspaceLog;
    }

    long size() {
        return log.length + userspaceLog.map(bytes -> bytes.length).orElse(0);
    }

    Replay replay() throws MalformedDataException {
        Replay known = replay;
        if (known == null) {
            EventLog eventLog = EventLog.wrap(log);
            known = userspaceLog.isPresent()
                    ? Replay.of(eventLog, UserspaceLogJson.parse(Bytes.wrap(userspaceLog.get())))
                    : Replay.of(eventLog);
            replay = known;
        }
        return known;
    }
}
