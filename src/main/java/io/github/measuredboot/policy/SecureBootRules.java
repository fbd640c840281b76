package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules for the Secure Boot variables of PCR 7. All of them stand on variables that the digest covers, name included. */
final class SecureBootRules {
    private static final int MOST_NAMED = 5;
    private static final int SMALLEST_CERTIFICATE = 100;

    private SecureBootRules() {}

    /** Every event is a variable that is covered whole, and no variable comes twice. */
    static EventRule eachVariableOnce() {
        return events -> {
            String expected = "each variable once, covered by its digest";
            if (events.isEmpty()) {
                return Judgement.notEvaluated(expected);
            }
            Set<Object> seen = new HashSet<>();
            List<MeasuredEvent> failing = new ArrayList<>();
            for (MeasuredEvent event : events) {
                Optional<VariableEventData> variable = event.coveredData(VariableEventData.class);
                if (variable.isEmpty() || !seen.add(nameOf(variable.get()))) {
                    failing.add(event);
                }
            }
            return failing.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.CONTENT)
                    : Judgement.failed(failing, expected, EventRules.describe(failing));
        };
    }

    private static List<Object> nameOf(VariableEventData variable) {
        return List.of(variable.variable().variableName(), variable.variable().unicodeName());
    }

    static EventRule enabled() {
        return only(
                KnownVariable.SECURE_BOOT,
                EventRules.once(
                        "SecureBoot variable",
                        EventRules.each(
                                "SecureBoot enabled",
                                event -> content(event)
                                        .filter(content ->
                                                content instanceof VariableContent.Flag flag && flag.enabled())
                                        .isPresent())));
    }

    static EventRule subset(KnownVariable variable, List<Signature> pinned) {
        Set<Signature> allowed = Set.copyOf(pinned);
        return database(variable, "nothing that is not pinned", database -> {
            Set<Signature> more = new LinkedHashSet<>(signaturesOf(database));
            more.removeIf(allowed::contains);
            return more;
        });
    }

    static EventRule superset(KnownVariable variable, List<Signature> pinned) {
        return database(variable, "all that is pinned", database -> {
            Set<Signature> effective = new HashSet<>(signaturesOf(new SignatureDatabase(database.lists().stream()
                    .filter(SecureBootRules::isEffective)
                    .toList())));
            Set<Signature> missing = new LinkedHashSet<>(pinned);
            missing.removeIf(effective::contains);
            return missing;
        });
    }

    /** Firmware passes over lists of a type that it does not know, and a hash in a list of certificates revokes nothing. */
    private static boolean isEffective(SignatureList list) {
        return list.type().isPresent()
                && (!list.type().equals(Optional.of(SignatureType.X509))
                        || list.signatureSize() > SMALLEST_CERTIFICATE);
    }

    private static EventRule database(
            KnownVariable variable, String wanted, Function<SignatureDatabase, Set<Signature>> deviation) {
        String expected = "in " + variable.pattern() + " " + wanted;
        return only(variable, EventRules.once(variable.pattern() + " variable", events -> {
            Optional<SignatureDatabase> found = content(events.get(0)).flatMap(SecureBootRules::database);
            if (found.isEmpty()) {
                return Judgement.failed(events, expected, "no signature database");
            }
            Set<Signature> wrong = deviation.apply(found.get());
            return wrong.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.PINNED)
                    : Judgement.failed(events, expected, describe(wrong));
        }));
    }

    private static String describe(Set<Signature> signatures) {
        return signatures.size() + ", against the rule: "
                + signatures.stream().limit(MOST_NAMED).map(SignatureText::of).collect(Collectors.joining("; "))
                + (signatures.size() > MOST_NAMED ? "; ..." : "");
    }

    /** Authority events name the entry of db by which an image was accepted. */
    static EventRule authorities(List<Signature> db) {
        return events -> {
            String expected = "an entry of the pinned db";
            if (events.isEmpty()) {
                return Judgement.notEvaluated(expected);
            }
            List<MeasuredEvent> failing =
                    events.stream().filter(event -> !isAuthority(event, db)).toList();
            return failing.isEmpty()
                    ? Judgement.passed(events, expected, Constraint.PINNED)
                    : Judgement.failed(failing, expected, EventRules.describe(failing));
        };
    }

    private static boolean isAuthority(MeasuredEvent event, List<Signature> db) {
        Optional<VariableEventData> variable = event.coveredData(VariableEventData.class);
        if (variable.isEmpty() || !variable.get().known().equals(Optional.of(KnownVariable.DB))) {
            return false;
        }
        if (!(variable.get().content() instanceof VariableContent.Authority authority)) {
            return false;
        }
        AuthoritySignature entry = authority.signature();
        return db.stream()
                .anyMatch(pinned -> pinned.data().equals(entry.signature())
                        && entry.signatureOwner().map(pinned.owner()::equals).orElse(true));
    }

    /** The variables that decide must be measured before the separator: what comes later is the operating system's. */
    static EventRule decidedBeforeSeparator() {
        String expected = "SecureBoot, PK, KEK, db and dbx before the separator";
        Set<KnownVariable> deciding = EnumSet.of(
                KnownVariable.SECURE_BOOT, KnownVariable.PK, KnownVariable.KEK, KnownVariable.DB, KnownVariable.DBX);
        return events -> {
            boolean separated = false;
            for (MeasuredEvent event : events) {
                separated |= event.coveredData(SeparatorData.class).isPresent();
                if (separated && variable(event).filter(deciding::contains).isPresent()) {
                    return Judgement.failed(List.of(event), expected, event.toString());
                }
            }
            return separated
                    ? Judgement.passed(events, expected, Constraint.CONTENT)
                    : Judgement.failed(List.of(), expected, "no separator in PCR 7");
        };
    }

    private static EventRule only(KnownVariable wanted, EventRule rule) {
        return events -> rule.judge(events.stream()
                .filter(event -> variable(event).equals(Optional.of(wanted)))
                .toList());
    }

    private static Optional<KnownVariable> variable(MeasuredEvent event) {
        return event.coveredData(VariableEventData.class)
                .filter(variable -> !variable.isAuthority())
                .flatMap(VariableEventData::known);
    }

    private static Optional<VariableContent> content(MeasuredEvent event) {
        return event.coveredData(VariableEventData.class).map(VariableEventData::content);
    }

    private static Optional<SignatureDatabase> database(VariableContent content) {
        return content instanceof VariableContent.Signatures signatures
                ? Optional.of(signatures.database())
                : Optional.empty();
    }

    /** An entry without data is no key and no hash: nothing can be accepted or revoked by it. */
    static List<Signature> signaturesOf(SignatureDatabase database) {
        return database.lists().stream()
                .flatMap(list -> list.signatures().stream())
                .filter(entry -> !entry.signature().isEmpty())
                .map(entry -> new Signature(entry.signatureOwner(), entry.signature()))
                .toList();
    }
}
