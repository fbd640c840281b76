package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Clauses for policies. None of them looks at the type that an event claims. */
public final class Clauses {
    private static final int MAX_DESCRIBED = 10;

    private Clauses() {}

    /**
     * Exactly the pinned events, in order.
     *
     * @param pcr the PCR
     * @param alternatives sequences, one of which the PCR must have, separators included
     * @return the clause; it accepts all events of the PCR or none
     */
    public static EventClause sequence(int pcr, List<List<PinnedEvent>> alternatives) {
        List<List<PinnedEvent>> pinned = copyOf(alternatives);
        return log -> judgeSequence(log.bank(), log.events(pcr), log.events(pcr), pinned);
    }

    /**
     * Exactly the pinned images and boot actions, in order, with more or fewer boot attempts that failed before anything was
     * loaded: a pair of "Returning" and "Calling" actions at that place is passed over. A boot whose attempts failed at other
     * places is not the same boot.
     *
     * @param pcr the PCR of the images
     * @param alternatives sequences, one of which the PCR must have, separators and actions included
     * @return the clause; it accepts all events of the PCR or none
     */
    public static EventClause bootAttempts(int pcr, List<List<PinnedEvent>> alternatives) {
        List<List<PinnedEvent>> pinned = copyOf(alternatives);
        PerBank<List<Attempts<PinnedEvent>>> attempts = new PerBank<>(bank -> pinned.stream()
                .map(alternative -> Attempts.in(alternative, event -> event.constant(bank)))
                .toList());
        return log -> {
            HashAlgorithm bank = log.bank();
            List<VerifiedEvent> events = log.events(pcr);
            Attempts<VerifiedEvent> found = Attempts.in(events, VerifiedEvent::constant);
            List<List<PinnedEvent>> comparable = new ArrayList<>();
            for (Attempts<PinnedEvent> alternative : attempts.in(bank)) {
                if (alternative.isComparableWith(found)) {
                    comparable.add(alternative.others());
                }
            }
            return comparable.isEmpty()
                    ? judgeSequence(bank, events, events, pinned)
                    : judgeSequence(bank, events, found.others(), comparable);
        };
    }

    /** The events that are no failed boot attempt, and how many of them come before each failed one. */
    private record Attempts<T>(List<T> others, Set<Integer> failedAt) {
        static <T> Attempts<T> in(List<T> events, Function<T, Optional<MeasuredConstant>> constantOf) {
            List<T> others = new ArrayList<>(events.size());
            Set<Integer> failedAt = new TreeSet<>();
            boolean returned = false;
            boolean anyLoaded = false;
            for (T event : events) {
                Optional<MeasuredConstant> constant = constantOf.apply(event);
                boolean calls = constant.equals(Optional.of(MeasuredConstant.CALLING_BOOT_OPTION));
                anyLoaded |= constant.isEmpty();
                if (returned && calls && !anyLoaded) {
                    others.remove(others.size() - 1);
                    failedAt.add(others.size());
                    returned = false;
                } else {
                    others.add(event);
                    returned = constant.filter(MeasuredConstant::isReturn).isPresent();
                }
            }
            return new Attempts<>(others, failedAt);
        }

        boolean isComparableWith(Attempts<?> other) {
            return failedAt.containsAll(other.failedAt) || other.failedAt.containsAll(failedAt);
        }
    }

    /**
     * The pinned images in order, with separators and boot actions anywhere between them.
     *
     * @param pcr the PCR of the images
     * @param alternatives lists of images, one of which the PCR must have
     * @return the clause; it accepts all events of the PCR or none
     */
    public static EventClause imagesAmongConstants(int pcr, List<List<PinnedEvent>> alternatives) {
        List<List<PinnedEvent>> pinned = copyOf(alternatives);
        return log -> judgeSequence(
                log.bank(),
                log.events(pcr),
                log.events(pcr).stream()
                        .filter(event -> event.constant()
                                .filter(constant -> constant == MeasuredConstant.SEPARATOR || constant.isBootAttempt())
                                .isEmpty())
                        .toList(),
                pinned);
    }

    /**
     * The pinned images in order, with <strong>any others</strong> among them: whatever else was loaded, an attacker's loader
     * included.
     *
     * @param pcr the PCR of the images
     * @param alternatives lists of images, one of which the PCR must have
     * @return the clause; it accepts all events of the PCR or none
     */
    public static EventClause insecureImagesAmongOthers(int pcr, List<List<PinnedEvent>> alternatives) {
        List<List<PinnedEvent>> pinned = copyOf(alternatives);
        return log -> {
            List<VerifiedEvent> events = log.events(pcr);
            for (List<PinnedEvent> alternative : pinned) {
                if (isSubsequence(log.bank(), alternative, events)) {
                    return Judgement.passed(
                            events, describePinned(log.bank(), alternative) + ", among others", Constraint.REPLAYED);
                }
            }
            return Judgement.failed(events, "the pinned images", describe(events));
        };
    }

    /**
     * Separators and nothing else.
     *
     * @param pcr the PCR
     * @return the clause
     */
    public static EventClause empty(int pcr) {
        return log -> {
            List<VerifiedEvent> others = new ArrayList<>();
            for (VerifiedEvent event : log.events(pcr)) {
                if (!event.isSeparator()) {
                    others.add(event);
                }
            }
            return others.isEmpty()
                    ? Judgement.passed(log.events(pcr), "nothing but separators", Constraint.PINNED)
                    : Judgement.failed(others, "nothing but separators", describe(others));
        };
    }

    /**
     * Anything at all.
     *
     * @param pcr the PCR
     * @param what what is measured there, for a person
     * @return the clause
     */
    public static EventClause free(int pcr, String what) {
        return log -> Judgement.passed(log.events(pcr), what, Constraint.REPLAYED);
    }

    static List<List<PinnedEvent>> copyOf(List<List<PinnedEvent>> alternatives) {
        return alternatives.stream().map(List::copyOf).toList();
    }

    static Judgement judgeSequence(
            HashAlgorithm bank,
            List<VerifiedEvent> all,
            List<VerifiedEvent> found,
            List<List<PinnedEvent>> alternatives) {
        List<PinnedEvent> nearest = List.of();
        int best = -1;
        for (List<PinnedEvent> pinned : alternatives) {
            if (isSequence(bank, pinned, found)) {
                return Judgement.passed(all, found.size() + " pinned events in order", Constraint.PINNED);
            }
            int common = commonPrefix(bank, pinned, found);
            int ends = common + commonSuffix(bank, pinned, found, common);
            if (ends > best) {
                best = ends;
                nearest = pinned;
            }
        }
        return difference(bank, nearest, found);
    }

    static boolean isSequence(HashAlgorithm bank, List<PinnedEvent> pinned, List<VerifiedEvent> found) {
        return pinned.size() == found.size() && commonPrefix(bank, pinned, found) == found.size();
    }

    private static Judgement difference(HashAlgorithm bank, List<PinnedEvent> pinned, List<VerifiedEvent> found) {
        int prefix = commonPrefix(bank, pinned, found);
        int suffix = commonSuffix(bank, pinned, found, prefix);
        List<PinnedEvent> missing = pinned.subList(prefix, pinned.size() - suffix);
        List<VerifiedEvent> unexpected = found.subList(prefix, found.size() - suffix);
        return Judgement.failed(
                unexpected,
                missing.isEmpty() ? "no further event" : describePinned(bank, missing),
                unexpected.isEmpty() ? "none of them" : describe(unexpected));
    }

    private static int commonPrefix(HashAlgorithm bank, List<PinnedEvent> pinned, List<VerifiedEvent> found) {
        int length = Math.min(pinned.size(), found.size());
        int common = 0;
        while (common < length
                && pinned.get(common).matches(bank, found.get(common).digest())) {
            common++;
        }
        return common;
    }

    private static int commonSuffix(
            HashAlgorithm bank, List<PinnedEvent> pinned, List<VerifiedEvent> found, int prefix) {
        int length = Math.min(pinned.size(), found.size()) - prefix;
        int common = 0;
        while (common < length
                && pinned.get(pinned.size() - 1 - common)
                        .matches(bank, found.get(found.size() - 1 - common).digest())) {
            common++;
        }
        return common;
    }

    static boolean isSubsequence(HashAlgorithm bank, List<PinnedEvent> pinned, List<VerifiedEvent> events) {
        int next = 0;
        for (VerifiedEvent event : events) {
            if (next < pinned.size() && pinned.get(next).matches(bank, event.digest())) {
                next++;
            }
        }
        return next == pinned.size();
    }

    static String describe(List<VerifiedEvent> events) {
        return events.isEmpty() ? "nothing" : listed(events, event -> event + " " + event.bankDigest());
    }

    static String describePinned(HashAlgorithm bank, List<PinnedEvent> events) {
        return events.isEmpty()
                ? "nothing"
                : listed(events, event -> event.onlyBank(bank).toString());
    }

    static <T> String listed(List<T> all, Function<T, String> text) {
        String first = all.stream().limit(MAX_DESCRIBED).map(text).collect(Collectors.joining(", "));
        return all.size() > MAX_DESCRIBED ? first + " and " + (all.size() - MAX_DESCRIBED) + " more" : first;
    }
}
