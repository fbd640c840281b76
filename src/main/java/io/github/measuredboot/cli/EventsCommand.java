package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.json.JsonReports;
import io.github.measuredboot.tpm.Digest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "events",
        description =
                "Lists the events of a log: number, PCR, type, digests, size of the data, offset, what the digests cover,"
                        + " and the decoded data. Of a malformed log the events before the fault are listed.",
        mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {
    private static final String INDENT = "      ";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object, with the event data.")
    private boolean json;

    @Option(names = "--raw", description = "The event data in hexadecimal digits instead of their fields.")
    private boolean raw;

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: @|bold ${DEFAULT-VALUE}|@")
    private String log = LogInput.DEFAULT;

    @Override
    public Integer call() {
        try {
            return list();
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

    private int list() throws InputException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        EventLog.Examination examination = EventLog.examine(LogInput.read(log), ParseLimits.DEFAULT);
        CheckedLog checked = CheckedLog.of(examination.readable());
        if (json) {
            out.println(JsonReports.events(log, checked, examination.fault()));
        } else {
            checked.events().forEach(event -> print(event, out));
            examination.readable().diagnostics().forEach(diagnostic -> err.println(Notes.line(diagnostic)));
        }
        examination.fault().ifPresent(fault -> err.println("measuredboot: " + log + ": " + fault.message()));
        return examination.fault().isPresent() ? Main.ERROR : 0;
    }

    private void print(CheckedEvent checked, PrintWriter out) {
        out.println(line(checked.event()));
        if (raw) {
            out.println(INDENT + checked.event().data().toHex());
            return;
        }
        out.println(INDENT + "digest: " + digests(checked));
        FieldLines.of(checked.claimedData().fields(), INDENT).forEach(out::println);
    }

    /** What the digests cover; the banks apart only where they are not all alike. */
    private static String digests(CheckedEvent checked) {
        Map<String, List<String>> banksByVerdict = new LinkedHashMap<>();
        for (DigestCheck check : checked.checks()) {
            banksByVerdict
                    .computeIfAbsent(verdict(check), verdict -> new ArrayList<>())
                    .add(check.algorithm().name());
        }
        if (banksByVerdict.size() == 1) {
            return banksByVerdict.keySet().iterator().next();
        }
        return banksByVerdict.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String verdict(DigestCheck check) {
        String quirk = check.quirk().map(q -> " (" + q.id() + ")").orElse("");
        return switch (check.status()) {
            case MATCHES -> "covers " + check.rule().description() + quirk;
            case DIFFERS -> "DIFFERS: should cover " + check.rule().description() + quirk;
            case NOT_COVERED -> "covers " + check.rule().description() + ": what follows is only claimed";
            case NOT_MEASURED -> "never measured: what follows is only claimed";
            case NO_DIGEST -> "absent";
        };
    }

    private static String line(Event event) {
        String pcr = event.pcrIndex() == Event.NO_PCR ? "-" : String.valueOf(event.pcrIndex());
        return String.format(
                "%4d  PCR %-2s  %-34s  %s  size %d  offset %d",
                event.number(),
                pcr,
                event.claimedType().name(),
                event.digests().stream().map(Digest::toString).collect(Collectors.joining(" ")),
                event.data().length(),
                event.offset());
    }
}
