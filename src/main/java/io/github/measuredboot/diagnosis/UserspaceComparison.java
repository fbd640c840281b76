package io.github.measuredboot.diagnosis;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What systemd extends into a PCR, in one bank. */
final class UserspaceComparison {
    private UserspaceComparison() {}

    static List<StateChange> compare(int pcr, Sides sides, List<Element> before, List<Element> after) {
        return EventComparison.compare(EventWords.ofUserspace(pcr), sides, List.of(before), List.of(after));
    }

    static List<Element> pinned(ReferenceState state, int pcr, HashAlgorithm bank) {
        return state.userspaceDigests().stream()
                .filter(extended ->
                        extended.pcr() == pcr && extended.digest().algorithm().equals(bank))
                .map(UserspaceDigest::digest)
                .map(digest -> Element.expected(PinnedEvent.of(DigestSet.of(digest), EventType.EV_UNUSED, "")))
                .toList();
    }

    static List<Element> found(List<CelRecord> records, HashAlgorithm bank) {
        return records.stream()
                .map(entry -> new Element(
                        PinnedEvent.of(
                                new DigestSet(entry.digest(bank).stream().toList()),
                                EventType.EV_UNUSED,
                                entry.string().orElse("")),
                        OptionalInt.empty(),
                        true,
                        Optional.empty()))
                .toList();
    }
}
