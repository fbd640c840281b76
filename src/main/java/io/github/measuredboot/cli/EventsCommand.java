package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.yaml.EventLogYaml;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = {
            "Lists the events of a log: number, PCR (or RTMR), type, digests, size of the data, offset, what the"
                    + " digests cover, and the decoded data. For a malformed log, lists the events before the fault.",
            "The events of a dynamic launch follow those of its boot, numbered as in the findings of check."
        },
        mixinStandardHelpOptions = true)
final class EventsCommand extends LogsCommand {
    @Option(names = "--raw", description = "Print the event data in hexadecimal digits instead of decoding it.")
    private boolean raw;

    @Mixin
    private EventFilter filter = new EventFilter();

    @Mixin
    private RegistersOption registers = new RegistersOption();

    @Mixin
    private YamlOptions yamlOptions = new YamlOptions();

    @Override
    void requireConsistent() throws InputException {
        super.requireConsistent();
        if (yamlOptions.yaml().isPresent() && (raw || isJson())) {
            throw new InputException("--format tpm2-yaml is a format of its own, as --raw and --json are");
        }
        if (yamlOptions.yaml().isPresent() && filter.isGiven()) {
            throw new InputException("--format tpm2-yaml has all events, without --pcr, --type and --bank");
        }
    }

    @Override
    int execute() throws InputException, MalformedDataException {
        EventLog.Examination examination = examine();
        EventLog readable = examination.readable();
        Optional<EventLogYaml> yaml = yamlOptions.yaml();
        filter.requireBanksIn(input(), readable.algorithms());
        if (yaml.isPresent()) {
            YamlOptions.write(yaml.get(), readable, output());
        } else {
            MeasurementRegisters named = registers.of(readable);
            report(new EventsReport(input(), CheckedLog.of(readable), examination.fault(), raw, filter, named));
        }
        diagnostics(readable.diagnostics());
        examination.fault().ifPresent(fault -> complain(InputFile.called(input()) + ": " + fault.message()));
        return examination.fault().isPresent() ? Main.ERROR : 0;
    }

    private EventLog.Examination examine() throws InputException, MalformedDataException {
        return logs().size() == 1
                ? LogInput.examine(input())
                : new EventLog.Examination(
                        LogSet.read(logs()).only(": list one at a time").log(), Optional.empty());
    }
}
