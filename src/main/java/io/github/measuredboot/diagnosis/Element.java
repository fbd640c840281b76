package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * An event on one side of a comparison.
 *
 * @param event what is known of it
 * @param number its number in a log
 * @param descriptionClaimed whether no digest covers the description
 * @param variable the variable whose content is judged, so that the digest does not count
 */
record Element(PinnedEvent event, OptionalInt number, boolean descriptionClaimed, Optional<VariableName> variable) {
    static Element expected(PinnedEvent event) {
        return new Element(event, OptionalInt.empty(), false, event.variable());
    }

    static List<Element> expected(List<PinnedEvent> events) {
        return events.stream().map(Element::expected).toList();
    }

    static List<List<Element>> alternatives(List<List<PinnedEvent>> alternatives) {
        return alternatives.stream().map(Element::expected).toList();
    }

    /** A total order that is 0 for elements that are the same in some banks. */
    static Comparator<Element> order(List<HashAlgorithm> banks) {
        return (one, other) -> {
            if (one.variable.isPresent() != other.variable.isPresent()) {
                return one.variable.isPresent() ? 1 : -1;
            }
            if (one.variable.isPresent()) {
                return one.variable.get().compareTo(other.variable.get());
            }
            for (HashAlgorithm bank : banks) {
                int byDigest = one.digest(bank).compareTo(other.digest(bank));
                if (byDigest != 0) {
                    return byDigest;
                }
            }
            return 0;
        };
    }

    private Bytes digest(HashAlgorithm bank) {
        return event.digests().value(bank).orElse(Bytes.EMPTY);
    }

    Optional<MeasuredConstant> constant() {
        return event.digests().digests().stream()
                .flatMap(digest -> MeasuredConstant.of(digest.algorithm(), digest.value()).stream())
                .findFirst();
    }

    boolean isSeparator() {
        return constant().filter(MeasuredConstant.SEPARATOR::equals).isPresent();
    }

    EventReference reference(List<HashAlgorithm> banks) {
        List<Digest> shown = event.digests().digests().stream()
                .filter(digest -> banks.isEmpty() || banks.contains(digest.algorithm()))
                .collect(Collectors.toList());
        return new EventReference(
                number, event.claimedType(), event.description(), descriptionClaimed, new DigestSet(shown));
    }
}
