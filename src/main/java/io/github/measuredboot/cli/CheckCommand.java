package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.VerdictJson;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Judges a boot: firmware, Secure Boot keys and UKI must be those of a reference state.",
            "Without a log, a reference state and PCR values it judges this machine against its saved state."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted; without a quote, accepted if the PCR values are true",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:rejected, or the quote is refused or does not prove all that is needed"
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = {"-r", "--refstate"},
            paramLabel = "FILE|DIR",
            description = "The reference state, or the folder where save put it. Default: the saved one of this user")
    private @Nullable String reference;

    @Option(
            names = "--userspace-log",
            paramLabel = "FILE",
            description = "What systemd measured: PCR 9 and 11 must be reproduced too.")
    private @Nullable Path userspaceLog;

    @Option(
            names = "--require-quote",
            description = "Refuse to judge PCR values that no quote proves: it is an error if there is none.")
    private boolean requireQuote;

    @Option(
            names = "--print-pcrs",
            description = "Print which PCRs a quote must be over, as tpm2_quote -l takes it, and judge nothing.")
    private boolean printPcrs;

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private PolicySettings settings = new PolicySettings();

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: ${DEFAULT-VALUE}",
            defaultValue = LogInput.DEFAULT)
    private String log = LogInput.DEFAULT;

    @Override
    public Integer call() {
        Console console = new Console(spec, json);
        return console.run(log, () -> check(console));
    }

    private int check(Console console) throws InputException, MalformedDataException, QuoteRefusedException {
        evidence.requireComplete();
        StateInput.Named named = StateInput.readGivenOrSaved(reference);
        BootPolicy policy = BootPolicy.of(named.reading().state(), settings.options(named));
        if (printPcrs) {
            return printPcrs(console, named, policy);
        }
        boolean isThisMachine = log.equals(LogInput.DEFAULT);
        if (requireQuote && !evidence.hasQuote()) {
            throw new InputException("--require-quote, and there is no --quote");
        }
        if (!evidence.isGiven() && !isThisMachine) {
            throw new InputException("nothing to check the log with: give --pcrs, --quote or both");
        }
        EventLog eventLog = EventLog.parse(LogInput.read(log), ParseLimits.DEFAULT);
        Replay replay = LogInput.replay(eventLog, userspaceLog);
        Evidence logs = Evidence.of(replay);
        ReplayedLog replayed =
                (evidence.isGiven() ? evidence.addTo(logs) : EvidenceOptions.addValuesOfThisMachine(logs)).evaluate();
        Verdict verdict = policy.evaluate(replayed);
        Explanation explanation = Explanation.of(replayed);
        console.notes(StateInput.notes(named.name(), named.reading()));
        if (json) {
            console.print(VerdictJson.report(log, named.name(), verdict, replayed, explanation));
        } else {
            List<String> lines = new ArrayList<>();
            lines.add(VerdictText.headline(verdict, replayed));
            lines.addAll(ReplayText.heading(log, replay));
            lines.add("against the reference state " + named.name() + ":");
            lines.addAll(VerdictText.lines(verdict, replayed));
            lines.addAll(ExplanationText.lines(explanation));
            console.print(lines);
        }
        return evidence.suffices(verdict) ? 0 : Main.DIFFERENT;
    }

    private int printPcrs(Console console, StateInput.Named named, BootPolicy policy) throws InputException {
        if (policy.banks().isEmpty()) {
            throw new InputException(named.name() + ": there is no bank in which the state pins all that it needs");
        }
        List<HashAlgorithm> banks = policy.banks();
        HashAlgorithm bank = banks.contains(HashAlgorithm.SHA256) ? HashAlgorithm.SHA256 : banks.get(0);
        console.print(policy.requiredPcrs(bank, userspaceLog != null).toString());
        return 0;
    }
}
