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
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One side of a comparison: a reference state or a log. */
record Compared(String name, Optional<Reading> reading, Optional<EventLog> log) {
    static Compared read(String name) throws InputException {
        Bytes content = LogInput.read(name);
        try {
            return isJson(content)
                    ? new Compared(name, Optional.of(ReferenceStateJson.parse(content)), Optional.empty())
                    : new Compared(name, Optional.empty(), Optional.of(EventLog.parse(content, ParseLimits.DEFAULT)));
        } catch (MalformedDataException e) {
            throw new InputException(name + ": " + e.getMessage());
        }
    }

    List<String> notes() {
        return reading.map(read -> StateInput.notes(name, read)).orElse(List.of());
    }

    /** The given state, or the one that is made of the log. */
    ReferenceState state() throws InputException {
        return reading.isPresent()
                ? reading.get().state()
                : StateMakerOptions.make(
                        name,
                        log.orElseThrow(),
                        ReferenceStateMaker.create(),
                        "make its state with refstate create --full --uki-event N, and compare that; N is one");
    }

    /** The state of a log has more than most states: what the other one cannot have is left out. */
    ReferenceState stateComparableWith(Compared other) throws InputException {
        if (reading.isPresent() || other.reading.isEmpty()) {
            return state();
        }
        List<HashAlgorithm> banks = other.state().uki().image().algorithms();
        if (banks.size() != 1) {
            return state();
        }
        ReferenceState inBank = state().onlyBank(banks.get(0));
        try {
            return other.reading.get().form() == Form.FULL
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
