package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Computes the PCR values that logs give, and compares them with those of a TPM.",
        mixinStandardHelpOptions = true)
final class ReplayCommand extends ReportingCommand {
    @Option(
            names = "--bank",
            paramLabel = "BANK",
            converter = Converters.Algorithm.class,
            description = "Only this bank, as in sha256. May be repeated.")
    private List<HashAlgorithm> banks = new ArrayList<>();

    @Option(
            names = "--pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description = "Only these PCRs, as in 0-7,9.")
    private @Nullable PcrList pcrs;

    @Option(
            names = "--pcrs",
            paramLabel = "FILE|DIR",
            description = "The TPM's values to compare with: a folder of sysfs such as /sys/class/tpm/tpm0, what"
                    + " tpm2_pcrread prints or writes, or a JSON object bank -> index -> hex.")
    private @Nullable Path pcrSource;

    @Option(
            names = "--pcr-selection",
            paramLabel = "SELECTION",
            converter = Converters.Selection.class,
            description = "What is in a binary file of tpm2_pcrread, as in sha1:0,1+sha256:all.")
    private @Nullable PcrSelection selection;

    @Option(
            names = "--userspace-log",
            paramLabel = "FILE",
            description = "What systemd measured after the firmware's log: /run/log/systemd/tpm2-measure.log. Not with"
                    + " several logs.")
    private @Nullable Path userspaceLog;

    @Parameters(
            arity = "0..*",
            paramLabel = "LOG",
            description = "The logs, - for standard input. Default: ${DEFAULT-VALUE}",
            defaultValue = LogInput.DEFAULT)
    private List<String> logs = new ArrayList<>();

    @Override
    String input() {
        return String.join(" ", logs);
    }

    @Override
    int execute() throws InputException {
        if (userspaceLog != null && logs.size() > 1) {
            throw new InputException("--userspace-log belongs to one log, not to " + logs.size());
        }
        PcrValues values;
        try {
            values = pcrSource == null ? null : PcrInput.read(pcrSource, selection);
        } catch (InputException e) {
            logs.forEach(log -> report(new ErrorReport(inputMember(), log, e.reason(), Optional.empty())));
            complain(e.reason());
            return Main.ERROR;
        }
        return replay(values);
    }

    private int replay(@Nullable PcrValues values) {
        int exitCode = 0;
        for (String log : logs) {
            int exitCodeOfLog = run(log, () -> replay(log, values));
            exitCode = exitCode == Main.ERROR || exitCodeOfLog == 0 ? exitCode : exitCodeOfLog;
        }
        return exitCode;
    }

    private int replay(String name, @Nullable PcrValues values) throws InputException, MalformedDataException {
        EventLog log = EventLog.parse(LogInput.read(name), ParseLimits.DEFAULT);
        Replay replay = LogInput.replay(log, userspaceLog);
        requireBanks(name, replay);
        List<PcrBank> selected = replay.banks().stream()
                .map(ReplayedBank::pcrs)
                .filter(bank -> banks.isEmpty() || banks.contains(bank.algorithm()))
                .map(this::selectPcrs)
                .toList();
        if (values == null) {
            report(new ReplayReport(name, replay, selected, Optional.empty()));
            return 0;
        }
        ReplayedLog compared = replay.compareWith(values).restrictedTo(this::isSelected);
        report(new ReplayReport(
                name,
                replay,
                selected,
                Optional.of(new ReplayReport.Compared(compared.comparisons(), Explanation.of(compared)))));
        return compared.accountsForAllValues() ? 0 : Main.DIFFERENT;
    }

    private void requireBanks(String name, Replay replay) throws InputException {
        for (HashAlgorithm bank : banks) {
            if (replay.bank(bank).isEmpty()) {
                throw new InputException(name + ": the log has no bank " + bank + ", only "
                        + replay.banks().stream().map(ReplayedBank::algorithm).toList());
            }
        }
    }

    private PcrBank selectPcrs(PcrBank bank) {
        SortedMap<Integer, Bytes> selected = new TreeMap<>(bank.values());
        selected.keySet().removeIf(pcr -> pcrs != null && !pcrs.contains(pcr));
        return new PcrBank(bank.algorithm(), selected);
    }

    private boolean isSelected(PcrComparison comparison) {
        return (banks.isEmpty() || banks.contains(comparison.algorithm()))
                && (pcrs == null || pcrs.contains(comparison.pcr()));
    }
}
