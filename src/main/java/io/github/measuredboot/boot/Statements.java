package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Proof;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The events of a log in one bank, and what they say with its proof. */
final class Statements {
    private final HashAlgorithm bank;
    private final Registers registers;
    private final KnownDigests knownDigests;
    private final List<CheckedEvent> events;
    private final List<Phase> phases;

    Statements(CheckedLog log, HashAlgorithm bank) {
        this.bank = bank;
        this.registers = Registers.of(log.log());
        this.knownDigests = new KnownDigests(bank);
        this.events = log.events();
        this.phases = findPhases();
    }

    private record FoundSeparator(SeparatorData.Kind kind, Proof proof) {}

    private List<Phase> findPhases() {
        List<Phase> found = new ArrayList<>(events.size());
        Set<Long> separated = new HashSet<>();
        Set<Long> closed = new HashSet<>();
        for (CheckedEvent event : events) {
            long register = event.event().pcrIndex();
            boolean preOs = registers.isFirmware(register) && !separated.contains(register);
            found.add(closed.contains(register) ? Phase.CLOSED : preOs ? Phase.PRE_OS : Phase.OS_PRESENT);
            findSeparator(event)
                    .ifPresent(separator ->
                            (separator.kind == SeparatorData.Kind.WINDOWS ? closed : separated).add(register));
        }
        return List.copyOf(found);
    }

    private Optional<FoundSeparator> findSeparator(CheckedEvent event) {
        boolean inFirmware = registers.isFirmware(event.event().pcrIndex());
        boolean isSeparator = event.event().claimedType().equals(EventType.EV_SEPARATOR);
        Optional<SeparatorData.Kind> known = knownDigests
                .separator(measuredDigest(event))
                .filter(kind -> isSeparator || isBeyondDoubt(kind, inFirmware));
        if (known.isPresent()) {
            return known.map(kind -> new FoundSeparator(kind, Proof.COVERED));
        }
        return isSeparator && event.claimedData() instanceof SeparatorData data
                ? Optional.of(new FoundSeparator(
                        data.kind(), event.proof(bank, 0, data.raw().length())))
                : Optional.empty();
    }

    /** The value of an error is also that of a BootOrder: 0001, 0000. */
    private static boolean isBeyondDoubt(SeparatorData.Kind kind, boolean inFirmware) {
        return inFirmware ? kind == SeparatorData.Kind.NORMAL : kind == SeparatorData.Kind.WINDOWS;
    }

    List<CheckedEvent> events() {
        return events;
    }

    Registers registers() {
        return registers;
    }

    Optional<Digest> digest(CheckedEvent event) {
        return event.event().digest(bank);
    }

    /** A separator by its digest, or else by its type. */
    Optional<Stated<SeparatorData.Kind>> separator(CheckedEvent event) {
        return findSeparator(event).map(separator -> with(event, separator.kind, separator.proof));
    }

    /** An action by its digest, which the type cannot hide. */
    Optional<Stated<Action>> actionByDigest(CheckedEvent event) {
        return registers.isFirmware(event.event().pcrIndex())
                ? knownDigests
                        .action(measuredDigest(event))
                        .map(kind -> with(event, new Action(kind, kind.text()), Proof.COVERED))
                : Optional.empty();
    }

    <T> Stated<T> of(CheckedEvent event, T value, int offset, int length) {
        return with(event, value, event.proof(bank, offset, length));
    }

    <T> Stated<T> whole(CheckedEvent event, T value) {
        return of(event, value, 0, event.event().data().length());
    }

    private <T> Stated<T> with(CheckedEvent checked, T value, Proof proof) {
        Event event = checked.event();
        return new Stated<>(value, proof, event.number(), event.pcrIndex(), phases.get(event.number()));
    }

    private Optional<Digest> measuredDigest(CheckedEvent event) {
        return event.event().claimedType().equals(EventType.EV_NO_ACTION) ? Optional.empty() : digest(event);
    }
}
