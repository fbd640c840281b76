package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An event with its data, and with what each of its digests covers of the data. The digests are claimed, like the data: that a digest
 * covers data makes the two consistent and no more than that, because whoever writes a log can write both. A decision needs the event as
 * a {@code replay.VerifiedEvent}, which exists only if the log reproduces the value of its PCR.
 *
 * <p>Data are decoded and digests checked once, when they are first asked for.
 */
public final class CheckedEvent {
    private final Event event;
    private final List<DigestChecker> banks;
    private final LogOrigin origin;
    private final AtomicReferenceArray<DigestCheck> checks;
    private volatile @Nullable EventData data;
    private volatile @Nullable CoverageCandidates candidates;
    private volatile @Nullable AtomicReferenceArray<CoveredBytes> coveredBytes;

    CheckedEvent(Event event, List<DigestChecker> banks, LogOrigin origin) {
        this.event = event;
        this.banks = banks;
        this.origin = origin;
        this.checks = new AtomicReferenceArray<>(banks.size());
    }

    /** {@return the event with its claimed PCR, type, digests and data} */
    public Event event() {
        return event;
    }

    /** {@return the data, decoded by the type that the event claims, whether a digest covers them or not} */
    public EventData claimedData() {
        EventData decoded = data;
        if (decoded == null) {
            decoded = EventData.decode(event);
            data = decoded;
        }
        return decoded;
    }

    /**
     * The bytes of the data that the claimed digest of a bank is the hash of, whatever type the event claims: all of the event's data, or
     * all but NULs at their end, or all but what trails a UEFI_VARIABLE_DATA structure, or, as with old versions of shim, all but the
     * last byte.
     *
     * @param bank the bank
     * @return the bytes, or empty if the digest is of something else, or the event extends no PCR of this bank
     */
    public Optional<Bytes> claimedCoveredBytes(HashAlgorithm bank) {
        int index = event.isMeasured() ? indexOf(bank) : -1;
        if (index < 0) {
            return Optional.empty();
        }
        AtomicReferenceArray<CoveredBytes> known = coveredBytes;
        if (known == null) {
            known = new AtomicReferenceArray<>(banks.size());
            coveredBytes = known;
        }
        @Nullable CoveredBytes found = known.get(index);
        if (found == null) {
            found = CoveredBytes.of(event.digest(bank), event.data(), banks.get(index));
            known.setRelease(index, found);
        }
        return found.bytes();
    }

    /**
     * The UEFI variable that the claimed digest of a bank covers as a whole, whatever type the event claims.
     *
     * @param bank the bank
     * @param type how its content is decoded: {@link EventType#EV_EFI_VARIABLE_AUTHORITY} as the entry of a signature database
     *     by which an image was accepted, {@link EventType#EV_EFI_VARIABLE_DRIVER_CONFIG} as the variable itself
     * @return the variable, or empty if the covered bytes are not just a UEFI_VARIABLE_DATA structure (PFP 10.2.6)
     */
    public Optional<VariableEventData> claimedCoveredVariable(HashAlgorithm bank, EventType type) {
        return claimedCoveredBytes(bank).flatMap(covered -> CoveredBytes.variable(covered, type));
    }

    /** {@return one check for each bank that the log has and that can be computed} */
    public List<DigestCheck> checks() {
        List<DigestCheck> all = new ArrayList<>(banks.size());
        for (int i = 0; i < banks.size(); i++) {
            all.add(check(i));
        }
        return all;
    }

    /**
     * The check of one bank.
     *
     * @param bank the bank
     * @return the check, or empty if the log does not have the bank or the bank cannot be computed
     */
    public Optional<DigestCheck> check(HashAlgorithm bank) {
        int index = indexOf(bank);
        return index < 0 ? Optional.empty() : Optional.of(check(index));
    }

    private CoverageCandidates candidates() {
        CoverageCandidates known = candidates;
        if (known == null) {
            known = new CoverageCandidates(origin.rules(event, claimedData()));
            candidates = known;
        }
        return known;
    }

    private int indexOf(HashAlgorithm bank) {
        for (int i = 0; i < banks.size(); i++) {
            if (banks.get(i).algorithm().equals(bank)) {
                return i;
            }
        }
        return -1;
    }

    private DigestCheck check(int index) {
        @Nullable DigestCheck known = checks.get(index);
        if (known != null) {
            return known;
        }
        DigestCheck check = banks.get(index).check(event, claimedData().raw(), candidates());
        checks.setRelease(index, check);
        return check;
    }

    /**
     * How far a field is bound to the claimed digest of a bank.
     *
     * @param bank the bank
     * @param field a field of {@link #claimedData}
     * @return the coverage; {@link Coverage#NEVER_MEASURED} if the log does not have the bank
     */
    public Coverage coverage(HashAlgorithm bank, Field field) {
        return coverage(bank, field.offset(), field.length());
    }

    /**
     * How far bytes of the event data are bound to the claimed digest of a bank.
     *
     * @param bank the bank
     * @param offset where they begin, counted from the start of the event data
     * @param length how many they are
     * @return the coverage; {@link Coverage#NEVER_MEASURED} if the log does not have the bank
     */
    public Coverage coverage(HashAlgorithm bank, int offset, int length) {
        return check(bank).map(check -> check.coverage(offset, length)).orElse(Coverage.NEVER_MEASURED);
    }

    @Override
    public String toString() {
        return event + " " + checks();
    }
}
