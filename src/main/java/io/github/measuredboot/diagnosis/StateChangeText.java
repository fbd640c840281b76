package io.github.measuredboot.diagnosis;

import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change in a line. */
final class StateChangeText {
    private static final int MAX_ITEMS = 2;
    private static final int LONGEST_DIGEST = 16;
    private static final int LONGEST_DESCRIPTION = 100;

    private StateChangeText() {}

    static String of(StateChange change) {
        List<String> values = values(change);
        String where = String.join(", ", change.places());
        String what = String.join(", ", values);
        String both = where.isEmpty() || what.isEmpty() ? where + what : where + ": " + what;
        return change.headline() + (both.isEmpty() ? "" : " (" + both + ")");
    }

    private static List<String> values(StateChange change) {
        List<String> values = new ArrayList<>();
        if (change.kind() == StateChange.Kind.MOVED) {
            return values;
        }
        if (change.items().isEmpty()) {
            change.expected()
                    .ifPresent(event ->
                            values.add(change.sides().before + " " + text(event, change.subject(), change.found())));
            change.found()
                    .ifPresent(event ->
                            values.add(change.sides().after + " " + text(event, change.subject(), change.expected())));
        }
        values.addAll(Lines.first(MAX_ITEMS, change.items()));
        return values;
    }

    private static String text(EventReference event, String subject, Optional<EventReference> other) {
        String digest = shownDigest(event, other).map(StateChangeText::cut).orElse("no digest");
        boolean isNamed = event.description().isEmpty()
                || subject.contains(EventWords.shortName(event.description()))
                || other.filter(one -> one.description().equals(event.description()))
                        .isPresent();
        return isNamed
                ? digest
                : digest + " \"" + Lines.cut(EventWords.shortName(event.description()), LONGEST_DESCRIPTION) + "\""
                        + (event.isDescriptionClaimed() ? " (claimed)" : "");
    }

    /** SHA-256, which other tools show too, or else the strongest, of the banks of both sides. */
    private static Optional<Digest> shownDigest(EventReference event, Optional<EventReference> other) {
        List<HashAlgorithm> banks = new ArrayList<>(List.of(HashAlgorithm.SHA256));
        banks.addAll(HashAlgorithm.strongestFirst());
        return banks.stream()
                .filter(bank -> other.flatMap(one -> one.digests().value(bank)).isPresent() || other.isEmpty())
                .flatMap(bank -> event.digests().value(bank).map(value -> new Digest(bank, value)).stream())
                .findFirst()
                .or(() -> event.digests().digests().stream().findFirst());
    }

    private static String cut(Digest digest) {
        return digest.algorithm() + ":" + Lines.cut(digest.value().toHex(), LONGEST_DIGEST);
    }
}
