package io.github.measuredboot.eventlog;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which registers the events of a log extend. The log itself says so nowhere that it could be believed, because its header is never
 * measured. Whoever has the values knows: a TPM has PCRs, and a confidential VM has measurement registers.
 */
public enum MeasurementRegisters {
    /** The PCRs of a TPM (PFP 3.3.4). */
    PCRS(0, 7, 7, 0),

    /**
     * The CC measurement registers of a confidential VM (UEFI 38.4.1): MRTD and RTMR[0] to RTMR[3] of Intel TDX are 0 to 4. Register 1
     * holds what PCR 1 and PCR 7 hold, and register 2 holds what PCR 2 to 6 hold.
     */
    CC_MEASUREMENT_REGISTERS(1, 2, 1, 1);

    private static final int LAST_RTMR = 4;

    private final long firstOfFirmware;
    private final long lastOfFirmware;
    private final long secureBoot;
    private final long lastOfCrtm;

    MeasurementRegisters(long firstOfFirmware, long lastOfFirmware, long secureBoot, long lastOfCrtm) {
        this.firstOfFirmware = firstOfFirmware;
        this.lastOfFirmware = lastOfFirmware;
        this.secureBoot = secureBoot;
        this.lastOfCrtm = lastOfCrtm;
    }

    /**
     * What a register is called.
     *
     * @param register the index
     * @return for example {@code PCR 7}, or {@code RTMR 0 (register 1)}
     */
    public String name(long register) {
        if (this == PCRS) {
            return "PCR " + register;
        }
        return register == 0
                ? "MRTD (register 0)"
                : register <= LAST_RTMR
                        ? "RTMR " + (register - 1) + " (register " + register + ")"
                        : "register " + register;
    }

    /**
     * What several registers are called.
     *
     * @param registers the indexes
     * @return for example {@code PCR 4, 7}, or {@code RTMR 0 (register 1), RTMR 1 (register 2)}
     */
    public String names(List<? extends Number> registers) {
        return this == PCRS
                ? registers.stream().map(String::valueOf).collect(Collectors.joining(", ", "PCR ", ""))
                : registers.stream().map(register -> name(register.longValue())).collect(Collectors.joining(", "));
    }

    /**
     * Whether firmware extends a register until its separator.
     *
     * @param register the index
     * @return true for PCR 0 to 7, and for registers 1 and 2 of a confidential VM
     */
    public boolean isFirmware(long register) {
        return register >= firstOfFirmware && register <= lastOfFirmware;
    }

    /**
     * Whether the variables of Secure Boot are measured into a register.
     *
     * @param register the index
     * @return true for PCR 7, and for register 1 of a confidential VM
     */
    public boolean isSecureBoot(long register) {
        return register == secureBoot;
    }

    /**
     * Whether the version of the S-CRTM is measured into a register.
     *
     * @param register the index
     * @return true for PCR 0, and for registers 0 and 1 of a confidential VM
     */
    public boolean isCrtm(long register) {
        return register <= lastOfCrtm;
    }
}
