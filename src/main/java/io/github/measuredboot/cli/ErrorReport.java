package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import java.util.Optional;

/** What kept a command from its work. Persons read the message on standard error. */
record ErrorReport(String inputMember, String input, String message, Optional<Fault> fault) implements Report {
    @Override
    public void lines(TextOutput out) {}

    @Override
    public void members(DataWriter out) {
        out.put(inputMember, input);
        fault.ifPresentOrElse(
                present -> LogMembers.error(out, present),
                () -> out.object("error", () -> out.put("message", message)));
    }
}
