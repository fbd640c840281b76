package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "summary",
        description =
                "Summarizes a boot: firmware, Secure Boot, what was loaded, command lines, Windows. With PCR values"
                        + " or a quote, each line says whether it is proved. With a log alone, everything is what the log"
                        + " claims, and each line says how far the digest of the bank covers it. For a malformed log,"
                        + " summarizes the events before the fault.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the summary was printed, however little of it is proved",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class SummaryCommand extends LogsCommand {
    @Mixin
    private BankOption banks = new BankOption();

    @Mixin
    private RegistersOption registers = new RegistersOption();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    /** A log, what it is called, and how it compares with the values, if there are any. */
    private record Found(String name, EventLog.Examination examination, Optional<ReplayedLog> replayed) {}

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        evidence.requireComplete();
        if (registers.isConfidentialVm() && evidence.isGiven()) {
            throw new InputException(
                    "--cc-registers is for the log of a confidential VM, which has no PCR values or quote");
        }
        if (evidence.hasUserspaceLog() && !evidence.isGiven() && machineOfLogs().isEmpty()) {
            throw new InputException("--userspace-log belongs to --pcrs or --quote, which are missing");
        }
        Found found = find();
        EventLog.Examination examination = found.examination;
        EventLog readable = examination.readable();
        BootSummary summary = found.replayed.isPresent() ? verified(readable, found.replayed.get()) : claimed(readable);
        if (!isCompared()) {
            notes(registers.notes(input(), readable));
        }
        boolean onlyClaimed = !isCompared() && registers.isClaimed(readable);
        report(new SummaryReport(found.name, readable, summary, onlyClaimed, examination.fault()));
        diagnostics(readable.diagnostics());
        examination.fault().ifPresent(fault -> complain(InputFile.called(input()) + ": " + fault.message()));
        return examination.fault().isPresent() ? Main.ERROR : 0;
    }

    /** Of one log also the events before a fault; of several the one, or the two that are joined, that the values belong to. */
    private Found find()
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        if (logs().size() == 1) {
            EventLog.Examination examination = LogInput.examine(input());
            return new Found(
                    input(),
                    examination,
                    isCompared() ? Optional.of(read().evaluate(examination.readable())) : Optional.empty());
        }
        LogSet several = LogSet.read(logs());
        if (!isCompared()) {
            return found(several.only(LogSet.VALUES_CHOOSE), Optional.empty());
        }
        LogSet.Chosen chosen = several.evaluate(read());
        notes(chosen.notes());
        return found(chosen.candidate(), Optional.of(chosen.replayed()));
    }

    private static Found found(LogSet.Candidate candidate, Optional<ReplayedLog> replayed) {
        return new Found(candidate.name(), new EventLog.Examination(candidate.log(), Optional.empty()), replayed);
    }

    private GivenEvidence read() throws InputException, AttestationRefusedException {
        return evidence.read(machineOfLogs());
    }

    private boolean isCompared() {
        return evidence.isGiven() || (machineOfLogs().isPresent() && !registers.isConfidentialVm());
    }

    private BootSummary verified(EventLog readable, ReplayedLog replayed) throws InputException {
        return BootSummary.of(replayed, banks.of(input(), readable, ShownBank.of(replayed)));
    }

    private BootSummary claimed(EventLog readable) throws InputException {
        return BootSummary.of(
                CheckedLog.of(readable), banks.of(input(), readable, ShownBank.of(readable)), registers.of(readable));
    }
}
