package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One event of a log ({@code TCG_PCR_EVENT} or {@code TCG_PCR_EVENT2}, PFP section 10.2): a view into the log's bytes.
 *
 * <p>Two events are equal when they have the same number in their logs and the same bytes.
 */
public final class Event {
    /** The PCR index of an event that belongs to no PCR. */
    public static final long NO_PCR = 0xffff_ffffL;

    private final EventLog log;
    private final int number;
    private final int offset;

    Event(EventLog log, int number, int offset) {
        this.log = log;
        this.number = number;
        this.offset = offset;
    }

    /** {@return the position in the log, counting from 0} */
    public int number() {
        return number;
    }

    /** {@return where the event begins, in bytes from the start of the log} */
    public int offset() {
        return offset;
    }

    /**
     * {@return the PCR, or the measurement register in the log of a confidential VM; {@link #NO_PCR} for an event that belongs
     * to none}
     */
    public long pcrIndex() {
        return log.bytes().u32(offset);
    }

    /** {@return whether the event extends a PCR; false for EV_NO_ACTION events and for events of PCRs that do not exist} */
    public boolean isMeasured() {
        return pcrIndex() < PcrBank.PCR_COUNT && !claimedType().equals(EventType.EV_NO_ACTION);
    }

    /** {@return the type that the event claims} No digest covers it, whatever is proved about the event. */
    public EventType claimedType() {
        return new EventType(log.bytes().u32(offset + Integer.BYTES));
    }

    /**
     * {@return the digests in the order of the event, at most one for each algorithm} The Spec ID event of a crypto-agile log
     * has one SHA-1 digest.
     */
    public List<Digest> digests() {
        if (isLegacy()) {
            return List.of(legacyDigest());
        }
        AlgorithmTable algorithms = log.algorithmTable();
        List<Digest> digests = new ArrayList<>();
        int at = offset + EventLogReader.EVENT2_DIGESTS_OFFSET;
        for (int i = 0; i < digestCount(); i++) {
            int index = algorithms.indexOf(log.bytes().u16(at), i);
            int size = algorithms.digestSize(index);
            digests.add(new Digest(algorithms.get(index), log.bytes().slice(at + Short.BYTES, size)));
            at += Short.BYTES + size;
        }
        return List.copyOf(digests);
    }

    /**
     * The digest of one algorithm.
     *
     * @param algorithm the algorithm
     * @return the digest, or empty if the event has none of this algorithm
     */
    public Optional<Digest> digest(HashAlgorithm algorithm) {
        OptionalInt digestOffset = digestOffset(algorithm);
        return digestOffset.isPresent()
                ? Optional.of(new Digest(algorithm, log.bytes().slice(digestOffset.getAsInt(), algorithm.digestSize())))
                : Optional.empty();
    }

    /**
     * Where the digest of one algorithm is.
     *
     * @param algorithm the algorithm
     * @return the offset in bytes from the start of the log, or empty if the event has no digest of the algorithm
     */
    public OptionalInt digestOffset(HashAlgorithm algorithm) {
        if (isLegacy()) {
            return algorithm.equals(HashAlgorithm.SHA1)
                    ? OptionalInt.of(offset + EventLogReader.LEGACY_DIGEST_OFFSET)
                    : OptionalInt.empty();
        }
        AlgorithmTable algorithms = log.algorithmTable();
        int index = algorithms.indexOf(algorithm.id(), 0);
        if (index < 0 || algorithms.digestSize(index) != algorithm.digestSize()) {
            return OptionalInt.empty();
        }
        int start = offset + EventLogReader.DIGEST_COUNT_OFFSET;
        int at = log.hasCompleteDigests()
                ? start + algorithms.completeOffset(index)
                : algorithms.digestOffset(log.bytes(), start, index);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }

    /** {@return the event data, a window into the log} */
    public Bytes data() {
        int sizeOffset = sizeOffset();
        return log.bytes().slice(sizeOffset + Integer.BYTES, (int) log.bytes().u32(sizeOffset));
    }

    /** {@return where the event data begin, in bytes from the start of the log} */
    public int dataOffset() {
        return sizeOffset() + Integer.BYTES;
    }

    /** {@return the whole event, from the PCR index to the last byte of its data} */
    public Bytes encoded() {
        int sizeOffset = sizeOffset();
        return log.bytes()
                .slice(offset, sizeOffset + Integer.BYTES + (int) log.bytes().u32(sizeOffset) - offset);
    }

    private boolean isLegacy() {
        return number == 0 || log.format() == EventLog.Format.LEGACY;
    }

    private Digest legacyDigest() {
        return new Digest(
                HashAlgorithm.SHA1,
                log.bytes().slice(offset + EventLogReader.LEGACY_DIGEST_OFFSET, HashAlgorithm.SHA1.digestSize()));
    }

    private long digestCount() {
        return log.bytes().u32(offset + EventLogReader.DIGEST_COUNT_OFFSET);
    }

    private int sizeOffset() {
        if (isLegacy()) {
            return offset + EventLogReader.LEGACY_SIZE_OFFSET;
        }
        AlgorithmTable algorithms = log.algorithmTable();
        int digests = offset + EventLogReader.DIGEST_COUNT_OFFSET;
        return log.hasCompleteDigests()
                ? digests + algorithms.completeSize()
                : algorithms.endOfDigests(log.bytes(), digests);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event that
                && number == that.number
                && isLegacy() == that.isLegacy()
                && encoded().equals(that.encoded());
    }

    @Override
    public int hashCode() {
        return encoded().hashCode();
    }

    @Override
    public String toString() {
        return "Event[" + number + ", PCR " + pcrIndex() + ", " + claimedType() + ", " + data().length() + " bytes]";
    }
}
