package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventLog;

/** Which register is for what: PCRs (PFP 3.3.4), or the registers of a confidential VM (UEFI 38.4.1), 0 being that of its first image. */
enum Registers {
    PCRS(0, 7, 7),
    CONFIDENTIAL(1, 2, 1);

    private final long firstOfFirmware;
    private final long lastOfFirmware;
    private final long secureBoot;

    Registers(long firstOfFirmware, long lastOfFirmware, long secureBoot) {
        this.firstOfFirmware = firstOfFirmware;
        this.lastOfFirmware = lastOfFirmware;
        this.secureBoot = secureBoot;
    }

    static Registers of(EventLog log) {
        return log.has(DiagnosticCode.CC_MEASUREMENT_REGISTERS) ? CONFIDENTIAL : PCRS;
    }

    boolean isFirmware(long register) {
        return register >= firstOfFirmware && register <= lastOfFirmware;
    }

    boolean isSecureBoot(long register) {
        return register == secureBoot;
    }
}
