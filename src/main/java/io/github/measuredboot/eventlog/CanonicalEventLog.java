package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * A TCG Canonical Event Log, which holds the firmware's events and what the operating system measured in one sequence, as
 * {@code systemd-pcrlock cel} prints it. It has no EV_NO_ACTION events, and so does not tell the startup locality.
 *
 * @param records the records in their order
 * @param diagnostics the peculiarities that were met, by ascending offset, one for each code
 */
public record CanonicalEventLog(List<CelRecord> records, List<Diagnostic> diagnostics) {
    private static final int MAX_ALGORITHMS = 64;

    public CanonicalEventLog {
        records = List.copyOf(records);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * The firmware's part as an event log: the {@code pcclient_std} records up to the first record of another kind. Its
     * Spec ID and StartupLocality events are made up; they are not among the records.
     *
     * @param startupLocality the locality of TPM2_Startup, 0, 3 or 4: this log does not tell
     * @return the events; none if the first record is of another kind
     * @throws MalformedDataException if the records make no event log, as they have no digest at all, or too many
     *     algorithms
     */
    public EventLog firmwareLog(int startupLocality) throws MalformedDataException {
        List<CelRecord> firmware = records.subList(0, firmwareRecordCount());
        HashAlgorithm[] algorithms = firmware.stream()
                .flatMap(record -> record.digests().stream())
                .map(Digest::algorithm)
                .distinct()
                .toArray(HashAlgorithm[]::new);
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(algorithms);
        if (startupLocality != 0) {
            builder.startupLocality(startupLocality);
        }
        for (CelRecord record : firmware) {
            if (record.register() instanceof CelRecord.Register.Pcr pcr
                    && record.content() instanceof CelRecord.Content.PcClient event) {
                builder.event(pcr.index(), event.eventType(), record.digests(), event.eventData());
            }
        }
        return EventLog.parse(Bytes.wrap(builder.build()), ParseLimits.DEFAULT.withMaxAlgorithms(MAX_ALGORITHMS));
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
