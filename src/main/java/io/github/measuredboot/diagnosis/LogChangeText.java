package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.LogChange.Detail;
import io.github.measuredboot.diagnosis.LogChange.Kind;
import io.github.measuredboot.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A change in words. */
final class LogChangeText {
    private static final int MAX_PHRASES = 4;
    private static final int LONGEST_VALUE = 300;
    private static final int LONGEST_DIGEST = 24;
    private static final int LONGEST_HEADLINE = 160;

    private final LogChange change;
    private final String name;
    private final List<Detail> data;
    private final boolean explained;

    LogChangeText(LogChange change) {
        this.change = change;
        this.name = change.subject() + (change.isSubjectClaimed() ? " (claimed)" : "");
        this.data =
                change.details().stream().filter(detail -> !detail.isDigest()).toList();
        this.explained = data.stream().anyMatch(detail -> !detail.claimed());
    }

    String message() {
        if (isOneValue()) {
            return name + " changed" + values(data.get(0));
        }
        List<String> phrases = new ArrayList<>();
        if (!explained) {
            change.details().stream().filter(Detail::isDigest).map(this::phrase).forEach(phrases::add);
        }
        phrases.addAll(dataPhrases());
        return whatHappened() + (phrases.isEmpty() ? "" : ": " + String.join(", ", Lines.first(MAX_PHRASES, phrases)));
    }

    /** The message, or only what happened where the message would be too long for an overview. */
    String headline() {
        String message = isOnlyADigest() ? whatHappened() : message();
        return message.length() <= LONGEST_HEADLINE ? message : whatHappened();
    }

    private boolean isOnlyADigest() {
        return !explained && change.details().stream().anyMatch(Detail::isDigest);
    }

    private boolean isOneValue() {
        return change.kind() == Kind.CHANGED
                && explained
                && data.size() == 1
                && data.get(0).isTwoSided()
                && isTopLevel(data.get(0).field());
    }

    private static boolean isTopLevel(String field) {
        return field.indexOf('.') < 0 && field.indexOf(' ') < 0;
    }

    private String whatHappened() {
        return name + " " + (change.kind() == Kind.CHANGED && isOnlyADigest() ? "was replaced" : change.kind().verb);
    }

    /** Values that only one side has are counted if there are several of a kind. */
    private List<String> dataPhrases() {
        Map<String, List<Detail>> oneSided = new TreeMap<>();
        List<List<Detail>> inOrder = new ArrayList<>();
        for (Detail detail : data) {
            @Nullable List<Detail> alike = detail.isTwoSided() ? null : oneSided.get(sideOf(detail));
            if (alike == null) {
                alike = new ArrayList<>();
                inOrder.add(alike);
                oneSided.put(sideOf(detail), alike);
            }
            alike.add(detail);
        }
        return inOrder.stream().map(this::phrase).toList();
    }

    private static String sideOf(Detail detail) {
        return detail.field() + (detail.before().isPresent() ? " before" : " after");
    }

    private String phrase(List<Detail> alike) {
        Detail first = alike.get(0);
        return alike.size() == 1
                ? phrase(first)
                : alike.size() + " " + plural(first.field()) + addedOrRemoved(first)
                        + (alike.stream().anyMatch(Detail::claimed) ? " (claimed)" : "");
    }

    private static String plural(String field) {
        return field.endsWith("y") ? field.substring(0, field.length() - 1) + "ies" : field + "s";
    }

    private String phrase(Detail detail) {
        if (detail.isTwoSided()) {
            return detail.field() + values(detail);
        }
        String value = detail.before()
                .or(detail::after)
                .map(text -> shown(detail, text))
                .orElse("");
        return detail.field() + " " + value + addedOrRemoved(detail) + claimed(detail);
    }

    private String addedOrRemoved(Detail detail) {
        return change.kind() != Kind.CHANGED ? "" : detail.before().isPresent() ? " removed" : " added";
    }

    private static String values(Detail detail) {
        return detail.before().map(value -> " from " + shown(detail, value)).orElse("")
                + detail.after().map(value -> " to " + shown(detail, value)).orElse("")
                + claimed(detail);
    }

    private static String claimed(Detail detail) {
        return detail.claimed() ? " (claimed)" : "";
    }

    private static String shown(Detail detail, String value) {
        int longest = detail.isDigest() ? LONGEST_DIGEST : LONGEST_VALUE;
        if (value.isEmpty()) {
            return "\"\"";
        }
        return value.length() <= longest ? value : Printable.of(value.substring(0, longest)) + "...";
    }
}
