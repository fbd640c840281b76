package io.github.measuredboot.internal.json;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/** What several reports say of a log. */
public final class LogMembers {
    private LogMembers() {}

    /** {@code format, algorithms}. */
    public static void format(DataWriter out, EventLog log) {
        out.put("format", log.format().id())
                .texts(
                        "algorithms",
                        log.algorithms().stream().map(HashAlgorithm::name).toList());
    }

    /** {@code confidentialVm}. */
    public static void registers(DataWriter out, MeasurementRegisters registers) {
        out.put("confidentialVm", registers == MeasurementRegisters.CC_MEASUREMENT_REGISTERS);
    }

    /** {@code registerName}, where an index alone could be taken for that of a PCR. */
    public static void register(DataWriter out, MeasurementRegisters registers, long index) {
        if (registers == MeasurementRegisters.CC_MEASUREMENT_REGISTERS) {
            out.put("registerName", registers.name(index));
        }
    }

    /** An array of {@code code, offset, message}. */
    public static void diagnostics(DataWriter out, String name, List<Diagnostic> diagnostics) {
        out.objects(
                name,
                diagnostics,
                diagnostic -> out.put("code", diagnostic.code().id())
                        .put("offset", diagnostic.offset())
                        .put("message", diagnostic.message()));
    }

    /** {@code error} with {@code offset, structure, field, reason, message}. */
    public static void error(DataWriter out, Fault fault) {
        out.object(
                "error",
                () -> out.put("offset", fault.offset())
                        .put("structure", fault.structure())
                        .put("field", fault.field())
                        .put("reason", fault.reason())
                        .put("message", fault.message()));
    }

    /** Bank to hexadecimal digits. */
    public static void digests(DataWriter out, String name, Iterable<Digest> digests) {
        out.object(
                name, () -> digests.forEach(digest -> out.put(digest.algorithm().name(), digest.value())));
    }
}
