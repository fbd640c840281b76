package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An event, as a reference state expects it or as a log has it. */
public final class EventReference {
    private final PinnedEvent event;
    private final OptionalInt number;
    private final boolean descriptionClaimed;

    EventReference(PinnedEvent event, OptionalInt number, boolean descriptionClaimed) {
        this.event = event;
        this.number = number;
        this.descriptionClaimed = descriptionClaimed;
    }

    static EventReference expected(PinnedEvent event) {
        return new EventReference(event, OptionalInt.empty(), false);
    }

    static List<EventReference> expected(List<PinnedEvent> events) {
        return events.stream().map(EventReference::expected).toList();
    }

    /** A total order that is 0 for events that are the same in some banks; for a variable that is judged, only the name counts. */
    static Comparator<EventReference> order(List<HashAlgorithm> banks) {
        Comparator<EventReference> order = Comparator.comparing(
                one -> one.event.variable().orElse(null),
                Comparator.nullsFirst(Comparator.<VariableName>naturalOrder()));
        for (HashAlgorithm bank : banks) {
            order = order.thenComparing(one -> one.event.variable().isPresent() ? Bytes.EMPTY : one.digest(bank));
        }
        return order;
    }

    private Bytes digest(HashAlgorithm bank) {
        return digests().value(bank).orElse(Bytes.EMPTY);
    }

    EventReference inBanks(List<HashAlgorithm> banks) {
        DigestSet shown = new DigestSet(digests().digests().stream()
                .filter(digest -> banks.isEmpty() || banks.contains(digest.algorithm()))
                .toList());
        return new EventReference(
                new PinnedEvent(shown, claimedType(), description(), event.role(), event.variable()),
                number,
                descriptionClaimed);
    }

    Optional<MeasuredConstant> constant() {
        return digests().digests().stream()
                .flatMap(digest -> MeasuredConstant.of(digest.algorithm(), digest.value()).stream())
                .findFirst();
    }

    boolean isConstant() {
        return constant().isPresent();
    }

    boolean isSeparator() {
        return constant().equals(Optional.of(MeasuredConstant.SEPARATOR));
    }

    boolean is(Role role) {
        return event.is(role);
    }

    Optional<Role> role() {
        return event.role();
    }

    boolean isVariable() {
        return event.variable().isPresent();
    }

    /** {@return its number in the log; empty for an event of a reference state, and for a record of the userspace log} */
    public OptionalInt number() {
        return number;
    }

    /** {@return the type that the event claims; in a state, the type that the event of the good boot claimed} */
    public EventType claimedType() {
        return event.claimedType();
    }

    /** {@return what was measured, printable; empty if that is not known} */
    public String description() {
        return event.description();
    }

    /** {@return whether the description is read from a log whose digest does not cover it} */
    public boolean isDescriptionClaimed() {
        return descriptionClaimed;
    }

    /** {@return the digests, in the banks that were compared} */
    public DigestSet digests() {
        return event.digests();
    }
}
