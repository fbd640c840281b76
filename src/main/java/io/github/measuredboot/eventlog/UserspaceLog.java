package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What systemd measured after the firmware's log ended: {@code /run/log/systemd/tpm2-measure.log}. Like an {@link EventLog} it is a claim
 * until a replay, of the firmware's log first and then of this, has reproduced trusted PCR values.
 *
 * @param records the measurements in their order
 * @param isMarkedUnfinished whether a measurement was under way when the log was read (systemd sets the sticky bit of the
 *     file meanwhile): the TPM may have been extended once more than the log says
 * @param diagnostics the peculiarities that were found, in ascending order of offset, one for each code
 */
public record UserspaceLog(List<CelRecord> records, boolean isMarkedUnfinished, List<Diagnostic> diagnostics) {
    /**
     * What could be read of a log, and why not more.
     *
     * @param readable the log, or the records before the fault
     * @param fault what is wrong with the log, or empty if all of it was read
     */
    public record Examination(UserspaceLog readable, Optional<Fault> fault) {}

    public UserspaceLog {
        records = List.copyOf(records);
        diagnostics = List.copyOf(diagnostics);
    }

    /** {@return the same log with {@link DiagnosticCode#USERSPACE_LOG_UNFINISHED} among its diagnostics} */
    public UserspaceLog markedUnfinished() {
        if (isMarkedUnfinished) {
            return this;
        }
        List<Diagnostic> marked = new ArrayList<>();
        marked.add(new Diagnostic(DiagnosticCode.USERSPACE_LOG_UNFINISHED, 0, 1));
        marked.addAll(diagnostics);
        return new UserspaceLog(records, true, marked);
    }

    /** {@return the algorithms of the digests, in the order of their first use} */
    public List<HashAlgorithm> algorithms() {
        return records.stream()
                .flatMap(record -> record.digests().stream())
                .map(Digest::algorithm)
                .distinct()
                .toList();
    }
}
