package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import java.util.List;

/** What registers are called, and what is usual to measure into them. */
record RegisterNames(MeasurementRegisters registers, boolean isWindows) {
    private static final List<String> REGISTERS = List.of(
            "the VM's image", "firmware, Secure Boot", "what was booted", "the operating system", "applications");
    private static final List<String> PCRS = List.of(
            "firmware code",
            "firmware settings",
            "drivers, option ROMs",
            "driver settings",
            "what was booted",
            "attempts, partitions",
            "vendor's own",
            "Secure Boot",
            "loader commands",
            "files loaded",
            "IMA, run time",
            "UKI sections, phases",
            "passed to the kernel",
            "system extensions",
            "machine owner keys",
            "the running system",
            "debugging");
    private static final List<String> WINDOWS =
            List.of("BitLocker", "Windows: data", "Windows: modules", "Windows: authorities");
    private static final int FIRST_OF_WINDOWS = 11;
    private static final int LAST_OF_DYNAMIC_LAUNCH = 22;
    private static final int LAST = 23;

    static RegisterNames of(BootSummary summary) {
        return new RegisterNames(summary.registers(), summary.windows().isPresent());
    }

    /** Those that both have; PCRs, which any index can be, where they are not of one kind. */
    static RegisterNames ofBoth(BootInput first, BootInput second) {
        RegisterNames names = of(second.summary());
        return new RegisterNames(
                first.summary().registers() == names.registers ? names.registers : MeasurementRegisters.PCRS,
                names.isWindows);
    }

    boolean isConfidentialVm() {
        return registers == MeasurementRegisters.CC_MEASUREMENT_REGISTERS;
    }

    String name(long register) {
        return registers.name(register);
    }

    /** Without the index that is in brackets. */
    String shortName(long register) {
        String name = name(register);
        int bracket = name.indexOf(" (");
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    String meaning(long register) {
        if (isConfidentialVm()) {
            return register < REGISTERS.size() ? REGISTERS.get((int) register) : "";
        }
        if (isWindows && register >= FIRST_OF_WINDOWS && register < FIRST_OF_WINDOWS + WINDOWS.size()) {
            return WINDOWS.get((int) register - FIRST_OF_WINDOWS);
        }
        if (register < PCRS.size()) {
            return PCRS.get((int) register);
        }
        return register <= LAST_OF_DYNAMIC_LAUNCH ? "dynamic launch" : register == LAST ? "applications" : "";
    }
}
