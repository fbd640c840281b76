package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.cli.html.BootInput;
import io.github.measuredboot.cli.html.BootPage;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description = {
            "Draws a boot as one page of HTML, which needs no network and no script: the answer first, then the timeline, the PCRs,"
                    + " the chain of Secure Boot, and with a reference state what is pinned and what was found.",
            "Of two logs, OLD and NEW, it shows side by side what changed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written; with a reference state, the boot is accepted",
            "1:wrong usage, input that cannot be read, or malformed; of a malformed log the events before the fault are drawn",
            "2:written, and the boot is rejected, the quote is refused, or PCR 0 to 7 are not those of the log"
        },
        mixinStandardHelpOptions = true)
final class ReportCommand extends LogsCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write the page, - for standard output.")
    private String output = "";

    @Option(
            names = {"-r", "--refstate"},
            paramLabel = "FILE|DIR",
            description = "The reference state, or the folder where save put it. Default: none")
    private @Nullable String reference;

    @Mixin
    private RegistersOption registers = new RegistersOption();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private PolicySettings settings = new PolicySettings();

    @Override
    int execute() throws InputException {
        evidence.requireComplete();
        boolean alone = reference == null && !evidence.isGiven() && !evidence.hasUserspaceLog();
        if (reference == null && settings.isGiven()) {
            throw new InputException("what is allowed and pinned needs a reference state: name one with --refstate");
        }
        if (registers.isConfidentialVm() && !alone) {
            throw new InputException(
                    "--cc-registers is for the log of a confidential VM, which has no PCR values, quote or reference state");
        }
        if (logs().size() > 2) {
            throw new InputException("report takes one log, or two to compare, not " + logs().size());
        }
        if (logs().size() == 2 && !alone) {
            throw new InputException("two logs are compared with each other: give no other evidence");
        }
        return logs().size() == 2 ? compare(logs().get(0), logs().get(1)) : draw(logs().get(0));
    }

    private int compare(String old, String now) throws InputException {
        BootInput first = claimed(LogInput.examine(old), old);
        BootInput second = claimed(LogInput.examine(now), now);
        write(BootPage.compared(first, second));
        return first.fault().isPresent() || second.fault().isPresent() ? Main.ERROR : 0;
    }

    private int draw(String log) throws InputException {
        EventLog.Examination examined = LogInput.examine(log);
        if (reference == null) {
            return draw(log, examined, Optional.empty(), BootPage::of);
        }
        StateInput.Named named = StateInput.read(reference);
        ReferenceState state = named.reading().state();
        PolicyOptions options = settings.options(named);
        notes(StateInput.notes(named.name(), named.reading()));
        return draw(
                log,
                examined,
                Optional.of(BootPolicy.of(state, options)),
                boot -> BootPage.judged(boot, named.name(), state, options));
    }

    private int draw(
            String log, EventLog.Examination examined, Optional<BootPolicy> policy, Function<BootInput, BootPage> pages)
            throws InputException {
        boolean compared = evidence.isGiven() || (machineOfLog().isPresent() && !registers.isConfidentialVm());
        BootPage page;
        try {
            page = pages.apply(compared ? compared(examined, log, policy) : claimed(examined, log));
        } catch (QuoteRefusedException | AttestationRefusedException e) {
            page = BootPage.refused(claimed(examined, log), String.valueOf(e.getMessage()));
        }
        write(page);
        return examined.fault().isPresent() ? Main.ERROR : page.isGood() ? 0 : Main.DIFFERENT;
    }

    private BootInput claimed(EventLog.Examination log, String name) throws InputException {
        Replay replay = evidence.replay(log.readable());
        HashAlgorithm bank = log.readable().algorithms().contains(HashAlgorithm.SHA256)
                ? HashAlgorithm.SHA256
                : BootSummary.strongestBank(log.readable()).orElse(HashAlgorithm.SHA256);
        BootSummary summary = BootSummary.of(replay.checkedLog(), bank, registers.known());
        return new BootInput(name, summary, replay.compareWith(new PcrValues(List.of())), log.fault());
    }

    private BootInput compared(EventLog.Examination log, String name, Optional<BootPolicy> policy)
            throws InputException, QuoteRefusedException, AttestationRefusedException {
        ReplayedLog replayed = evidence.evaluate(log.readable(), machineOfLog());
        HashAlgorithm bank = policy.flatMap(judging -> judging.bankFor(replayed))
                .or(() -> BootSummary.strongestBank(replayed))
                .orElse(HashAlgorithm.SHA256);
        return new BootInput(name, BootSummary.of(replayed, bank), replayed, log.fault());
    }

    private void write(BootPage page) throws InputException {
        if (output.equals(InputFile.STANDARD_INPUT)) {
            page.writeTo(output());
            return;
        }
        try (Writer out = Files.newBufferedWriter(InputFile.path(output), StandardCharsets.UTF_8)) {
            page.writeTo(out);
        } catch (IOException e) {
            throw new InputException(InputFile.reason(output, e));
        } catch (UncheckedIOException e) {
            throw new InputException(output + ": " + e.getMessage());
        }
        report(new PageReport(input(), output, page.message()));
    }
}
