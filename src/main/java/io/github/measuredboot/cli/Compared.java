package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import java.util.List;
import java.util.Optional;

/** One side of a comparison: a reference state, or a log and the state that is made of it. */
record Compared(String name, ReferenceState state, Optional<Replay> replay, List<String> notes) {
    static Compared read(String name) throws InputException {
        Bytes content = LogInput.read(name);
        try {
            if (isJson(content)) {
                Reading reading = ReferenceStateJson.parse(content);
                return new Compared(name, reading.state(), Optional.empty(), StateInput.notes(name, reading));
            }
            EventLog log = EventLog.parse(content, ParseLimits.DEFAULT);
            ReferenceState state = StateMakerOptions.make(name, log, ReferenceStateMaker.create());
            return new Compared(name, state, Optional.of(Replay.of(log)), List.of());
        } catch (MalformedDataException e) {
            throw new InputException(name + ": " + e.getMessage());
        }
    }

    private static boolean isJson(Bytes content) {
        for (int i = 0; i < content.length(); i++) {
            if (!Character.isWhitespace(content.u8(i))) {
                return content.u8(i) == '{';
            }
        }
        return false;
    }
}
