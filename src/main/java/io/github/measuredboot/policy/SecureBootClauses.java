package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Clauses for PCR 7: Secure Boot variables before its separator, judged by content that the digest covers, and authorities
 * after it.
 */
final class SecureBootClauses {
    static final int PCR = ReferenceState.SECURE_BOOT_PCR;

    private static final int MAX_NAMED = 5;
    private static final int HASH_SIZE = HashAlgorithm.SHA256.digestSize();
    private static final int MIN_CERTIFICATE_SIZE = 100;
    private static final Set<KnownVariable> OPTIONAL = EnumSet.of(
            KnownVariable.DBT,
            KnownVariable.DBR,
            KnownVariable.SETUP_MODE,
            KnownVariable.AUDIT_MODE,
            KnownVariable.DEPLOYED_MODE,
            KnownVariable.VENDOR_KEYS);

    private SecureBootClauses() {}

    /** The pinned events of PCR 7, divided at its separator. */
    private record Divided(List<PinnedEvent> before, List<PinnedEvent> fromSeparator) {
        static PerBank<List<Divided>> perBank(List<List<PinnedEvent>> alternatives) {
            List<List<PinnedEvent>> pinned = Clauses.copyOf(alternatives);
            return new PerBank<>(bank -> pinned.stream()
                    .map(events -> at(separatorIndex(events, bank), events))
                    .toList());
        }

        private static Divided at(int index, List<PinnedEvent> events) {
            return new Divided(events.subList(0, index), events.subList(index, events.size()));
        }
    }

    private static int separatorIndex(List<PinnedEvent> pinned, HashAlgorithm bank) {
        for (int i = 0; i < pinned.size(); i++) {
            if (pinned.get(i).isSeparator(bank)) {
                return i;
            }
        }
        return pinned.size();
    }

    /** Before the separator: the variables of the state by their covered names, in order, and everything else by its digest. */
    static EventClause pinnedEvents(List<List<PinnedEvent>> alternatives) {
        PerBank<List<Divided>> divided = Divided.perBank(alternatives);
        return log -> {
            List<VerifiedEvent> events = log.beforeSeparator(PCR);
            List<PinnedEvent> nearest = List.of();
            int best = -1;
            for (Divided alternative : divided.in(log.bank())) {
                List<PinnedEvent> slots = alternative.before();
                int matching = matching(log.bank(), slots, events);
                if (matching == slots.size() && matching == events.size()) {
                    return Judgement.passed(
                            events, "the Secure Boot variables of the state, in order", Constraint.CONTENT);
                }
                if (matching > best) {
                    best = matching;
                    nearest = slots;
                }
            }
            List<VerifiedEvent> wrong = events.subList(Math.max(best, 0), events.size());
            List<PinnedEvent> missing = nearest.subList(Math.max(best, 0), nearest.size());
            return Judgement.failed(
                    wrong.isEmpty() ? List.of() : wrong.subList(0, 1),
                    missing.isEmpty()
                            ? "no further event before the separator"
                            : Clauses.describePinned(log.bank(), missing.subList(0, 1)),
                    wrong.isEmpty() ? "the separator" : describe(wrong.get(0)));
        };
    }

    private static int matching(HashAlgorithm bank, List<PinnedEvent> slots, List<VerifiedEvent> events) {
        int length = Math.min(slots.size(), events.size());
        int i = 0;
        while (i < length && isAt(bank, slots.get(i), events.get(i))) {
            i++;
        }
        return i;
    }

    private static boolean isAt(HashAlgorithm bank, PinnedEvent slot, VerifiedEvent event) {
        return slot.variable().isPresent()
                ? event.coveredVariable().map(SecureBootClauses::nameOf).equals(slot.variable())
                : slot.matches(bank, event.digest());
    }

    private static String describe(VerifiedEvent event) {
        String covered = event.coveredVariable()
                .map(variable -> ", variable " + variable.variable().unicodeName())
                .orElse(", whose digest covers no variable");
        return event + covered;
    }

    private static PinnedEvent.VariableName nameOf(VariableEventData data) {
        return new PinnedEvent.VariableName(
                data.variable().variableName(), data.variable().unicodeName());
    }

    /** Before the separator: known variables, each once, and authorities of the pinned db. */
    static EventClause knownEvents(List<Signature> db) {
        Set<Signature> pinned = entries(db);
        return log -> {
            String expected = "SecureBoot, PK, KEK, db, dbx, each once and covered by its digest, before a separator";
            Set<PinnedEvent.VariableName> seen = new TreeSet<>();
            List<VerifiedEvent> wrong = new ArrayList<>();
            List<VerifiedEvent> events = log.beforeSeparator(PCR);
            for (VerifiedEvent event : events) {
                Optional<VariableEventData> variable = event.coveredVariable();
                boolean known = variable.flatMap(VariableEventData::known)
                        .filter(name -> SecureBootKeys.JUDGED.contains(name) || OPTIONAL.contains(name))
                        .isPresent();
                boolean isFirst = known && seen.add(nameOf(variable.get()));
                if (!isFirst && !SecureBootKeys.isAuthorityOf(pinned, event)) {
                    wrong.add(event);
                }
            }
            return wrong.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.CONTENT)
                    : Judgement.failed(wrong, expected, Clauses.listed(wrong, SecureBootClauses::describe));
        };
    }

    /**
     * From the separator on: the pinned events in order. In the place of an authority of db another entry of the pinned db may
     * be, if it is not one that is pinned for another place.
     */
    static EventClause pinnedAuthorities(List<List<PinnedEvent>> alternatives, List<Signature> db) {
        Set<Signature> pinnedDb = entries(db);
        PerBank<List<Divided>> divided = Divided.perBank(alternatives);
        return log -> {
            HashAlgorithm bank = log.bank();
            List<VerifiedEvent> events = log.fromSeparator(PCR);
            List<VerifiedEvent> before = log.beforeSeparator(PCR);
            List<List<PinnedEvent>> candidates = new ArrayList<>();
            List<List<PinnedEvent>> others = new ArrayList<>();
            for (Divided alternative : divided.in(bank)) {
                List<PinnedEvent> slots = alternative.before();
                boolean isCandidate = slots.size() == before.size() && matching(bank, slots, before) == slots.size();
                (isCandidate ? candidates : others).add(alternative.fromSeparator());
            }
            for (List<PinnedEvent> pinned : candidates) {
                if (areAuthorities(bank, pinned, events, pinnedDb)) {
                    return Judgement.passed(
                            events, "the separator and the authorities of the state", Constraint.PINNED);
                }
            }
            return Clauses.judgeSequence(bank, events, events, candidates.isEmpty() ? others : candidates);
        };
    }

    private static boolean areAuthorities(
            HashAlgorithm bank, List<PinnedEvent> pinned, List<VerifiedEvent> events, Set<Signature> db) {
        if (pinned.size() != events.size()) {
            return false;
        }
        for (int i = 0; i < events.size(); i++) {
            VerifiedEvent event = events.get(i);
            boolean isPinned = pinned.get(i).matches(bank, event.digest());
            if (!isPinned
                    && !(isDbAuthority(pinned.get(i))
                            && SecureBootKeys.isAuthorityOf(db, event)
                            && pinned.stream().noneMatch(other -> other.matches(bank, event.digest())))) {
                return false;
            }
        }
        return true;
    }

    /** Marked when the state was made, and only if the digest covered an entry of the covered db. */
    private static boolean isDbAuthority(PinnedEvent event) {
        return event.role().equals(Optional.of(PinnedEvent.Role.DB_AUTHORITY));
    }

    /** From the separator on: authorities of the pinned db, and separators. */
    static EventClause authoritiesOfDb(List<Signature> db) {
        Set<Signature> pinned = entries(db);
        return log -> {
            String expected = "a separator, and then authorities that are entries of the pinned db";
            List<VerifiedEvent> events = log.fromSeparator(PCR);
            List<VerifiedEvent> wrong = events.stream()
                    .filter(event -> !event.isSeparator() && !SecureBootKeys.isAuthorityOf(pinned, event))
                    .toList();
            if (events.isEmpty()) {
                return Judgement.failed(List.of(), expected, "no separator in PCR 7");
            }
            return wrong.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.PINNED)
                    : Judgement.failed(wrong, expected, Clauses.listed(wrong, SecureBootClauses::describe));
        };
    }

    static EventClause enabled() {
        return content(
                KnownVariable.SECURE_BOOT,
                "SecureBoot enabled",
                content -> content instanceof VariableContent.Flag flag && flag.enabled() ? "" : "it is not enabled");
    }

    static EventClause subset(KnownVariable variable, List<Signature> pinned) {
        Set<Signature> allowed = entries(pinned);
        return database(variable, "nothing that is not pinned", database -> {
            Set<Signature> more = entries(Signature.allOf(database));
            more.removeAll(allowed);
            return more;
        });
    }

    static EventClause superset(KnownVariable variable, List<Signature> pinned) {
        return database(variable, "all that is pinned", database -> {
            SortedMap<Signature, Set<SignatureType>> found = new TreeMap<>(Signature.BY_ENTRY);
            for (Signature signature : Signature.allOf(database)) {
                signature
                        .type()
                        .ifPresent(
                                type -> found.computeIfAbsent(signature, first -> EnumSet.noneOf(SignatureType.class))
                                        .add(type));
            }
            Set<Signature> missing = new TreeSet<>();
            for (Signature signature : pinned) {
                if (!isEffective(signature, found.getOrDefault(signature, Set.of()))) {
                    missing.add(signature);
                }
            }
            return missing;
        });
    }

    /** Firmware looks for a hash or a certificate only in lists of its type. */
    private static boolean isEffective(Signature pinned, Set<SignatureType> types) {
        if (pinned.type().isPresent()) {
            return types.contains(pinned.type().get());
        }
        int size = pinned.data().length();
        return size == HASH_SIZE
                ? types.contains(SignatureType.SHA256)
                : size >= MIN_CERTIFICATE_SIZE ? types.contains(SignatureType.X509) : !types.isEmpty();
    }

    /** Signatures by owner and data, without their types. */
    private static Set<Signature> entries(List<Signature> signatures) {
        Set<Signature> entries = new TreeSet<>(Signature.BY_ENTRY);
        entries.addAll(signatures);
        return entries;
    }

    private static EventClause database(
            KnownVariable variable, String wanted, Function<SignatureDatabase, Set<Signature>> deviation) {
        return content(variable, "in " + variable.pattern() + " " + wanted, content -> {
            if (!(content instanceof VariableContent.Signatures signatures)) {
                return "no signature database";
            }
            Set<Signature> wrong = deviation.apply(signatures.database());
            return wrong.isEmpty()
                    ? ""
                    : wrong.size() + ", against the rule: "
                            + String.join(
                                    "; ",
                                    wrong.stream()
                                            .limit(MAX_NAMED)
                                            .map(Signature::description)
                                            .toList())
                            + (wrong.size() > MAX_NAMED ? "; ..." : "");
        });
    }

    /** The one event before the separator that covers a variable; the function returns what is wrong with its content. */
    private static EventClause content(
            KnownVariable wanted, String expected, Function<VariableContent, String> problem) {
        return log -> {
            List<VerifiedEvent> found = new ArrayList<>();
            for (VerifiedEvent event : log.beforeSeparator(PCR)) {
                if (isKnownAs(wanted, event)) {
                    found.add(event);
                }
            }
            if (found.size() > 1) {
                found.removeIf(SecureBootClauses::isSecondUse);
            }
            if (found.size() != 1) {
                return Judgement.failed(
                        found,
                        expected,
                        found.isEmpty()
                                ? "no event before the separator whose digest covers " + wanted.pattern()
                                : Clauses.describe(found));
            }
            String wrong =
                    problem.apply(found.get(0).coveredVariable().orElseThrow().content());
            return wrong.isEmpty()
                    ? Judgement.passed(found, expected, Constraint.CONTENT)
                    : Judgement.failed(found, expected, wrong);
        };
    }

    private static boolean isKnownAs(KnownVariable wanted, VerifiedEvent event) {
        return event.coveredVariable().flatMap(VariableEventData::known).orElse(null) == wanted;
    }

    /** A driver that was accepted before the separator has the entry of db measured under the same name. */
    private static boolean isSecondUse(VerifiedEvent event) {
        return event.coveredVariable().map(VariableEventData::content).stream()
                .anyMatch(VariableContent.Malformed.class::isInstance);
    }
}
