package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "replay",
        description = "Computes the PCR values that logs give, and compares them with those of a TPM.",
        mixinStandardHelpOptions = true)
final class ReplayCommand extends LogsCommand {
    @Mixin
    private BankOption banks = new BankOption();

    @Mixin
    private PcrFilter pcrs = new PcrFilter();

    @Mixin
    private PcrValueOptions given = new PcrValueOptions();

    @Mixin
    private UserspaceLogOption userspaceLog = new UserspaceLogOption();

    @Override
    int execute() throws InputException {
        if (userspaceLog.isGiven() && logs().size() > 1) {
            throw new InputException("--userspace-log belongs to one log, not to " + logs().size());
        }
        Optional<PcrValues> values;
        try {
            values = given.read(machineOfLog());
        } catch (InputException e) {
            logs().forEach(log -> report(new ErrorReport(inputMember(), log, e.reason(), Optional.empty())));
            complain(e.reason());
            return Main.ERROR;
        }
        return replay(values);
    }

    private int replay(Optional<PcrValues> values) {
        int exitCode = 0;
        for (String log : logs()) {
            int exitCodeOfLog = run(log, () -> replay(log, values));
            exitCode = exitCode == Main.ERROR || exitCodeOfLog == 0 ? exitCode : exitCodeOfLog;
        }
        return exitCode;
    }

    private int replay(String name, Optional<PcrValues> values) throws InputException, MalformedDataException {
        EventLog log = LogInput.parse(name);
        Replay replay = userspaceLog.replay(log, machineOfLog());
        banks.requireIn(
                name, replay.banks().stream().map(ReplayedBank::algorithm).toList());
        List<PcrBank> selected = replay.banks().stream()
                .map(ReplayedBank::pcrs)
                .filter(bank -> banks.includes(bank.algorithm()))
                .map(this::selectPcrs)
                .toList();
        boolean chosen = banks.isGiven() || pcrs.isGiven();
        if (values.isEmpty()) {
            report(new ReplayReport(name, replay, selected, chosen, Optional.empty()));
            return 0;
        }
        ReplayedLog compared = replay.compareWith(values.get()).restrictedTo(this::isSelected);
        ReplayReport.Compared result = new ReplayReport.Compared(compared, Explanation.of(compared));
        report(new ReplayReport(name, replay, selected, chosen, Optional.of(result)));
        return result.isGood() ? 0 : Main.DIFFERENT;
    }

    private PcrBank selectPcrs(PcrBank bank) {
        SortedMap<Integer, Bytes> selected = new TreeMap<>(bank.values());
        selected.keySet().removeIf(pcr -> !pcrs.includes(pcr));
        return new PcrBank(bank.algorithm(), selected);
    }

    private boolean isSelected(PcrComparison comparison) {
        return banks.includes(comparison.algorithm()) && pcrs.includes(comparison.pcr());
    }
}
