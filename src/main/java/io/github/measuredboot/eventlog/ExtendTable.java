package io.github.measuredboot.eventlog;

import io.github.measuredboot.tpm.PcrBank;

/**
 * The extends of a log in the order of its events, as numbers: what a replay of all banks needs, without an object for each event.
 * Only measured events extend a PCR ({@link Event#isMeasured()}).
 */
public final class ExtendTable {
    private final int[] events; // measured ones from its start, the others from its end
    private final byte[] pcrs;
    private final int[] digestOffsets;
    private final int banks;
    private final int size;
    private final int[] counts;

    private ExtendTable(int[] events, byte[] pcrs, int[] digestOffsets, int banks, int size, int[] counts) {
        this.events = events;
        this.pcrs = pcrs;
        this.digestOffsets = digestOffsets;
        this.banks = banks;
        this.size = size;
        this.counts = counts;
    }

    static ExtendTable of(EventLog log, int[] eventOffsets) {
        int banks = log.algorithms().size();
        int[] events = new int[eventOffsets.length];
        byte[] pcrs = new byte[eventOffsets.length];
        int[] digestOffsets = new int[Math.multiplyExact(eventOffsets.length, banks)];
        int[] counts = new int[banks * PcrBank.PCR_COUNT];
        int size = 0;
        int unmeasured = 0;
        for (int number = 0; number < eventOffsets.length; number++) {
            int offset = eventOffsets[number];
            long indexAndType = log.bytes().u64(offset);
            long pcr = indexAndType & 0xffff_ffffL;
            if (pcr >= PcrBank.PCR_COUNT || indexAndType >>> Integer.SIZE == EventLogReader.NO_ACTION) {
                events[events.length - ++unmeasured] = number;
                continue;
            }
            log.locateDigests(offset, digestOffsets, size * banks);
            for (int bank = 0; bank < banks; bank++) {
                if (digestOffsets[size * banks + bank] >= 0) {
                    counts[bank * PcrBank.PCR_COUNT + (int) pcr]++;
                }
            }
            pcrs[size] = (byte) pcr;
            events[size++] = number;
        }
        return new ExtendTable(events, pcrs, digestOffsets, banks, size, counts);
    }

    /** {@return the number of measured events} */
    public int size() {
        return size;
    }

    /**
     * The number of a measured event in the log.
     *
     * @param index its place among the measured events
     * @return the index in {@link EventLog#events()}
     */
    public int event(int index) {
        return events[index];
    }

    /**
     * The PCR that a measured event extends.
     *
     * @param index its place among the measured events
     * @return the PCR index, 0 to 23
     */
    public int pcr(int index) {
        return pcrs[index];
    }

    /**
     * Where a digest of a measured event is.
     *
     * @param index the place of the event among the measured events
     * @param bank the index of the algorithm in {@link EventLog#algorithms()}
     * @return the offset in bytes from the start of the log, or -1 if the event has no digest of the algorithm
     */
    public int digestOffset(int index, int bank) {
        return digestOffsets[index * banks + bank];
    }

    /**
     * How often the log extends a PCR.
     *
     * @param pcr the PCR index, 0 to 23
     * @param bank the index of the algorithm in {@link EventLog#algorithms()}
     * @return the number of digests of the algorithm that measured events have for the PCR
     */
    public int extendCount(int pcr, int bank) {
        return counts[bank * PcrBank.PCR_COUNT + pcr];
    }

    /** {@return the number of events that are not measured} */
    public int unmeasuredSize() {
        return events.length - size;
    }

    /**
     * The number of an event that is not measured.
     *
     * @param index its place among the events that are not measured
     * @return the index in {@link EventLog#events()}
     */
    public int unmeasuredEvent(int index) {
        return events[events.length - 1 - index];
    }
}
