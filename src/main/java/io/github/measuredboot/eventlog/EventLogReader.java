package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.internal.binary.Occurrences;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One walk over a log that checks every length and remembers where each event begins. */
final class EventLogReader {
    static final long NO_ACTION = EventType.EV_NO_ACTION.value();
    static final int DIGEST_COUNT_OFFSET = 8;
    static final int EVENT2_DIGESTS_OFFSET = 12;
    static final int LEGACY_DIGEST_OFFSET = 8;
    static final int LEGACY_SIZE_OFFSET = LEGACY_DIGEST_OFFSET + HashAlgorithm.SHA1.digestSize();

    private static final String LEGACY_EVENT = "TCG_PCR_EVENT";
    private static final String EVENT2 = "TCG_PCR_EVENT2";
    private static final long CC_REGISTERS = 0b11110;
    private static final int FIRST_CC_REGISTER = 1;
    private static final int INITIAL_EVENTS = 64;

    private final Bytes log;
    private final ParseLimits limits;
    private final Occurrences<DiagnosticCode> diagnostics = new Occurrences<>();
    private int[] offsets = new int[INITIAL_EVENTS];
    private int eventCount;
    private int position;
    private EventLog.Format format = EventLog.Format.LEGACY;
    private @Nullable SpecIdEvent specId;
    private AlgorithmTable algorithms = AlgorithmTable.LEGACY;
    private int headerAlgorithmCount;
    private long measuredIndexes;
    private boolean completeDigests = true;

    EventLogReader(Bytes log, ParseLimits limits) {
        this.log = log;
        this.limits = limits;
    }

    void read() throws MalformedDataException {
        if (log.length() > limits.maxLogSize()) {
            throw fault(0, "event log", "size", log.length() + " bytes are more than the limit " + limits.maxLogSize());
        }
        int paddingStart = startOfUniformTail();
        if (paddingStart == 0) {
            throw fault(
                    0, "event log", "events", log.isEmpty() ? "the input is empty" : "there is nothing but padding");
        }
        readFirstEvent();
        while (position < paddingStart) {
            if (format == EventLog.Format.LEGACY) {
                readLegacyEvent();
            } else {
                readEvent2();
                readOrderedEvents(paddingStart);
            }
        }
        if (position < log.length()) {
            diagnostics.add(DiagnosticCode.PADDING, position);
        }
    }

    EventLog toEventLog() {
        if (isConfidentialComputing()) {
            diagnostics.add(DiagnosticCode.CC_MEASUREMENT_REGISTERS, 0);
        }
        return new EventLog(
                log,
                format,
                specId,
                algorithms,
                completeDigests,
                Arrays.copyOf(offsets, eventCount),
                log.from(position),
                diagnostics.toList(Diagnostic::new));
    }

    EventLog toIncompleteEventLog(Fault fault) {
        diagnostics.add(DiagnosticCode.INCOMPLETE, fault.offset());
        return toEventLog();
    }

    private int startOfUniformTail() {
        int end = log.length();
        if (end == 0 || (log.u8(end - 1) != 0x00 && log.u8(end - 1) != 0xff)) {
            return end;
        }
        int fill = log.u8(end - 1);
        int start = end - 1;
        while (start > 0 && log.u8(start - 1) == fill) {
            start--;
        }
        return start;
    }

    private void readFirstEvent() throws MalformedDataException {
        readLegacyEvent();
        Bytes data = log.slice(LEGACY_SIZE_OFFSET + Integer.BYTES, position - LEGACY_SIZE_OFFSET - Integer.BYTES);
        boolean noAction = log.u32(Integer.BYTES) == NO_ACTION;
        if (noAction && SpecIdEvent.isSpecId(data, SpecIdEvent.Version.EVENT03)) {
            format = EventLog.Format.CRYPTO_AGILE;
            algorithms = AlgorithmTable.NONE;
            SpecIdEvent header = SpecIdEvent.decode(data, LEGACY_SIZE_OFFSET + Integer.BYTES, limits.maxAlgorithms());
            useHeader(header);
            algorithms = new AlgorithmTable(header.algorithms());
            headerAlgorithmCount = header.algorithms().size();
            for (HashAlgorithm algorithm : header.algorithms()) {
                if (!algorithm.isStandard()) {
                    diagnostics.add(DiagnosticCode.ALGORITHM_NOT_SUPPORTED, 0);
                }
            }
        } else if (noAction && SpecIdEvent.isSpecId(data)) {
            try {
                useHeader(SpecIdEvent.decode(data, LEGACY_SIZE_OFFSET + Integer.BYTES, limits.maxAlgorithms()));
            } catch (MalformedDataException e) {
                diagnostics.add(DiagnosticCode.SPEC_ID_MALFORMED, 0);
            }
        } else {
            if (noAction && SpecIdEvent.looksLikeSpecId(data)) {
                diagnostics.add(DiagnosticCode.SPEC_ID_VERSION, 0);
            }
            diagnostics.add(
                    noAction && StartupLocalityEvent.isStartupLocality(data)
                            ? DiagnosticCode.LEGACY_STARTS_WITH_STARTUP_LOCALITY
                            : DiagnosticCode.LEGACY_WITHOUT_SPEC_ID,
                    0);
        }
    }

    private void useHeader(SpecIdEvent header) {
        specId = header;
        if (!header.hasUsualVersion()) {
            diagnostics.add(DiagnosticCode.SPEC_ID_VERSION, 0);
        }
        if (!header.trailing().isEmpty()) {
            diagnostics.add(DiagnosticCode.SPEC_ID_TRAILING_BYTES, 0);
        }
    }

    private void readLegacyEvent() throws MalformedDataException {
        int start = position;
        if (log.length() - start < LEGACY_SIZE_OFFSET + Integer.BYTES) {
            throw cutOff(start, LEGACY_EVENT, "header", LEGACY_SIZE_OFFSET + Integer.BYTES, start);
        }
        boolean noAction = log.u32(start + Integer.BYTES) == NO_ACTION;
        if (noAction) {
            checkNoActionDigest(start, start + LEGACY_DIGEST_OFFSET, HashAlgorithm.SHA1.digestSize());
        }
        int dataOffset = readEventSize(start, start + LEGACY_SIZE_OFFSET, LEGACY_EVENT, "eventDataSize");
        noteEvent(start, log.u32(start), noAction, dataOffset);
    }

    /** Reads measured events whose digests are in the order of the header, as nearly all are, up to the first event that is not of this kind. */
    private void readOrderedEvents(int end) {
        int start = position;
        int count = eventCount;
        long indexes = measuredIndexes;
        while (start < end && count < limits.maxEvents()) {
            int sizeOffset = endOfOrderedDigests(start);
            if (sizeOffset < 0) {
                break;
            }
            long indexAndType = log.u64(start);
            long pcrIndex = indexAndType & 0xffff_ffffL;
            int dataOffset = sizeOffset + Integer.BYTES;
            long size = log.u32(sizeOffset);
            if (pcrIndex >= PcrBank.PCR_COUNT
                    || indexAndType >>> Integer.SIZE == NO_ACTION
                    || size > log.length() - dataOffset) {
                break;
            }
            if (log.u32(start + DIGEST_COUNT_OFFSET) < headerAlgorithmCount) {
                noteDigestsMissing(start);
            }
            setOffset(count++, start);
            indexes |= 1L << pcrIndex;
            start = dataOffset + (int) size;
        }
        position = start;
        eventCount = count;
        measuredIndexes = indexes;
    }

    /** Where the digests end, with room for the size after them, if they are in the order of the header; else -1. */
    private int endOfOrderedDigests(int start) {
        if (log.length() - start < DIGEST_COUNT_OFFSET + algorithms.completeSize() + Integer.BYTES) {
            return -1;
        }
        long digestCount = log.u32(start + DIGEST_COUNT_OFFSET);
        int at = start + EVENT2_DIGESTS_OFFSET;
        int matched = 0;
        for (int i = 0; i < headerAlgorithmCount && matched < digestCount; i++) {
            if (log.u16(at) == algorithms.id(i)) {
                at += Short.BYTES + algorithms.digestSize(i);
                matched++;
            }
        }
        return matched == digestCount ? at : -1;
    }

    private void readEvent2() throws MalformedDataException {
        int start = position;
        if (log.length() - start < EVENT2_DIGESTS_OFFSET) {
            throw cutOff(start, EVENT2, "header", EVENT2_DIGESTS_OFFSET, start);
        }
        long indexAndType = log.u64(start);
        boolean noAction = indexAndType >>> Integer.SIZE == NO_ACTION;
        int sizeOffset = readDigests(start, noAction);
        if (log.length() - sizeOffset < Integer.BYTES) {
            throw cutOff(start, EVENT2, "eventSize", Integer.BYTES, sizeOffset);
        }
        int dataOffset = readEventSize(start, sizeOffset, EVENT2, "eventSize");
        noteEvent(start, indexAndType & 0xffff_ffffL, noAction, dataOffset);
    }

    private void noteDigestsMissing(int start) {
        diagnostics.add(DiagnosticCode.DIGESTS_MISSING, start);
        completeDigests = false;
    }

    private int readDigests(int start, boolean noAction) throws MalformedDataException {
        long digestCount = log.u32(start + DIGEST_COUNT_OFFSET);
        long seen = 0;
        int previous = -1;
        boolean inOrder = true;
        int at = start + EVENT2_DIGESTS_OFFSET;
        for (int i = 0; i < digestCount; i++) {
            if (log.length() - at < Short.BYTES) {
                throw cutOff(start, EVENT2, "digests[" + i + "].hashAlg", Short.BYTES, at);
            }
            int algorithmId = log.u16(at);
            int index = algorithms.indexOf(algorithmId, i);
            if (index < 0) {
                index = addAlgorithmOfEvent(algorithmId, start, i, at);
            }
            if (((seen >> index) & 1) != 0) {
                throw fault(at, EVENT2, "digests[" + i + "].hashAlg", "a second digest of " + algorithms.get(index));
            }
            seen |= 1L << index;
            inOrder &= index > previous;
            previous = index;
            int digestSize = algorithms.digestSize(index);
            if (log.length() - at - Short.BYTES < digestSize) {
                throw cutOff(start, EVENT2, "digests[" + i + "].digest", digestSize, at + Short.BYTES);
            }
            if (noAction) {
                checkNoActionDigest(start, at + Short.BYTES, digestSize);
            }
            at += Short.BYTES + digestSize;
        }
        if (!inOrder) {
            diagnostics.add(DiagnosticCode.DIGEST_ORDER, start);
            completeDigests = false;
        }
        if (Long.numberOfTrailingZeros(~seen) < headerAlgorithmCount) {
            noteDigestsMissing(start);
        }
        return at;
    }

    private int addAlgorithmOfEvent(int algorithmId, int start, int digest, int at) throws MalformedDataException {
        String field = "digests[" + digest + "].hashAlg";
        HashAlgorithm algorithm = HashAlgorithm.byId(algorithmId)
                .orElseThrow(() -> fault(
                        at,
                        EVENT2,
                        field,
                        String.format(
                                "algorithm 0x%04x is not in the header, its digest size is unknown", algorithmId)));
        if (algorithms.size() == limits.maxAlgorithms()) {
            throw fault(at, EVENT2, field, "more algorithms than the limit " + limits.maxAlgorithms());
        }
        diagnostics.add(DiagnosticCode.DIGEST_ALGORITHM_NOT_IN_HEADER, start);
        algorithms = algorithms.with(algorithm);
        completeDigests = false;
        return algorithms.size() - 1;
    }

    private int readEventSize(int start, int sizeOffset, String structure, String field) throws MalformedDataException {
        long size = log.u32(sizeOffset);
        int dataOffset = sizeOffset + Integer.BYTES;
        if (size > log.length() - dataOffset) {
            throw fault(
                    sizeOffset,
                    structure,
                    field,
                    "event " + eventCount + " has " + size + " bytes of data by its size field, "
                            + (log.length() - dataOffset) + " bytes are left");
        }
        if (eventCount == limits.maxEvents()) {
            throw fault(start, "event log", "events", "more events than the limit " + limits.maxEvents());
        }
        position = dataOffset + (int) size;
        return dataOffset;
    }

    private void noteEvent(int start, long pcrIndex, boolean noAction, int dataOffset) {
        setOffset(eventCount++, start);
        if (pcrIndex >= PcrBank.PCR_COUNT) {
            diagnostics.add(
                    pcrIndex == Event.NO_PCR ? DiagnosticCode.PCR_INDEX_NONE : DiagnosticCode.PCR_INDEX_OUT_OF_RANGE,
                    start);
        }
        if (noAction) {
            noteNoAction(start, log.slice(dataOffset, position - dataOffset));
        } else {
            measuredIndexes |= 1L << Math.min(pcrIndex, PcrBank.PCR_COUNT);
        }
    }

    private void setOffset(int event, int start) {
        if (event == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.multiplyExact(event, 2));
        }
        offsets[event] = start;
    }

    private void noteNoAction(int start, Bytes data) {
        if (StartupLocalityEvent.isStartupLocality(data) && data.length() > StartupLocalityEvent.SIZE) {
            diagnostics.add(DiagnosticCode.STARTUP_LOCALITY_OVERSIZED, start);
        }
        if (start > 0 && SpecIdEvent.isSpecId(data)) {
            diagnostics.add(DiagnosticCode.SPEC_ID_NOT_FIRST, start);
        }
    }

    private void checkNoActionDigest(int start, int digestOffset, int digestSize) {
        if (!log.slice(digestOffset, digestSize).isFilledWith(0)) {
            diagnostics.add(DiagnosticCode.NO_ACTION_DIGEST_NOT_ZERO, start);
        }
    }

    /** Firmware of confidential VMs puts the index of RTMR0 into the header, or measures into RTMRs by SHA-384 only. */
    private boolean isConfidentialComputing() {
        if (format != EventLog.Format.CRYPTO_AGILE || eventCount == 0) {
            return false;
        }
        boolean onlySha384 = algorithms.size() == 1 && algorithms.get(0).equals(HashAlgorithm.SHA384);
        boolean onlyCcRegisters = measuredIndexes != 0 && (measuredIndexes & ~CC_REGISTERS) == 0;
        return log.u32(0) == FIRST_CC_REGISTER || (onlySha384 && onlyCcRegisters);
    }

    private MalformedDataException cutOff(int start, String structure, String field, int needed, int at) {
        return fault(
                at,
                structure,
                field,
                "event " + eventCount + ", which begins at offset " + start + ", is cut off: needs " + needed
                        + " bytes here, " + (log.length() - at) + " are left");
    }

    private static MalformedDataException fault(long offset, String structure, String field, String reason) {
        return new MalformedDataException(new Fault(offset, structure, field, reason));
    }
}
