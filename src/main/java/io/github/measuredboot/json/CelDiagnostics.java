package io.github.measuredboot.json;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.DiagnosticCollector;

final class CelDiagnostics {
    private CelDiagnostics() {}

    static void observe(CelRecord record, DiagnosticCollector diagnostics) {
        if (record.contentType().isEmpty()) {
            diagnostics.add(DiagnosticCode.RECORD_WITHOUT_CONTENT_TYPE, record.offset());
        }
        if (!record.unknownDigests().isEmpty()) {
            diagnostics.add(DiagnosticCode.RECORD_ALGORITHM_UNKNOWN, record.offset());
        }
    }
}
