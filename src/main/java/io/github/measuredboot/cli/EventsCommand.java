package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogExamination;
import io.github.measuredboot.json.JsonReports;
import io.github.measuredboot.tpm.Digest;
import java.io.PrintWriter;
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
                "Lists the events of a log: number, PCR, type, digests, size of the data, offset. Of a malformed log"
                        + " the events before the fault are listed.",
        mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object, with the event data.")
    private boolean json;

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: @|bold ${DEFAULT-VALUE}|@")
    private String log = LogInput.DEFAULT;

    @Override
    public Integer call() throws InputException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        EventLogExamination examination = EventLog.examine(LogInput.read(log), ParseLimits.DEFAULT);
        if (json) {
            out.println(JsonReports.events(log, examination));
        } else {
            examination.readable().events().forEach(event -> out.println(line(event)));
            examination.readable().diagnostics().forEach(diagnostic -> err.println(Notes.line(diagnostic)));
        }
        examination.fault().ifPresent(fault -> err.println("measuredboot: " + log + ": " + fault.message()));
        return examination.fault().isPresent() ? Main.ERROR : 0;
    }

    private static String line(Event event) {
        String pcr = event.pcrIndex() == Event.NO_PCR ? "-" : String.valueOf(event.pcrIndex());
        return String.format(
                "%4d  PCR %-2s  %-34s  %s  size %d  offset %d",
                event.number(),
                pcr,
                event.type().name(),
                event.digests().stream().map(Digest::toString).collect(Collectors.joining(" ")),
                event.data().length(),
                event.offset());
    }
}
