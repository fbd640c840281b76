package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.EventField;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/**
 * An event with its data, and with what each of its digests covers of them.
 *
 * <p>{@link #coveredData} is the way to data that a decision may stand on. {@link #claimedData} is for display, and for data
 * of which {@link #proof} was asked.
 */
public final class CheckedEvent {
    private final Event event;
    private final EventData data;
    private final List<DigestCheck> checks;

    CheckedEvent(Event event, EventData data, List<DigestCheck> checks) {
        this.event = event;
        this.data = data;
        this.checks = List.copyOf(checks);
    }

    /** {@return the event; its type is never covered by a digest} */
    public Event event() {
        return event;
    }

    /** {@return the data, decoded by the type that the event claims, whether a digest covers them or not} */
    public EventData claimedData() {
        return data;
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
        return type.isInstance(data) && proof(bank, 0, data.raw().length()) == Proof.COVERED
                ? Optional.of(type.cast(data))
                : Optional.empty();
    }

    /** {@return one check for each bank that was checked and can be computed} */
    public List<DigestCheck> checks() {
        return checks;
    }

    /**
     * The check of one bank.
     *
     * @param bank the bank
     * @return the check, or empty if the log does not have the bank, it cannot be computed, or it was not checked
     */
    public Optional<DigestCheck> check(HashAlgorithm bank) {
        for (DigestCheck check : checks) {
            if (check.algorithm().equals(bank)) {
                return Optional.of(check);
            }
        }
        return Optional.empty();
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
        return event + " " + checks;
    }
}
