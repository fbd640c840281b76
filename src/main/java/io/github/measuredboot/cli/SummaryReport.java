package io.github.measuredboot.cli;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import java.util.Optional;

/** The story of a boot. */
record SummaryReport(String log, EventLog readable, BootSummary summary, boolean onlyClaimed, Optional<Fault> fault)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(message());
        SummaryText.of(log, readable, new SummaryMarks(summary, onlyClaimed), out.isVerbose())
                .forEach(out);
    }

    private String message() {
        return SummaryStory.of(summary, readable, fault.isPresent());
    }

    @Override
    public void members(DataWriter out) {
        out.put("log", log);
        out.put("message", message());
        LogMembers.format(out, readable);
        new SummaryMembers(out, summary.registers(), onlyClaimed).write(summary);
        LogMembers.diagnostics(out, "diagnostics", readable.diagnostics());
        fault.ifPresent(present -> LogMembers.error(out, present));
    }
}
