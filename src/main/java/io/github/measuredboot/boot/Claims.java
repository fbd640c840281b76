package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events of a log in one bank, and what they claim with its proof. */
final class Claims {
    private static final Set<Long> PCRS_OF_CODE_AND_KEYS = Set.of(0L, 2L, 4L, 7L);

    private final HashAlgorithm bank;
    private final MeasurementRegisters registers;
    private final @Nullable VerifiedLog verified;
    private final List<CheckedEvent> events;
    private final List<Phase> phases;

    Claims(CheckedLog log, HashAlgorithm bank, MeasurementRegisters registers) {
        this(log, bank, registers, null);
    }

    Claims(VerifiedLog verified) {
        this(verified.claims(), verified.bank(), MeasurementRegisters.PCRS, verified);
    }

    private Claims(CheckedLog log, HashAlgorithm bank, MeasurementRegisters registers, @Nullable VerifiedLog verified) {
        this.bank = bank;
        this.registers = registers;
        this.verified = verified;
        this.events = log.events();
        this.phases = findPhases();
    }

    private record FoundSeparator(SeparatorData.Kind kind, Coverage coverage) {}

    private List<Phase> findPhases() {
        Set<Long> withSeparator = events.stream()
                .filter(this::isMeasuredSeparator)
                .map(event -> event.event().pcrIndex())
                .collect(Collectors.toSet());
        List<Phase> found = new ArrayList<>(events.size());
        Set<Long> separated = new HashSet<>();
        Set<Long> doubtful = new HashSet<>();
        Set<Long> closed = new HashSet<>();
        for (CheckedEvent event : events) {
            long register = event.event().pcrIndex();
            if (closed.contains(register)) {
                found.add(Phase.CLOSED);
            } else if (!registers.isFirmware(register) || separated.contains(register)) {
                found.add(Phase.OS_PRESENT);
            } else {
                found.add(
                        withSeparator.contains(register) && !doubtful.contains(register)
                                ? Phase.PRE_OS
                                : Phase.UNKNOWN);
            }
            if (isMeasuredSeparator(event)) {
                separated.add(register);
            } else if (isSeparator(event)) {
                doubtful.add(register);
            } else if (isClosing(event)) {
                closed.add(register);
            }
        }
        return List.copyOf(found);
    }

    /** By its digest alone: an event of type EV_NO_ACTION is not extended, but may have been relabelled to look so. */
    private boolean isSeparator(CheckedEvent event) {
        return digestOf(event)
                .flatMap(digest -> MeasuredConstant.of(bank, digest.value()))
                .filter(MeasuredConstant.SEPARATOR::equals)
                .isPresent();
    }

    private boolean isMeasuredSeparator(CheckedEvent event) {
        return event.event().isMeasured() && isSeparator(event);
    }

    private boolean isClosing(CheckedEvent event) {
        return !registers.isFirmware(event.event().pcrIndex())
                && constant(event)
                        .filter(MeasuredConstant.WINDOWS_SEPARATOR::equals)
                        .isPresent();
    }

    private Optional<FoundSeparator> findSeparator(CheckedEvent event) {
        Optional<SeparatorData.Kind> known = constant(event)
                .flatMap(Claims::separatorKind)
                .filter(kind -> isBeyondDoubt(kind, event.event().pcrIndex()));
        if (known.isPresent()) {
            return known.map(kind -> new FoundSeparator(kind, Coverage.COVERED));
        }
        return event.event().claimedType().equals(EventType.EV_SEPARATOR)
                        && event.claimedData() instanceof SeparatorData data
                ? Optional.of(new FoundSeparator(
                        data.kind(), claimed(event.coverage(bank, 0, data.raw().length()))))
                : Optional.empty();
    }

    private static Optional<SeparatorData.Kind> separatorKind(MeasuredConstant constant) {
        return switch (constant) {
            case SEPARATOR -> Optional.of(SeparatorData.Kind.NORMAL);
            case ERROR_SEPARATOR -> Optional.of(SeparatorData.Kind.ERROR);
            case WINDOWS_SEPARATOR -> Optional.of(SeparatorData.Kind.WINDOWS);
            default -> Optional.empty();
        };
    }

    /** The value of an error is also that of a BootOrder (0001, 0000) and of many a setting. */
    private boolean isBeyondDoubt(SeparatorData.Kind kind, long register) {
        return switch (kind) {
            case NORMAL -> true;
            case ERROR -> registers == MeasurementRegisters.PCRS && PCRS_OF_CODE_AND_KEYS.contains(register);
            case WINDOWS -> !registers.isFirmware(register);
            case VENDOR -> false;
        };
    }

    HashAlgorithm bank() {
        return bank;
    }

    Optional<VerifiedLog> verified() {
        return Optional.ofNullable(verified);
    }

    List<CheckedEvent> events() {
        return events;
    }

    MeasurementRegisters registers() {
        return registers;
    }

    Phase phase(CheckedEvent event) {
        return phases.get(event.event().number());
    }

    Optional<Claim<Digest>> digest(CheckedEvent event) {
        Coverage coverage = event.event().isMeasured() ? Coverage.COVERED : Coverage.NEVER_MEASURED;
        return digestOf(event).map(digest -> with(event, digest, coverage));
    }

    /** A separator by its digest, or else by the type that is claimed. */
    Optional<Claim<SeparatorData.Kind>> separator(CheckedEvent event) {
        return findSeparator(event).map(separator -> with(event, separator.kind, separator.coverage));
    }

    /** An action by its digest, which the type cannot hide. */
    Optional<Claim<Action>> actionByDigest(CheckedEvent event) {
        return registers.isFirmware(event.event().pcrIndex())
                ? constant(event)
                        .filter(MeasuredConstant::isAction)
                        .map(constant -> with(
                                event, new Action(Optional.of(constant), constant.description()), Coverage.COVERED))
                : Optional.empty();
    }

    <T> Claim<T> of(CheckedEvent event, T value, int offset, int length) {
        return with(event, value, event.coverage(bank, offset, length));
    }

    <T> Claim<T> whole(CheckedEvent event, T value) {
        return of(event, value, 0, event.event().data().length());
    }

    <T> Claim<T> covered(CheckedEvent event, T value) {
        return with(event, value, Coverage.COVERED);
    }

    /** A claim that only an event of the claimed type makes. */
    <T> Claim<T> claimedByType(CheckedEvent event, T value, int offset, int length) {
        return with(event, value, claimed(event.coverage(bank, offset, length)));
    }

    private static Coverage claimed(Coverage coverage) {
        return coverage == Coverage.COVERED ? Coverage.NOT_COVERED : coverage;
    }

    private <T> Claim<T> with(CheckedEvent checked, T value, Coverage coverage) {
        Event event = checked.event();
        PcrProof pcrProof =
                verified != null && event.isMeasured() ? verified.proof((int) event.pcrIndex()) : PcrProof.UNPROVED;
        boolean isReproduced = verified == null || pcrProof != PcrProof.UNPROVED;
        return new Claim<>(
                value,
                isReproduced ? coverage : claimed(coverage),
                pcrProof,
                event.number(),
                event.pcrIndex(),
                phase(checked));
    }

    private Optional<MeasuredConstant> constant(CheckedEvent event) {
        return event.event().isMeasured()
                ? digestOf(event).flatMap(digest -> MeasuredConstant.of(bank, digest.value()))
                : Optional.empty();
    }

    private Optional<Digest> digestOf(CheckedEvent event) {
        return event.event().digest(bank);
    }
}
