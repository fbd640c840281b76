package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Judges a boot: firmware, Secure Boot keys and UKI must be those of a reference state.",
            "Without arguments, judges this machine by its saved state."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted; without a quote, accepted if the PCR values are true",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:rejected, or the quote is refused or does not prove all that is needed"
        },
        mixinStandardHelpOptions = true)
final class CheckCommand extends LogsCommand {
    @Option(
            names = {"-r", "--refstate"},
            paramLabel = "FILE|DIR",
            description = "The reference state, or the folder in which save put it. Default: this user's saved state")
    private @Nullable String reference;

    @Option(
            names = "--require-quote",
            description = "Judge nothing but what a quote proves: without --quote, it is an error.")
    private boolean requireQuote;

    @Option(
            names = "--print-pcrs",
            description = "Print which PCRs must be quoted, in the form that tpm2_quote -l takes, and judge nothing.")
    private boolean printPcrs;

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private ShownPcrs shown = new ShownPcrs();

    @Mixin
    private PolicySettings settings = new PolicySettings();

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        evidence.requireComplete();
        StateInput.Named named = StateInput.readGivenOrSaved(reference);
        BootPolicy policy = BootPolicy.of(named.reading().state(), settings.options(named));
        if (printPcrs) {
            return printPcrs(named, policy);
        }
        if (requireQuote && !evidence.hasQuote()) {
            throw new InputException("--require-quote, and there is no --quote");
        }
        if (!evidence.isGiven() && machineOfLogs().isEmpty()) {
            throw new InputException("nothing to check the log with: give --pcrs, --quote or both");
        }
        LogSet.Chosen chosen = LogSet.read(logs()).evaluate(evidence.read(machineOfLogs()));
        ReplayedLog replayed = chosen.replayed();
        notes(chosen.notes());
        Verdict verdict = policy.evaluate(replayed);
        notes(StateInput.notes(named.name(), named.reading()));
        String culprits = verdict.outcome() == Verdict.Outcome.REJECTED
                ? Culprits.of(Diagnosis.of(replayed, named.reading().state(), settings.options(named)))
                : "";
        report(new CheckReport(
                chosen.candidate().name(),
                named.name(),
                verdict,
                replayed,
                Explanation.of(replayed),
                culprits,
                shown,
                ShownDigests.of(verdict.bank(), replayed, named.reading().state())));
        return evidence.suffices(verdict) ? 0 : Main.DIFFERENT;
    }

    private int printPcrs(StateInput.Named named, BootPolicy policy) throws InputException {
        if (policy.banks().isEmpty()) {
            throw new InputException(named.name() + ": there is no bank in which the state pins all that it needs");
        }
        List<HashAlgorithm> banks = policy.banks();
        HashAlgorithm bank = banks.contains(HashAlgorithm.SHA256) ? HashAlgorithm.SHA256 : banks.get(0);
        print(policy.requiredPcrs(bank, evidence.hasUserspaceLog()).toString());
        return 0;
    }
}
