package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.cli.html.BootInput;
import io.github.measuredboot.cli.html.BootPage;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.UserspaceLog;
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
            "Given two logs and nothing else, OLD and NEW, shows side by side what changed. With a reference"
                    + " state, PCR values or a quote, several logs are treated as evidence of one machine."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written; with a reference state, the boot is accepted",
            "1:wrong usage, input that cannot be read, or malformed; for a malformed log, the events before the"
                    + " fault are drawn",
            "2:written, and the boot is rejected, the quote is refused or does not prove all that the reference"
                    + " state needs, PCR 0 to 7 are not those of the log, or there was nothing but the log to judge by the"
                    + " reference state"
        },
        mixinStandardHelpOptions = true)
final class ReportCommand extends LogsCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write the page; - for standard output.")
    private String output = "";

    @Option(
            names = {"-r", "--refstate"},
            paramLabel = "FILE|DIR",
            description = "The reference state, or the folder in which save put it. Default: none")
    private @Nullable String reference;

    @Mixin
    private RegistersOption registers = new RegistersOption();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private PolicySettings settings = new PolicySettings();

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        evidence.requireComplete();
        if (reference == null && settings.isPolicyGiven()) {
            throw new InputException("what is allowed and pinned needs a reference state: name one with --refstate");
        }
        if (registers.isConfidentialVm() && !isAlone()) {
            throw new InputException(
                    "--cc-registers is for the log of a confidential VM, which has no PCR values, quote or reference state");
        }
        if (isAlone()) {
            requireTwoAtMost();
        }
        return isAlone() && logs().size() == 2 ? compare(logs().get(0), logs().get(1)) : draw();
    }

    /** Whether there is nothing but logs. */
    private boolean isAlone() {
        return reference == null && evidence.isNothing();
    }

    private int compare(String old, String now) throws InputException {
        BootInput first = claimed(old, LogInput.examine(old));
        BootInput second = claimed(now, LogInput.examine(now));
        write(BootPage.compared(first, second));
        return first.fault().isPresent() || second.fault().isPresent() ? Main.ERROR : 0;
    }

    private int draw()
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        Optional<Fault> fault = Optional.empty();
        LogSet logs;
        if (logs().size() == 1) {
            EventLog.Examination log = LogInput.examine(input());
            logs = new LogSet(List.of(new LogSet.Candidate(input(), log.readable())));
            fault = log.fault();
        } else {
            logs = LogSet.read(logs());
        }
        BootPage page = page(logs, fault);
        write(page);
        boolean isGood = page.diagnosis().map(evidence::suffices).orElseGet(page::isGood);
        return fault.isPresent() ? Main.ERROR : isGood ? 0 : Main.DIFFERENT;
    }

    private BootPage page(LogSet logs, Optional<Fault> fault)
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        if (reference == null) {
            return page(logs, fault, Optional.empty(), BootPage::of);
        }
        StateInput.Named named = StateInput.read(reference);
        ReferenceState state = named.reading().state();
        PolicyOptions options = settings.options(named);
        notes(StateInput.notes(named.name(), named.reading()));
        return page(
                logs,
                fault,
                Optional.of(BootPolicy.of(state, options)),
                boot -> BootPage.judged(boot, named.name(), state, options));
    }

    private BootPage page(
            LogSet logs, Optional<Fault> fault, Optional<BootPolicy> policy, Function<BootInput, BootPage> pages)
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        Optional<ThisMachine> machine = registers.isConfidentialVm() ? Optional.empty() : machineOfLogs();
        Optional<UserspaceLog> after = evidence.readUserspaceLog(machine);
        if (!evidence.isGiven() && machine.isEmpty()) {
            return pages.apply(claimed(logs.only(LogSet.VALUES_CHOOSE), after, fault));
        }
        try {
            LogSet.Chosen chosen = logs.evaluate(evidence.read(machine, after));
            notes(chosen.notes());
            return pages.apply(compared(chosen, policy, fault));
        } catch (QuoteRefusedException | AttestationRefusedException e) {
            if (!logs.isOneBoot()) {
                throw e;
            }
            return BootPage.refused(
                    claimed(logs.only(LogSet.VALUES_CHOOSE), after, fault), String.valueOf(e.getMessage()));
        }
    }

    private BootInput claimed(String name, EventLog.Examination log) throws InputException {
        return claimed(new LogSet.Candidate(name, log.readable()), Optional.empty(), log.fault());
    }

    private BootInput claimed(LogSet.Candidate boot, Optional<UserspaceLog> after, Optional<Fault> fault)
            throws InputException {
        Replay replay = GivenEvidence.replay(boot.log(), after);
        Optional<HashAlgorithm> preferred = boot.log().algorithms().contains(HashAlgorithm.SHA256)
                ? Optional.of(HashAlgorithm.SHA256)
                : BootSummary.strongestBank(boot.log());
        HashAlgorithm bank = bank(boot, preferred);
        MeasurementRegisters named = isAlone() ? registers.of(boot.log()) : registers.known();
        BootSummary summary = BootSummary.of(replay.checkedLog(), bank, named);
        return new BootInput(
                boot.name(),
                summary,
                replay.compareWith(new PcrValues(List.of())),
                fault,
                isAlone() && registers.isClaimed(boot.log()));
    }

    private BootInput compared(LogSet.Chosen boot, Optional<BootPolicy> policy, Optional<Fault> fault)
            throws InputException {
        ReplayedLog replayed = boot.replayed();
        Optional<HashAlgorithm> judged = policy.flatMap(judging -> judging.bankFor(replayed));
        HashAlgorithm bank = bank(boot.candidate(), judged.or(() -> BootSummary.strongestBank(replayed)));
        return new BootInput(boot.candidate().name(), BootSummary.of(replayed, bank), replayed, fault);
    }

    /** With a reference state {@code --bank} are the banks that may be judged. */
    private HashAlgorithm bank(LogSet.Candidate boot, Optional<HashAlgorithm> preferred) throws InputException {
        return reference == null
                ? settings.banks().of(boot.name(), boot.log(), preferred)
                : preferred.orElse(HashAlgorithm.SHA256);
    }

    private void write(BootPage page) throws InputException {
        if (InputFile.isStandardOutput(output)) {
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
