package io.github.measuredboot.cli;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogExamination;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.BootSummaryJson;
import io.github.measuredboot.json.JsonReports;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "summary",
        description =
                "Tells the story of a boot from a log: firmware, Secure Boot, what was loaded, command lines, Windows. Each line"
                        + " says how far the digest of the bank covers it. Of a malformed log the events before the fault are told.",
        mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--bank",
            paramLabel = "BANK",
            converter = Converters.Algorithm.class,
            description = "The bank whose digests are checked, as in sha256. Default: the strongest of the log.")
    private @Nullable HashAlgorithm bank;

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: @|bold ${DEFAULT-VALUE}|@")
    private String log = LogInput.DEFAULT;

    @Override
    public Integer call() {
        try {
            return tell();
        } catch (InputException e) {
            return fail(e.reason());
        }
    }

    private int fail(String reason) {
        if (json) {
            spec.commandLine().getOut().println(JsonReports.unreadable(log, reason));
        }
        spec.commandLine().getErr().println("measuredboot: " + reason);
        return Main.ERROR;
    }

    private int tell() throws InputException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        EventLogExamination examination = EventLog.examine(LogInput.read(log), ParseLimits.DEFAULT);
        EventLog readable = examination.readable();
        BootSummary summary = BootSummary.of(CheckedLog.of(readable), bank(readable));
        if (json) {
            out.println(BootSummaryJson.of(log, readable, summary, examination.fault()));
        } else {
            SummaryText.of(log, readable, summary).forEach(out::println);
            readable.diagnostics().forEach(diagnostic -> err.println(Notes.line(diagnostic)));
        }
        examination.fault().ifPresent(fault -> err.println("measuredboot: " + log + ": " + fault.message()));
        return examination.fault().isPresent() ? Main.ERROR : 0;
    }

    private HashAlgorithm bank(EventLog readable) throws InputException {
        if (bank == null) {
            return BootSummary.strongestBank(readable).orElse(HashAlgorithm.SHA256);
        }
        if (!readable.algorithms().contains(bank)) {
            throw new InputException(log + ": the log has no bank " + bank + ", only " + readable.algorithms());
        }
        return bank;
    }
}
