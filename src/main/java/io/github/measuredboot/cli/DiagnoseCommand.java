package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.DiagnosisJson;
import io.github.measuredboot.json.LogDifferenceJson;
import io.github.measuredboot.policy.Diagnosis;
import io.github.measuredboot.policy.Hint;
import io.github.measuredboot.policy.ReferenceStateDiff;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diagnose",
        description = {
            "Explains why a machine is not as expected: its PCRs, what differs from its reference state, and what to do.",
            "Without arguments it looks at this machine and its saved state. Of two logs, OLD and NEW, it reports every PCR"
                    + " and event that differs, and what the data say about it; no reference state is needed. OLD or NEW"
                    + " or both may also be reference states."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted, or OLD and NEW are the same; without a reference state, PCR 0 to 7 are those of the log",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:rejected or different, or the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class DiagnoseCommand implements Callable<Integer> {
    private static final Path USERSPACE_LOG_OF_THIS_MACHINE = Path.of("/run/log/systemd/tpm2-measure.log");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = {"-e", "--event-log"},
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: " + LogInput.DEFAULT)
    private @Nullable String givenLog;

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

    @Parameters(arity = "0..2", paramLabel = "OLD NEW", description = "Two logs or reference states to compare.")
    private List<String> pair = new ArrayList<>();

    @Override
    public Integer call() {
        Console console = new Console(spec, json);
        if (!pair.isEmpty()) {
            return console.run(pair.get(pair.size() - 1), () -> compare(console));
        }
        String log = givenLog == null ? LogInput.DEFAULT : givenLog;
        return console.run(log, () -> diagnose(console, log));
    }

    private int diagnose(Console console, String log)
            throws InputException, MalformedDataException, QuoteRefusedException {
        evidence.requireComplete();
        boolean isThisMachine = log.equals(LogInput.DEFAULT);
        EventLog eventLog = EventLog.parse(LogInput.read(log), ParseLimits.DEFAULT);
        Replay replay = replay(eventLog, isThisMachine);
        Evidence logs = Evidence.of(replay);
        ReplayedLog replayed = (isThisMachine && !evidence.isGiven()
                        ? EvidenceOptions.addValuesOfThisMachine(logs)
                        : evidence.addTo(logs))
                .evaluate();
        Optional<StateInput.Named> named =
                reference == null ? StateInput.readSaved() : Optional.of(StateInput.read(reference));
        if (named.isEmpty() && settings.isGiven()) {
            throw new InputException(
                    "--allow-secure-boot-off, --pin-sections and --bank need a reference state: there is no"
                            + " saved one, name one with --refstate");
        }
        Diagnosis diagnosis = named.isEmpty()
                ? Diagnosis.withoutState(replayed)
                : Diagnosis.of(replayed, settings.state(named.get(), log, replay), settings.options(named.get()));
        named.ifPresent(state -> console.notes(StateInput.notes(state.name(), state.reading())));
        Optional<String> name = named.map(StateInput.Named::name);
        if (json) {
            console.print(DiagnosisJson.report(log, name, diagnosis));
        } else {
            console.print(DiagnosisText.lines(log, name, diagnosis));
        }
        return diagnosis.isGood() ? 0 : Main.DIFFERENT;
    }

    private Replay replay(EventLog log, boolean isThisMachine) throws InputException {
        Path ofThisMachine =
                isThisMachine && Files.isReadable(USERSPACE_LOG_OF_THIS_MACHINE) ? USERSPACE_LOG_OF_THIS_MACHINE : null;
        Path file = userspaceLog == null ? ofThisMachine : userspaceLog;
        return LogInput.replay(log, file);
    }

    private int compare(Console console) throws InputException {
        if (pair.size() != 2) {
            throw new InputException("one thing alone cannot be compared: name OLD and NEW, or give the log with -e");
        }
        if (givenLog != null || reference != null || userspaceLog != null || evidence.isGiven() || settings.isGiven()) {
            throw new InputException("OLD and NEW are compared with each other: give no other evidence");
        }
        Compared before = Compared.read(pair.get(0));
        Compared after = Compared.read(pair.get(1));
        console.notes(before.notes());
        console.notes(after.notes());
        return before.log().isPresent() && after.log().isPresent()
                ? compareLogs(console, before, after)
                : compareStates(console, before, after);
    }

    private int compareLogs(Console console, Compared before, Compared after) throws InputException {
        EventLog first = before.log().orElseThrow();
        EventLog second = after.log().orElseThrow();
        LogDifference difference = LogDifference.between(Replay.of(first), Replay.of(second));
        if (difference.banks().isEmpty()) {
            throw new InputException("the logs have no bank in common: " + before.name() + " has " + first.algorithms()
                    + ", " + after.name() + " has " + second.algorithms());
        }
        if (json) {
            console.print(LogDifferenceJson.report(before.name(), after.name(), difference));
        } else {
            console.print(LogDifferenceText.lines(difference, first, second));
        }
        return difference.isSame() ? 0 : Main.DIFFERENT;
    }

    private int compareStates(Console console, Compared before, Compared after) throws InputException {
        ReferenceStateDiff difference =
                ReferenceStateDiff.between(before.stateComparableWith(after), after.stateComparableWith(before));
        if (json) {
            console.print(DiagnosisJson.comparison(before.name(), after.name(), difference));
        } else {
            List<String> lines = new ArrayList<>(DifferenceText.lines(difference));
            lines.addAll(DiagnosisText.hints(Hint.of(difference)));
            console.print(lines);
        }
        return difference.isEmpty() ? 0 : Main.DIFFERENT;
    }
}
