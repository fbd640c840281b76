package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One side of a comparison: a reference state, or a log and the state that is made of it. */
record Compared(String name, ReferenceState state, Optional<Form> form, Optional<Replay> replay, List<String> notes) {
    static Compared read(String name) throws InputException {
        Bytes content = LogInput.read(name);
        try {
            if (isJson(content)) {
                Reading reading = ReferenceStateJson.parse(content);
                return new Compared(
                        name,
                        reading.state(),
                        Optional.of(reading.form()),
                        Optional.empty(),
                        StateInput.notes(name, reading));
            }
            EventLog log = EventLog.parse(content, ParseLimits.DEFAULT);
            ReferenceState state = StateMakerOptions.make(
                    name,
                    log,
                    ReferenceStateMaker.create(),
                    "make its state with refstate create --full --uki-event N, and compare that; N is one");
            return new Compared(name, state, Optional.empty(), Optional.of(Replay.of(log)), List.of());
        } catch (MalformedDataException e) {
            throw new InputException(name + ": " + e.getMessage());
        }
    }

    /** The state of a log has more than most states: what the other one cannot have is left out. */
    ReferenceState stateComparableWith(Compared other) throws InputException {
        List<HashAlgorithm> banks = other.state.uki().image().algorithms();
        if (form.isPresent() || other.form.isEmpty() || banks.size() != 1) {
            return state;
        }
        ReferenceState inBank = state.onlyBank(banks.get(0));
        try {
            return other.form.get() == Form.FULL
                    ? inBank
                    : ReferenceStateJson.parse(
                                    Bytes.encode(ReferenceStateJson.write(inBank, Form.FIELD), StandardCharsets.UTF_8))
                            .state();
        } catch (MalformedDataException e) {
            throw new InputException(name + " has nothing to compare with " + other.name + ": " + e.getMessage());
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
