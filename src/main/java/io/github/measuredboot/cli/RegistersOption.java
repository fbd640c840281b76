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
            description = "The log is that of a confidential VM (Intel TDX): its events extend CC measurement registers"
                    + " instead of PCRs, and 1 to 4 are RTMR 0 to 3. Default: what the header of the log says, which"
                    + " nothing measures, so that everything is then only claimed")
    private @Nullable Boolean ccRegisters;

    /** Whether the caller says that there are no PCRs. */
    boolean isConfidentialVm() {
        return Boolean.TRUE.equals(ccRegisters);
    }

    /** As the caller says, and otherwise PCRs. */
    MeasurementRegisters known() {
        return isConfidentialVm() ? MeasurementRegisters.CC_MEASUREMENT_REGISTERS : MeasurementRegisters.PCRS;
    }

    /** As the caller says, and otherwise as the log claims: for a log that is compared with nothing. */
    MeasurementRegisters of(EventLog log) {
        return isClaimed(log) ? MeasurementRegisters.CC_MEASUREMENT_REGISTERS : known();
    }

    /** Whether only the header of the log says that there are no PCRs. */
    boolean isClaimed(EventLog log) {
        return ccRegisters == null && log.has(DiagnosticCode.CC_MEASUREMENT_REGISTERS);
    }

    List<String> notes(String name, EventLog log) {
        return isClaimed(log)
                ? List.of(name
                        + ": its header, which is not measured, is that of a confidential VM, so all is only claimed here;"
                        + " --cc-registers takes its indexes for measurement registers, --no-cc-registers for PCRs")
                : List.of();
    }
}
