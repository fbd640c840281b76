package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.LogChange;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.diagnosis.Measurement;
import io.github.measuredboot.diagnosis.PcrDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What two logs measured differently: the answer first, then each PCR and event. */
record LogDifferenceReport(
        String oldName,
        EventLog before,
        String newName,
        EventLog after,
        MeasurementRegisters registers,
        LogDifference difference,
        ShownPcrs shown)
        implements Report {
    private static final int CHANGES = 32;

    @Override
    public void lines(TextOutput out) {
        out.accept(difference.message(registers));
        List<String> changes = new ArrayList<>();
        shown.note(out, registers);
        shownPcrs().forEach(pcr -> {
            changes.add(pcr.message(registers));
            pcr.changes().forEach(change -> changes.add("  " + change.place() + ": " + change.message()));
        });
        out.section(changes, CHANGES);
        addBanks(out, "first", before);
        addBanks(out, "second", after);
        if (!difference.isSame()) {
            out.accept(
                    "Nothing was compared with a TPM: both logs are taken at their word. What is marked \"claimed\" is not"
                            + " covered by a digest.");
        }
    }

    private List<PcrDifference> shownPcrs() {
        return difference.pcrs().stream()
                .filter(pcr -> shown.includes(pcr.pcr()))
                .toList();
    }

    private void addBanks(Consumer<String> out, String which, EventLog log) {
        List<HashAlgorithm> others = log.algorithms().stream()
                .filter(bank -> !difference.banks().contains(bank))
                .toList();
        if (!others.isEmpty()) {
            out.accept("Only the " + which + " log has the bank(s) " + others + ": they were not compared.");
        }
    }

    /** {@code log} (the second), {@code old, same, banks, message} and {@code measurements}: for each PCR {@code pcr, kept, exact, changes}. */
    @Override
    public void members(DataWriter out) {
        out.put("log", newName)
                .put("old", oldName)
                .put("same", difference.isSame())
                .texts(
                        "banks",
                        difference.banks().stream().map(HashAlgorithm::name).toList())
                .put("message", difference.message(registers));
        shown.members(out);
        out.objects("measurements", shownPcrs(), pcr -> {
            out.put("pcr", pcr.pcr());
            LogMembers.register(out, registers, pcr.pcr());
            out.put("kept", pcr.keptCount())
                    .put("exact", pcr.exact())
                    .objects("changes", pcr.changes(), change -> change(out, change));
        });
    }

    private static void change(DataWriter out, LogChange change) {
        out.put("kind", change.kind().id())
                .put("topic", change.topic().id())
                .put("subject", change.subject())
                .put("subjectClaimed", change.isSubjectClaimed())
                .put("message", change.message())
                .object("before", change.before(), place -> place(out, place))
                .object("after", change.after(), place -> place(out, place))
                .objects(
                        "details",
                        change.details(),
                        detail -> out.put("field", detail.field())
                                .put("before", detail.before())
                                .put("after", detail.after())
                                .put("claimed", detail.claimed()));
    }

    private static void place(DataWriter out, Measurement measurement) {
        out.put("log", measurement.isUserspace() ? "userspace" : "firmware").put("number", measurement.index());
    }
}
