package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Says for each PCR whether a log reproduces its value, and whether a quote proves that value.",
            "With a quote and without --pcrs, the quote is checked with the values that the log gives."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every PCR of --require is proved (without a quote: reproduced); without --require, the log accounts for all"
                    + " values, and a quote proves at least one PCR that events extend",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:otherwise, or the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand extends LogsCommand {
    @Option(
            names = "--require",
            paramLabel = "SELECTION",
            converter = Converters.Selection.class,
            description = "The PCRs that matter, such as sha256:0-7,11. Only these are reported.")
    private @Nullable PcrSelection required;

    @Mixin
    private ChosenPcrs chosen = new ChosenPcrs();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        evidence.requireComplete();
        if (!evidence.isGiven() && machineOfLogs().isEmpty()) {
            throw new InputException("nothing to verify the log with: give --pcrs, --quote or both");
        }
        if (required != null && chosen.isGiven()) {
            throw new InputException(
                    "--require asks for some PCRs, --bank and --pcr for others: give one or the other");
        }
        LogSet.Chosen found = evaluate(LogSet.read(logs()));
        ReplayedLog replayed = found.replayed();
        notes(found.notes());
        chosen.requireIn(input(), replayed);
        VerifyReport report = new VerifyReport(
                found.candidate().name(),
                replayed.restrictedTo(chosen::includes),
                Optional.ofNullable(required),
                chosen);
        report(report);
        return report.holds() ? 0 : Main.DIFFERENT;
    }

    private List<Integer> named(HashAlgorithm bank) {
        if (required == null) {
            return chosen.named(bank);
        }
        return required.banks().stream()
                .filter(some -> some.algorithm().equals(bank))
                .flatMap(some -> some.pcrs().stream())
                .toList();
    }

    private LogSet.Chosen evaluate(LogSet logs)
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        GivenEvidence given = evidence.read(machineOfLogs(), named(HashAlgorithm.SHA1));
        try {
            return logs.evaluate(given, Optional.ofNullable(required));
        } catch (QuoteRefusedException e) {
            if (e.reason() == QuoteRefusal.PCR_DIGEST_DIFFERS && !evidence.hasValues()) {
                complain("the values are those that the log gives: give --pcrs to learn which PCRs differ");
            }
            throw e;
        }
    }
}
