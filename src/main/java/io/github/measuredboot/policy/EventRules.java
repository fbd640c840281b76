package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.TextData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The parts that policies are made of. */
public final class EventRules {
    private static final int MOST_DESCRIBED = 8;

    private EventRules() {}

    /**
     * Accepts any events: for what varies and does not matter.
     *
     * @param why why it does not matter, for the report
     * @return the rule, which binds nothing but the replay of the PCR
     */
    public static EventRule anything(String why) {
        return events ->
                events.isEmpty() ? Judgement.notEvaluated(why) : Judgement.passed(events, why, Constraint.REPLAYED);
    }

    /**
     * Each event must meet a condition on data that its digest covers.
     *
     * @param expected what is wanted, for the report
     * @param condition the condition; it must stand on {@link MeasuredEvent#coveredData} or {@link MeasuredEvent#hasDigest}
     * @return the rule; without events it is not evaluated
     */
    public static EventRule each(String expected, Predicate<MeasuredEvent> condition) {
        return events -> {
            List<MeasuredEvent> failing =
                    events.stream().filter(condition.negate()).toList();
            if (events.isEmpty()) {
                return Judgement.notEvaluated(expected);
            }
            return failing.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.CONTENT)
                    : Judgement.failed(failing, expected, describe(failing));
        };
    }

    /**
     * Each event must be a separator that tells the end of the phase before the operating system.
     *
     * @return the rule
     */
    public static EventRule separators() {
        return each(
                "a separator of 00000000 or ffffffff",
                event -> event.coveredData(SeparatorData.class)
                        .filter(separator -> separator.kind() == SeparatorData.Kind.NORMAL)
                        .isPresent());
    }

    /**
     * Each event must be one of some texts, which its digest covers.
     *
     * @param texts the texts
     * @return the rule
     */
    public static EventRule texts(Set<String> texts) {
        String expected = "one of "
                + texts.stream().sorted().map(text -> "'" + text + "'").collect(Collectors.joining(", "));
        return each(expected, event -> text(event).filter(texts::contains).isPresent());
    }

    /**
     * Each event must be a text that its digest covers, whatever it says.
     *
     * @return the rule
     */
    public static EventRule anyText() {
        return each("a text that the digest covers", event -> text(event).isPresent());
    }

    private static Optional<String> text(MeasuredEvent event) {
        return event.coveredData(TextData.class).map(TextData::text);
    }

    /**
     * The events must have just these digests, in this order.
     *
     * @param what what the digests are of, for the report
     * @param expected the digests, each in one or several banks
     * @return the rule, also for no events at all
     */
    public static EventRule exactly(String what, List<DigestSet> expected) {
        List<DigestSet> digests = List.copyOf(expected);
        return events -> {
            String wanted = digests.size() + " " + what + describe(digests, events);
            if (digests.size() == events.size()) {
                List<MeasuredEvent> failing = new ArrayList<>();
                for (int i = 0; i < events.size(); i++) {
                    if (!events.get(i).hasDigest(digests.get(i))) {
                        failing.add(events.get(i));
                    }
                }
                return failing.isEmpty()
                        ? Judgement.passed(events, wanted, Constraint.PINNED)
                        : Judgement.failed(failing, wanted, describe(failing));
            }
            List<MeasuredEvent> unknown = events.stream()
                    .filter(event -> digests.stream().noneMatch(event::hasDigest))
                    .toList();
            return Judgement.failed(
                    unknown.isEmpty() ? events : unknown, wanted, events.size() + ": " + describe(events));
        };
    }

    /**
     * Each event must have one of these digests.
     *
     * @param what what the digests are of, for the report
     * @param expected the digests, each in one or several banks
     * @return the rule
     */
    public static EventRule oneOf(String what, List<DigestSet> expected) {
        List<DigestSet> digests = List.copyOf(expected);
        return events -> {
            Judgement judgement = each(what, event -> digests.stream().anyMatch(event::hasDigest))
                    .judge(events);
            return judgement.isPassed() ? Judgement.passed(events, judgement.expected(), Constraint.PINNED) : judgement;
        };
    }

    /**
     * There must be just one event, and it must meet another rule.
     *
     * @param what what there must be one of, for the report
     * @param rule the other rule
     * @return the rule
     */
    public static EventRule once(String what, EventRule rule) {
        return events -> events.size() == 1
                ? rule.judge(events)
                : Judgement.failed(
                        events,
                        "just one " + what,
                        events.isEmpty() ? "none" : events.size() + ": " + describe(events));
    }

    /**
     * There must be an event, and all must meet another rule.
     *
     * @param what what there must be, for the report
     * @param rule the other rule
     * @return the rule
     */
    public static EventRule atLeastOnce(String what, EventRule rule) {
        return events -> events.isEmpty() ? Judgement.failed(events, what, "none") : rule.judge(events);
    }

    /**
     * All rules must be met.
     *
     * @param rules the rules
     * @return the rule; it fails as the first one that fails, and binds as the strongest
     * @throws IllegalArgumentException if there is none
     */
    public static EventRule allOf(EventRule... rules) {
        List<EventRule> all = List.of(rules);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no rule to meet");
        }
        return events -> {
            List<Judgement> judgements =
                    all.stream().map(rule -> rule.judge(events)).toList();
            return judgements.stream()
                    .filter(judgement -> !judgement.isPassed())
                    .findFirst()
                    .orElseGet(() -> new Judgement(
                            Finding.Outcome.PASSED,
                            events,
                            join(judgements, " and "),
                            join(judgements, " and "),
                            judgements.stream()
                                    .map(Judgement::constraint)
                                    .min(Constraint::compareTo)
                                    .orElse(Constraint.NONE)));
        };
    }

    /**
     * One of the rules must be met.
     *
     * @param rules the rules
     * @return the rule; it passes as the first one that passes
     */
    public static EventRule anyOf(EventRule... rules) {
        return anyOf(Arrays.asList(rules));
    }

    /**
     * One of the rules must be met.
     *
     * @param rules the rules
     * @return the rule; it passes as the first one that passes, fails as the one with the fewest events against it, and
     *     fails if there is none
     */
    public static EventRule anyOf(List<EventRule> rules) {
        List<EventRule> all = List.copyOf(rules);
        return events -> {
            List<Judgement> judgements =
                    all.stream().map(rule -> rule.judge(events)).toList();
            Optional<Judgement> passed =
                    judgements.stream().filter(Judgement::isPassed).findFirst();
            Optional<Judgement> nearest = judgements.stream()
                    .min(Comparator.comparingInt(judgement -> judgement.events().size()));
            return passed.or(() -> nearest.map(judgement ->
                            Judgement.failed(judgement.events(), join(judgements, ", or "), judgement.found())))
                    .orElseGet(() -> Judgement.failed(events, "an alternative", "none to choose from"));
        };
    }

    private static String join(List<Judgement> judgements, String word) {
        return judgements.stream().map(Judgement::expected).distinct().collect(Collectors.joining(word));
    }

    static String describe(List<MeasuredEvent> events) {
        return listed(events, event -> event + " " + event.bankDigest());
    }

    private static <T> String listed(List<T> all, Function<T, String> text) {
        String first = all.stream().limit(MOST_DESCRIBED).map(text).collect(Collectors.joining(", "));
        return all.size() > MOST_DESCRIBED ? first + " and " + (all.size() - MOST_DESCRIBED) + " more" : first;
    }

    private static String describe(List<DigestSet> digests, List<MeasuredEvent> events) {
        Function<DigestSet, DigestSet> shown = events.isEmpty()
                ? Function.identity()
                : set -> set.only(events.get(0).bank());
        return digests.isEmpty() ? "" : ": " + listed(digests, shown.andThen(DigestSet::toString));
    }
}
