package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.FieldValue;
import java.util.Map;
import java.util.Optional;

final class SipaMeanings {
    private static final Map<Long, String> TRANSFER_CONTROL = Map.of(
            0L, "none",
            1L, "OS loader",
            2L, "resume from hibernation",
            3L, "Microsoft utility",
            4L, "application without signature check",
            5L, "hypervisor");

    private static final Map<Long, String> OS_DEVICE = Map.ofEntries(
            Map.entry(0L, "unknown"),
            Map.entry(0x0001_0001L, "hard disk"),
            Map.entry(0x0001_0002L, "removable disk"),
            Map.entry(0x0001_0003L, "CD-ROM"),
            Map.entry(0x0001_0004L, "partition"),
            Map.entry(0x0001_0005L, "file"),
            Map.entry(0x0001_0006L, "RAM disk"),
            Map.entry(0x0001_0007L, "virtual hard disk"),
            Map.entry(0x0002_0000L, "serial"),
            Map.entry(0x0003_0000L, "UDP"),
            Map.entry(0x0004_0000L, "VMBus"),
            Map.entry(0x0005_0000L, "composite"),
            Map.entry(0x0006_0000L, "CimFS"));

    private static final Map<Long, String> DATA_EXECUTION_PREVENTION =
            Map.of(0L, "opt in", 1L, "opt out", 2L, "always off", 3L, "always on");

    private static final Map<Long, String> LAUNCH = Map.of(0L, "off", 1L, "auto");

    private static final Map<Long, String> SMT =
            Map.of(0L, "disabled in firmware or not supported", 1L, "enabled", 2L, "disabled in software");

    private static final Map<Long, String> IDK_GENERATION = Map.of(0L, "cached if available", 1L, "new at each boot");

    private static final Map<Long, String> CAPI_HASH = Map.of(
            0x8002L, "MD4",
            0x8003L, "MD5",
            0x8004L, "SHA-1",
            0x800cL, "SHA-256",
            0x800dL, "SHA-384",
            0x800eL, "SHA-512");

    private SipaMeanings() {}

    static Optional<String> of(SipaEventType type, FieldValue value) {
        if (value.number().isEmpty()) {
            return Optional.empty();
        }
        long number = value.number().getAsLong();
        return switch (type) {
            case TRANSFER_CONTROL -> lookUp(TRANSFER_CONTROL, number);
            case OSDEVICE -> lookUp(OS_DEVICE, number);
            case DATAEXECUTIONPREVENTION -> lookUp(DATA_EXECUTION_PREVENTION, number);
            case HYPERVISOR_LAUNCH_TYPE, VSM_LAUNCH_TYPE -> lookUp(LAUNCH, number);
            case SMT_STATUS -> lookUp(SMT, number);
            case IDK_GENERATION_STATUS -> lookUp(IDK_GENERATION, number);
            case HASHALGORITHMID -> lookUp(CAPI_HASH, number);
            case BITLOCKER_UNLOCK -> Optional.of(BitLockerUnlock.text(number));
            case MODULE_VERSION -> Optional.of(version(number));
            default -> Optional.empty();
        };
    }

    static String version(long value) {
        return (value >>> 48) + "." + (value >>> 32 & 0xffff) + "." + (value >>> 16 & 0xffff) + "." + (value & 0xffff);
    }

    private static Optional<String> lookUp(Map<Long, String> meanings, long number) {
        return Optional.ofNullable(meanings.get(number));
    }
}
