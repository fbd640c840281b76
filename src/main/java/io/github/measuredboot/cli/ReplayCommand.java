package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "replay",
        description = {
            "Computes the PCR values that logs give, and compares them with those of a TPM.",
            "Several logs of one machine are compared together; without values, each boot among them is replayed."
        },
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
    int execute() throws InputException, MalformedDataException, QuoteRefusedException {
        Optional<PcrValues> values = given.read(machineOfLogs());
        return values.isPresent() ? compare(values) : replay();
    }

    private int compare(Optional<PcrValues> values)
            throws InputException, MalformedDataException, QuoteRefusedException {
        LogSet logs = LogSet.read(logs());
        Optional<UserspaceLog> after = userspaceLog.read(machineOfLogs());
        LogSet.Chosen chosen = logs.evaluate(new GivenEvidence(after, values, Optional.empty()));
        notes(chosen.notes());
        ReplayedLog compared = chosen.replayed().restrictedTo(this::isSelected);
        ReplayReport.Compared result = new ReplayReport.Compared(compared, Explanation.of(compared));
        report(chosen.candidate().name(), chosen.replayed().replay(), Optional.of(result));
        return result.isGood() ? 0 : Main.DIFFERENT;
    }

    /** Of several boots each alone, also where one of the logs cannot be read. */
    private int replay() throws InputException, MalformedDataException {
        List<LogSet.Candidate> read = new ArrayList<>();
        List<Integer> exitCodes = new ArrayList<>();
        for (String log : logs()) {
            exitCodes.add(run(log, () -> {
                read.add(LogSet.read(log));
                return 0;
            }));
        }
        LogSet logs = new LogSet(read);
        if (userspaceLog.isGiven() && !read.isEmpty()) {
            logs.only(": --userspace-log belongs to one of them");
        }
        Optional<UserspaceLog> after = userspaceLog.read(machineOfLogs());
        logs.forEach(boot -> exitCodes.add(run(boot.name(), () -> {
            report(boot.name(), GivenEvidence.replay(boot.log(), after), Optional.empty());
            return 0;
        })));
        return Collections.max(exitCodes);
    }

    private void report(String name, Replay replay, Optional<ReplayReport.Compared> compared) throws InputException {
        banks.requireIn(
                name, replay.banks().stream().map(ReplayedBank::algorithm).toList());
        List<PcrBank> selected = replay.banks().stream()
                .map(ReplayedBank::pcrs)
                .filter(bank -> banks.includes(bank.algorithm()))
                .map(this::selectPcrs)
                .toList();
        report(new ReplayReport(name, replay, selected, banks.isGiven() || pcrs.isGiven(), compared));
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
