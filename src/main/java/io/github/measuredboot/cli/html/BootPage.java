package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.cli.html.View.Answer;
import io.github.measuredboot.cli.html.View.Boot;
import io.github.measuredboot.cli.html.View.Page;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A boot, or two, as one page of HTML: the answer first, then the reasons, then everything that there is to see. The page needs no
 * network and no script, and its size is bounded whatever the log holds.
 *
 * <p>{@link #writeTo} writes a whole document. {@link #writeFragmentTo} writes what belongs in its body, for a page that embeds it with
 * the {@link #styleSheet()}: all of that is inside an element of class {@code measured-boot}.
 */
public final class BootPage {
    private static final int MAX_NOTES = 12;

    private final Page page;
    private final Optional<Diagnosis> diagnosis;

    private BootPage(Page page, Optional<Diagnosis> diagnosis) {
        this.page = page;
        this.diagnosis = diagnosis;
    }

    /**
     * The page of a boot that was compared with PCR values, or with nothing.
     *
     * @param boot the boot
     * @return the page
     */
    public static BootPage of(BootInput boot) {
        Answer answer = answer(boot, () -> Answers.replayed(boot.evidence()));
        return page(answer, boot, Explanation.of(boot.evidence()));
    }

    /**
     * The page of a boot whose quote, or the key that signed it, was refused.
     *
     * @param boot the boot, compared with nothing
     * @param refusal why, in a sentence
     * @return the page
     */
    public static BootPage refused(BootInput boot, String refusal) {
        return page(Answers.refused(refusal), boot, Explanation.of(boot.evidence()));
    }

    private static BootPage page(Answer answer, BootInput boot, Explanation explanation) {
        Page page = new Page(
                title(answer, boot.name()),
                answer,
                none(),
                none(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(boot("boot", "The boot", boot, explanation, Rejected.NONE)));
        return new BootPage(page, Optional.empty());
    }

    /**
     * The page of a boot that was judged by a reference state.
     *
     * @param boot the boot
     * @param stateName what the state is called
     * @param state what is expected
     * @param options what is taken from the state, and what is tolerated
     * @return the page
     */
    public static BootPage judged(BootInput boot, String stateName, ReferenceState state, PolicyOptions options) {
        Diagnosis diagnosis = Diagnosis.of(boot.evidence(), state, options);
        Answer answer = answer(boot, () -> Answers.judged(diagnosis));
        Page page = new Page(
                title(answer, boot.name()),
                answer,
                Problems.of(diagnosis),
                Problems.accepted(diagnosis),
                diagnosis.hints().stream()
                        .map(hint -> Words.codes(hint.message()))
                        .toList(),
                diagnosis
                        .verdict()
                        .map(verdict ->
                                Expectations.of(stateName, state, options, verdict, RegisterNames.of(boot.summary()))),
                Optional.empty(),
                List.of(boot("boot", "The boot", boot, diagnosis.explanation(), Rejected.of(diagnosis))));
        return new BootPage(page, Optional.of(diagnosis));
    }

    /**
     * The page of two boots side by side.
     *
     * @param first the first boot
     * @param second the second
     * @return the page
     */
    public static BootPage compared(BootInput first, BootInput second) {
        LogDifference difference = LogDifference.between(
                first.evidence().replay(), second.evidence().replay());
        MeasurementRegisters registers = RegisterNames.ofBoth(first, second).registers();
        Answer answer = Stream.of(first, second)
                .filter(boot -> boot.fault().isPresent())
                .findFirst()
                .map(boot -> Answers.malformed(
                        boot.name() + ": " + boot.fault().orElseThrow().message(), boot.evidence()))
                .orElseGet(() -> Answers.compared(difference, registers));
        Page page = new Page(
                title(answer, first.name() + " and " + second.name()),
                answer,
                none(),
                none(),
                List.of(),
                Optional.empty(),
                Optional.of(Comparisons.of(first, second, difference)),
                List.of(
                        boot("first", "The first boot", first, Explanation.of(first.evidence()), Rejected.NONE),
                        boot("second", "The second boot", second, Explanation.of(second.evidence()), Rejected.NONE)));
        return new BootPage(page, Optional.empty());
    }

    /** What is left of a malformed log is no answer. */
    private static Answer answer(BootInput boot, Supplier<Answer> ofWholeLog) {
        return boot.fault()
                .map(fault -> Answers.malformed(fault.message(), boot.evidence()))
                .orElseGet(ofWholeLog);
    }

    private static <T> Shown<T> none() {
        return new Shown<>(List.of(), 0);
    }

    private static String title(Answer answer, String name) {
        return answer.word() + " – " + name;
    }

    private static Boot boot(String id, String title, BootInput input, Explanation explanation, Rejected rejected) {
        BootSummary summary = input.summary();
        ReplayedLog evidence = input.evidence();
        EventLog log = evidence.replay().log();
        RegisterNames names = RegisterNames.of(summary);
        Stages stages = Stages.of(summary, log.events().size());
        Marks marks = Marks.of(input);
        return new Boot(
                id,
                title,
                input.name() + ": " + log.format() + ", "
                        + Words.counted(log.events().size(), "event", "events") + ", bank " + summary.bank() + " of "
                        + log.algorithms().stream().map(HashAlgorithm::name).collect(Collectors.joining(" ")),
                notes(input),
                Facts.of(marks),
                EventMap.of(
                        log,
                        names,
                        stages,
                        register -> rejected.has(summary.bank(), (int) register)
                                ? Rejected.LABEL
                                : PcrTables.state(comparison(evidence, summary, register))),
                Timeline.of(input, stages),
                PcrTables.of(id, summary, evidence, explanation, rejected),
                SecureBootView.of(marks),
                EventRows.of(input),
                Shown.of(marks.legend(), marks.legend().size()));
    }

    private static Optional<PcrComparison> comparison(ReplayedLog evidence, BootSummary summary, long register) {
        return evidence.comparison(summary.bank(), (int) register);
    }

    private static List<String> notes(BootInput input) {
        List<String> notes = new ArrayList<>();
        input.evidence()
                .quoted()
                .ifPresent(quoted ->
                        quoted.findings().forEach(finding -> notes.add(finding.id() + ": " + finding.message())));
        input.evidence().replay().log().diagnostics().stream()
                .limit(MAX_NOTES)
                .forEach(diagnostic -> notes.add(
                        diagnostic.code().id() + " at offset " + diagnostic.offset() + ": " + diagnostic.message()));
        return notes;
    }

    /** {@return the answer: a word and a sentence} */
    public String message() {
        return page.answer().word() + ": " + page.answer().sentence();
    }

    /** {@return what the page says about a boot that was judged; empty without a reference state} */
    public Optional<Diagnosis> diagnosis() {
        return diagnosis;
    }

    /** {@return whether nothing is wrong, as far as there was something to compare with} */
    public boolean isGood() {
        return page.answer().tone() != View.Tone.BAD;
    }

    /**
     * Writes a whole document.
     *
     * @param out where to write; in UTF-8
     */
    public void writeTo(Writer out) {
        JtepageGenerated.render(new PageOutput(out), new NoInterceptor(), page, styleSheet());
    }

    /**
     * Writes an element to be embedded in a page.
     *
     * @param out where to write
     */
    public void writeFragmentTo(Writer out) {
        JtereportGenerated.render(new PageOutput(out), new NoInterceptor(), page);
    }

    /** {@return the styles of the fragment, which apply to nothing else} */
    public static String styleSheet() {
        return Styles.read();
    }
}
