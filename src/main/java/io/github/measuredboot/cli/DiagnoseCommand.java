package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "diagnose",
        description = {
            "Explains why a boot is not as expected: the verdict of check, what differs from the reference state event by"
                    + " event, and what to do.",
            "Without arguments, diagnoses this machine by its saved state. Given two logs and nothing else, OLD"
                    + " and NEW, reports every PCR and event that differs, and what the data say about it. With a"
                    + " reference state, PCR values or a quote, several logs are treated as evidence of one machine."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted, or the two logs are the same; without a reference state, PCR 0 to 7 are those of the log",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:rejected or different, the quote is refused, or there was nothing but a log to judge: its claims"
                    + " alone are never enough"
        },
        mixinStandardHelpOptions = true)
final class DiagnoseCommand extends LogsCommand {
    @Option(
            names = {"-r", "--refstate"},
            paramLabel = "FILE|DIR",
            description = "The reference state, or the folder in which save put it. Default: this user's saved state")
    private @Nullable String reference;

    @Mixin
    private RegistersOption registers = new RegistersOption();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private ShownPcrs shown = new ShownPcrs();

    @Mixin
    private PolicySettings settings = new PolicySettings();

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        boolean compares = reference == null && evidence.isNothing() && !settings.isGiven() && logs().size() > 1;
        if (compares) {
            requireTwoAtMost();
        }
        if (registers.isConfidentialVm() && !compares) {
            throw new InputException(
                    "--cc-registers is for two logs of confidential VMs that are compared: a reference state is about"
                            + " PCRs");
        }
        return compares ? compare(logs().get(0), logs().get(1)) : diagnose();
    }

    private int diagnose()
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        LogSet.Chosen chosen = LogSet.read(logs()).evaluate(evidence.read(machineOfLogs()));
        ReplayedLog replayed = chosen.replayed();
        notes(chosen.notes());
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
        Optional<ShownDigests> digests = diagnosis
                .verdict()
                .flatMap(verdict -> state.map(named -> ShownDigests.of(
                        verdict.bank(), replayed, named.reading().state())));
        report(new DiagnosisReport(chosen.candidate().name(), name, diagnosis, shown, digests));
        return evidence.suffices(diagnosis) ? 0 : Main.DIFFERENT;
    }

    private int compare(String old, String now) throws InputException {
        EventLog before = readLog(old);
        EventLog after = readLog(now);
        LogDifference difference = LogDifference.between(Replay.of(before), Replay.of(after));
        if (difference.banks().isEmpty()) {
            throw new InputException("the logs have no bank in common: " + InputFile.called(old) + " has "
                    + before.algorithms() + ", " + InputFile.called(now) + " has " + after.algorithms());
        }
        report(new LogDifferenceReport(old, before, now, after, registers(before, after), difference, shown));
        return difference.isSame() ? 0 : Main.DIFFERENT;
    }

    /** Those that both have; PCRs, which any index can be, where they are not of one kind. */
    private MeasurementRegisters registers(EventLog before, EventLog after) {
        return registers.of(before) == registers.of(after) ? registers.of(after) : MeasurementRegisters.PCRS;
    }

    private static EventLog readLog(String name) throws InputException {
        Bytes content = LogInput.read(name);
        if (isJson(content)) {
            throw new InputException(InputFile.called(name)
                    + " is a reference state: two of them are compared with refstate diff, and a log"
                    + " with one as diagnose LOG --refstate STATE");
        }
        try {
            return LogInput.parse(content);
        } catch (MalformedDataException e) {
            throw new InputException(InputFile.called(name) + ": " + e.getMessage());
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
