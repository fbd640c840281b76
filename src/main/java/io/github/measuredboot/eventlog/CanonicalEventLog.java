package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * A TCG Canonical Event Log, which holds, in one sequence, the firmware's events and what the operating system measured, as {@code
 * systemd-pcrlock cel} prints it. It has no EV_NO_ACTION events, and so has no startup locality.
 *
 * @param records the records in their order
 * @param diagnostics the peculiarities that were found, in ascending order of offset, one for each code
 */
public record CanonicalEventLog(List<CelRecord> records, List<Diagnostic> diagnostics) {
    private static final int MAX_ALGORITHMS = 64;

    public CanonicalEventLog {
        records = List.copyOf(records);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * The firmware's part as an event log: the {@code pcclient_std} records up to the first record of another kind. Its Spec ID and
     * StartupLocality events are synthesized; they are not among the records.
     *
     * @param startupLocality the locality of TPM2_Startup, 0, 3 or 4, which this log does not record
     * @return the events; none if the first record is of another kind
     * @throws MalformedDataException if the records make up no event log because they have no digest at all, or too many algorithms
     */
    public EventLog firmwareLog(int startupLocality) throws MalformedDataException {
        List<CelRecord> firmware = records.subList(0, firmwareRecordCount());
        List<HashAlgorithm> algorithms = firmware.stream()
                .flatMap(record -> record.digests().stream())
                .map(Digest::algorithm)
                .distinct()
                .toList();
        ByteWriter log = new ByteWriter();
        writeHeader(log, SpecIdEvent.of(algorithms).encode());
        if (startupLocality != 0) {
            List<Digest> zeros = algorithms.stream()
                    .map(algorithm -> new Digest(algorithm, algorithm.zeroDigest()))
                    .toList();
            writeEvent(log, 0, EventType.EV_NO_ACTION, zeros, StartupLocalityEvent.encode(startupLocality));
        }
        for (CelRecord record : firmware) {
            if (record.register() instanceof CelRecord.Register.Pcr pcr
                    && record.content() instanceof CelRecord.Content.PcClient event) {
                writeEvent(log, pcr.index(), event.eventType(), record.digests(), event.eventData());
            }
        }
        return EventLog.parse(log.toBytes(), ParseLimits.DEFAULT.withMaxAlgorithms(MAX_ALGORITHMS));
    }

    private static void writeHeader(ByteWriter log, Bytes specId) {
        log.u32(0).u32(EventType.EV_NO_ACTION.value()).zeros(HashAlgorithm.SHA1.digestSize());
        log.u32(specId.length()).bytes(specId);
    }

    private static void writeEvent(ByteWriter log, int pcr, EventType type, List<Digest> digests, Bytes data) {
        log.u32(pcr).u32(type.value()).u32(digests.size());
        digests.forEach(digest -> log.u16(digest.algorithm().id()).bytes(digest.value()));
        log.u32(data.length()).bytes(data);
    }

    /** {@return the records after the firmware's part, for replay after {@link #firmwareLog}} */
    public UserspaceLog userspaceLog() {
        return new UserspaceLog(records.subList(firmwareRecordCount(), records.size()), false, List.of());
    }

    private int firmwareRecordCount() {
        int count = 0;
        while (count < records.size() && isFirmware(records.get(count))) {
            count++;
        }
        return count;
    }

    private static boolean isFirmware(CelRecord record) {
        return record.register() instanceof CelRecord.Register.Pcr
                && record.content() instanceof CelRecord.Content.PcClient;
    }
}
