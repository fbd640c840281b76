package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.uefi.guid.Guid;

/** What differs between two reference states. */
record StateDifferenceReport(StateInput.Named before, StateInput.Named after, StateDifference difference)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        StateDifferenceText.print(difference, out);
    }

    /** {@code old} and {@code new} (each {@code name, form, unknownMembers, unswappedOwners}), and the difference. */
    @Override
    public void members(DataWriter out) {
        out.object("old", () -> state(out, before)).object("new", () -> state(out, after));
        StateChangeMembers.difference(out, difference);
    }

    private static void state(DataWriter out, StateInput.Named state) {
        out.put("name", state.name())
                .put("form", state.reading().form().id())
                .texts("unknownMembers", state.reading().unknownMembers())
                .texts(
                        "unswappedOwners",
                        state.reading().unswappedOwners().stream()
                                .map(Guid::toString)
                                .toList());
    }
}
