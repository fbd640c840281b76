package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.EventReference;
import io.github.measuredboot.diagnosis.Hint;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.diagnosis.StateChange;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.replay.PcrStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why a boot is rejected, in half a line: PCR, event, what is wrong with it, and by which rule. */
final class Culprits {
    private static final int SHOWN = 3;
    private static final int SHOWN_ITEMS = 2;
    private static final int LONGEST = 100;
    private static final Pattern JAVA_NAME = Pattern.compile("PolicyOptions\\.[a-zA-Z]+, ");
    private static final String NO_HYPOTHESIS = "No hypothesis";

    private Culprits() {}

    static String of(Diagnosis diagnosis) {
        List<Reason> causes = diagnosis.causes();
        List<Reason> replays =
                causes.stream().filter(cause -> isOf(cause, Rule.REPLAYED)).toList();
        List<String> texts = new ArrayList<>();
        if (diagnosis.hints().contains(Hint.OTHER_MACHINE)) {
            texts.add(
                    "firmware and platform key are not those of the reference state, which is probably another machine's");
        }
        for (Reason cause : causes) {
            List<String> more = replays.contains(cause) ? notReproduced(diagnosis, replays) : List.of(text(cause));
            more.stream().filter(text -> !texts.contains(text)).forEach(texts::add);
        }
        if (texts.isEmpty()) {
            return "see the findings";
        }
        return TextOutput.firstOf(texts, SHOWN);
    }

    static boolean isOf(Reason reason, Rule rule) {
        return reason.finding().isOf(rule);
    }

    private static List<String> notReproduced(Diagnosis diagnosis, List<Reason> replays) {
        long needed = diagnosis.verdict().stream()
                .flatMap(verdict -> verdict.findings().stream())
                .filter(finding -> finding.isOf(Rule.REPLAYED))
                .count();
        List<Reason> withoutValue =
                replays.stream().filter(Culprits::isWithoutValue).toList();
        List<Reason> wrong =
                replays.stream().filter(reason -> !isWithoutValue(reason)).toList();
        List<String> texts = new ArrayList<>();
        if (wrong.size() == needed) {
            texts.add("the log gives none of the PCR values that are needed, it is of another boot or machine"
                    + rule(Rule.REPLAYED.id()));
        } else if (!wrong.isEmpty()) {
            texts.add(
                    pcrs(wrong) + ": the log does not give the value" + likelyCause(wrong) + rule(Rule.REPLAYED.id()));
        }
        if (!withoutValue.isEmpty()) {
            texts.add(pcrs(withoutValue) + ": no value was given" + rule(Rule.REPLAYED.id()));
        }
        return texts;
    }

    static boolean isWithoutValue(Reason reason) {
        return isOf(reason, Rule.REPLAYED) && reason.finding().found().equals(PcrStatus.NO_VALUE.id());
    }

    static String pcrs(List<Reason> reasons) {
        return "PCR "
                + PcrRanges.of(reasons.stream()
                        .flatMap(reason -> reason.finding().pcrs().stream())
                        .toList());
    }

    /** Only where all have the same one. */
    private static String likelyCause(List<Reason> replays) {
        List<String> sentences = replays.stream()
                .map(reason -> reason.explanation().stream().findFirst().orElse(NO_HYPOTHESIS))
                .distinct()
                .toList();
        return sentences.size() > 1 || sentences.get(0).startsWith(NO_HYPOTHESIS)
                ? ""
                : ", probably because: " + sentences.get(0).replaceFirst("\\.$", "");
    }

    private static String text(Reason reason) {
        if (reason.changes().isEmpty()) {
            return withoutChanges(reason) + rule(reason.id());
        }
        StateChange change = reason.changes().get(0);
        int more = reason.changes().size() - 1;
        String places = String.join(", ", change.places());
        return (places.isEmpty() ? "" : places + ": ")
                + change.headline()
                + details(change)
                + (more > 0 ? " and " + more + " more" : "")
                + rule(reason.id());
    }

    private static String withoutChanges(Reason reason) {
        if (isOf(reason, Rule.OTHER_BANKS)) {
            return "another bank contradicts the log: " + reason.finding().found();
        }
        if (isOf(reason, Rule.BANK)) {
            return "no bank can be judged, for none that the state pins has both digests in the log and PCR values";
        }
        return withoutJavaNames(reason.message());
    }

    static String withoutJavaNames(String message) {
        return JAVA_NAME.matcher(message).replaceAll("");
    }

    /** The first of the keys, or what is there instead. */
    private static String details(StateChange change) {
        if (!change.items().isEmpty()) {
            int rest = change.items().size() - SHOWN_ITEMS;
            return ": "
                    + change.items().stream()
                            .limit(SHOWN_ITEMS)
                            .map(Culprits::cut)
                            .collect(Collectors.joining(", ")) + (rest > 0 ? " and " + rest + " more" : "");
        }
        String expected = change.expected().map(EventReference::description).orElse("");
        return change.found()
                .filter(event -> change.expected().isPresent()
                        && !event.description().isEmpty()
                        && !event.description().equals(expected))
                .map(event -> ", found \"" + cut(event.description()) + "\""
                        + (event.isDescriptionClaimed() ? " (claimed)" : ""))
                .orElse("");
    }

    private static String cut(String whole) {
        String text = TextOutput.abbreviated(whole);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String rule(String id) {
        return " (rule " + id + ")";
    }

    /** For a finding that no reference state explains. */
    static String place(Finding finding) {
        String pcrs = finding.pcrs().isEmpty() ? "" : "PCR " + PcrRanges.of(finding.pcrs());
        return finding.events().isEmpty()
                ? pcrs
                : (pcrs.isEmpty() ? "" : pcrs + ", ") + "event "
                        + finding.events().get(0).number()
                        + (finding.events().size() > 1
                                ? " and " + (finding.events().size() - 1) + " more"
                                : "");
    }
}
