package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diagnose",
        description = {
            "Explains why a boot is not as expected: the verdict of check, what differs from the reference state event by"
                    + " event, and what to do.",
            "Without arguments it looks at this machine and its saved state. Of two logs, OLD and NEW, it reports every PCR"
                    + " and event that differs, and what the data say about it; no reference state is needed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted, or the two logs are the same; without a reference state, PCR 0 to 7 are those of the log",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:rejected or different, or the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class DiagnoseCommand extends ReportingCommand {
    private static final Path USERSPACE_LOG_OF_THIS_MACHINE = Path.of("/run/log/systemd/tpm2-measure.log");

    @Option(
            names = {"-e", "--event-log"},
            paramLabel = "LOG",
            description = "The same as one LOG.")
    private @Nullable String namedLog;

    @Option(
            names = {"-r", "--refstate"},
            paramLabel = "FILE|DIR",
            description = "The reference state, or the folder where save put it. Default: the saved one of this user")
    private @Nullable String reference;

    @Option(
            names = "--userspace-log",
            paramLabel = "FILE",
            description = "What systemd measured. Default for this machine: /run/log/systemd/tpm2-measure.log")
    private @Nullable Path userspaceLog;

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private PolicySettings settings = new PolicySettings();

    @Parameters(
            arity = "0..2",
            paramLabel = "LOG",
            description = "One log, - for standard input, or two to compare, OLD and NEW. Default: " + LogInput.DEFAULT)
    private List<String> logs = new ArrayList<>();

    @Override
    String input() {
        return logs.isEmpty() ? (namedLog == null ? LogInput.DEFAULT : namedLog) : logs.get(logs.size() - 1);
    }

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException {
        return logs.size() == 2 ? compare() : diagnose(input());
    }

    private int diagnose(String log) throws InputException, MalformedDataException, QuoteRefusedException {
        if (!logs.isEmpty() && namedLog != null) {
            throw new InputException("two logs are compared as diagnose OLD NEW, without -e");
        }
        evidence.requireComplete();
        boolean isThisMachine = log.equals(LogInput.DEFAULT);
        Replay replay = replay(EventLog.parse(LogInput.read(log), ParseLimits.DEFAULT), isThisMachine);
        Evidence given = Evidence.of(replay);
        ReplayedLog replayed = (isThisMachine && !evidence.isGiven()
                        ? EvidenceOptions.addValuesOfThisMachine(given)
                        : evidence.addTo(given))
                .evaluate();
        Optional<StateInput.Named> state =
                reference == null ? StateInput.readSaved() : Optional.of(StateInput.read(reference));
        if (state.isEmpty() && settings.isGiven()) {
            throw new InputException(
                    "what is allowed and pinned needs a reference state: there is no saved one, name one"
                            + " with --refstate");
        }
        Diagnosis diagnosis = state.isEmpty()
                ? Diagnosis.of(replayed)
                : Diagnosis.of(replayed, state.get().reading().state(), settings.options(state.get()));
        state.ifPresent(named -> notes(StateInput.notes(named.name(), named.reading())));
        Optional<String> name = state.map(StateInput.Named::name);
        report(new DiagnosisReport(log, name, diagnosis));
        boolean good = diagnosis.verdict().map(evidence::suffices).orElseGet(diagnosis::isGood);
        return good ? 0 : Main.DIFFERENT;
    }

    private Replay replay(EventLog log, boolean isThisMachine) throws InputException {
        Path ofThisMachine =
                isThisMachine && Files.isReadable(USERSPACE_LOG_OF_THIS_MACHINE) ? USERSPACE_LOG_OF_THIS_MACHINE : null;
        return LogInput.replay(log, userspaceLog == null ? ofThisMachine : userspaceLog);
    }

    private int compare() throws InputException {
        if (namedLog != null || reference != null || userspaceLog != null || evidence.isGiven() || settings.isGiven()) {
            throw new InputException("two logs are compared with each other: give no other evidence");
        }
        EventLog before = readLog(logs.get(0));
        EventLog after = readLog(logs.get(1));
        LogDifference difference = LogDifference.between(Replay.of(before), Replay.of(after));
        if (difference.banks().isEmpty()) {
            throw new InputException("the logs have no bank in common: " + logs.get(0) + " has " + before.algorithms()
                    + ", " + logs.get(1) + " has " + after.algorithms());
        }
        report(new LogDifferenceReport(logs.get(0), before, logs.get(1), after, difference));
        return difference.isSame() ? 0 : Main.DIFFERENT;
    }

    private static EventLog readLog(String name) throws InputException {
        Bytes content = LogInput.read(name);
        if (isJson(content)) {
            throw new InputException(
                    name + " is a reference state: two of them are compared with refstate diff, and a log"
                            + " with one as diagnose LOG --refstate STATE");
        }
        try {
            return EventLog.parse(content, ParseLimits.DEFAULT);
        } catch (MalformedDataException e) {
            throw new InputException(name + ": " + e.getMessage());
        }
    }

    private static boolean isJson(Bytes content) {
        int start = 0;
        while (start < content.length() && Character.isWhitespace(content.u8(start))) {
            start++;
        }
        return start < content.length() && content.u8(start) == '{';
    }
}
