package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for which registers the events of a log extend. */
final class RegistersOption {
    @Option(
            names = "--cc-registers",
            negatable = true,
            description =
                    "The log is that of a confidential VM (Intel TDX): its events extend CC measurement registers instead of"
                            + " PCRs, 1 to 4 are RTMR 0 to 3. Default: as the header of the log has it, which nothing measures")
    private @Nullable Boolean ccRegisters;

    /** Whether the caller says that there are no PCRs. */
    boolean isConfidentialVm() {
        return Boolean.TRUE.equals(ccRegisters);
    }

    /** For a log that is compared with nothing. */
    MeasurementRegisters of(EventLog log) {
        boolean confidential = ccRegisters == null ? isClaimed(log) : ccRegisters;
        return confidential ? MeasurementRegisters.CC_MEASUREMENT_REGISTERS : MeasurementRegisters.PCRS;
    }

    /** What to say of it on a log whose header is all that there is. */
    List<String> notes(String name, EventLog log) {
        return ccRegisters == null && isClaimed(log)
                ? List.of(name
                        + ": its header, which is not measured, is that of a confidential VM, so its indexes are taken for"
                        + " measurement registers; if it is the log of a TPM, --no-cc-registers takes them for PCRs")
                : List.of();
    }

    private static boolean isClaimed(EventLog log) {
        return log.has(DiagnosticCode.CC_MEASUREMENT_REGISTERS);
    }
}
