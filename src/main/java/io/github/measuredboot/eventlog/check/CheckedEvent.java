package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.EventField;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An event with its data, and with what each of its digests covers of them.
 *
 * <p>{@link #coveredData} is the way to data that a decision may stand on. {@link #claimedData} is for display, and for data
 * of which {@link #proof} was asked. Data are decoded and digests checked once, when they are first asked for.
 */
public final class CheckedEvent {
    private final Event event;
    private final List<HashAlgorithm> banks;
    private final AcceptedQuirks accepted;
    private final AtomicReferenceArray<DigestCheck> checks;
    private volatile @Nullable EventData data;

    CheckedEvent(Event event, List<HashAlgorithm> banks, AcceptedQuirks accepted) {
        this.event = event;
        this.banks = banks;
        this.accepted = accepted;
        this.checks = new AtomicReferenceArray<>(banks.size());
    }

    /** {@return the event; its type is never covered by a digest} */
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
     * The data, if the digest of a bank covers every byte of them.
     *
     * @param bank the bank whose PCR value is trusted
     * @param type the structure that is expected
     * @param <T> the structure that is expected
     * @return the data, or empty if they are of another structure, or the digest of this bank is not the hash of all of them
     */
    public <T extends EventData> Optional<T> coveredData(HashAlgorithm bank, Class<T> type) {
        EventData claimed = claimedData();
        return type.isInstance(claimed) && proof(bank, 0, claimed.raw().length()) == Proof.COVERED
                ? Optional.of(type.cast(claimed))
                : Optional.empty();
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
     * @return the check, or empty if the log does not have the bank, or it cannot be computed
     */
    public Optional<DigestCheck> check(HashAlgorithm bank) {
        int index = banks.indexOf(bank);
        return index < 0 ? Optional.empty() : Optional.of(check(index));
    }

    private DigestCheck check(int index) {
        @Nullable DigestCheck known = checks.get(index);
        if (known != null) {
            return known;
        }
        EventData claimed = claimedData();
        DigestCheck check =
                new DigestChecker(banks.get(index), accepted).check(event, claimed, CoverageRules.of(event, claimed));
        checks.set(index, check);
        return check;
    }

    /**
     * How far a field is bound to the digest of a bank.
     *
     * @param bank the bank
     * @param field a field of {@link #claimedData}
     * @return the proof; {@link Proof#NEVER_MEASURED} if the log does not have the bank
     */
    public Proof proof(HashAlgorithm bank, EventField field) {
        return proof(bank, field.offset(), field.length());
    }

    /**
     * How far bytes of the event data are bound to the digest of a bank.
     *
     * @param bank the bank
     * @param offset where they begin, counted from the start of the event data
     * @param length how many they are
     * @return the proof; {@link Proof#NEVER_MEASURED} if the log does not have the bank
     */
    public Proof proof(HashAlgorithm bank, int offset, int length) {
        return check(bank).map(check -> check.proof(offset, length)).orElse(Proof.NEVER_MEASURED);
    }

    @Override
    public String toString() {
        return event + " " + checks();
    }
}
