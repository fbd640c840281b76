package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.JsonReports;
import io.github.measuredboot.json.VerificationJson;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Says for each PCR whether a log reproduces its value, and whether a quote proves that value.",
            "With a quote and without --pcrs, the quote is checked with the values that the log gives."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every PCR of --require is proved (without a quote: reproduced); without --require, the log accounts for all"
                    + " values",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:it is not so, or the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--pcrs",
            paramLabel = "FILE|DIR",
            description = "The TPM's values, in the forms that replay reads.")
    private @Nullable Path pcrSource;

    @Option(
            names = "--pcr-selection",
            paramLabel = "SELECTION",
            converter = Converters.Selection.class,
            description = "What is in a binary file of tpm2_pcrread, as in sha1:0,1+sha256:all.")
    private @Nullable PcrSelection selection;

    @Option(
            names = "--require",
            paramLabel = "SELECTION",
            converter = Converters.Selection.class,
            description = "The PCRs that matter, as in sha256:0-7,11. Only these are reported.")
    private @Nullable PcrSelection required;

    @Mixin
    private QuoteOptions quote = new QuoteOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: ${DEFAULT-VALUE}",
            defaultValue = LogInput.DEFAULT)
    private String log = LogInput.DEFAULT;

    @Override
    public Integer call() {
        try {
            return verify();
        } catch (QuoteRefusedException e) {
            print(
                    json
                            ? VerificationJson.refused(log, e)
                            : log + ": the quote is refused, " + e.reason() + ": " + e.getMessage());
            if (e.reason() == QuoteRefusal.PCR_DIGEST_DIFFERS && pcrSource == null) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "measuredboot: the values are those that the log gives: give --pcrs to learn which PCRs differ");
            }
            return Main.DIFFERENT;
        } catch (MalformedDataException e) {
            return fail(log + ": " + e.getMessage(), JsonReports.malformed(log, e.fault()));
        } catch (InputException e) {
            return fail(e.reason(), JsonReports.unreadable(log, e.reason()));
        }
    }

    private int verify() throws InputException, MalformedDataException, QuoteRefusedException {
        quote.requireComplete();
        if (pcrSource == null && !quote.isGiven()) {
            throw new InputException("nothing to verify the log with: give --pcrs, --quote or both");
        }
        Bytes bytes = LogInput.read(log);
        Evidence evidence = Evidence.of(Replay.of(EventLog.parse(bytes, ParseLimits.DEFAULT)));
        if (pcrSource != null) {
            evidence = evidence.withValues(PcrInput.read(pcrSource, selection));
        }
        if (quote.isGiven()) {
            evidence = quote.addTo(evidence);
        }
        if (required != null) {
            evidence = evidence.wanting(required);
        }
        ReplayedLog replayed = evidence.evaluate();
        print(json ? VerificationJson.report(log, replayed) : VerifyText.report(log, replayed));
        return holds(replayed) ? 0 : Main.DIFFERENT;
    }

    private boolean holds(ReplayedLog replayed) {
        if (required == null) {
            return replayed.accountsForAllValues();
        }
        return quote.isGiven()
                ? replayed.provesAll(required)
                : replayed.comparisons().stream().allMatch(comparison -> comparison.isReproduced());
    }

    private void print(String report) {
        spec.commandLine().getOut().println(report);
    }

    private int fail(String message, String report) {
        if (json) {
            print(report);
        }
        spec.commandLine().getErr().println("measuredboot: " + message);
        return Main.ERROR;
    }
}
