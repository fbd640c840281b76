package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.eventlog.EventType;
import java.util.Set;

/** The event types that tpm2_eventlog knows. */
final class TypeNames {
    private static final Set<EventType> KNOWN = Set.of(
            EventType.EV_PREBOOT_CERT,
            EventType.EV_POST_CODE,
            EventType.EV_UNUSED,
            EventType.EV_NO_ACTION,
            EventType.EV_SEPARATOR,
            EventType.EV_ACTION,
            EventType.EV_EVENT_TAG,
            EventType.EV_S_CRTM_CONTENTS,
            EventType.EV_S_CRTM_VERSION,
            EventType.EV_CPU_MICROCODE,
            EventType.EV_PLATFORM_CONFIG_FLAGS,
            EventType.EV_TABLE_OF_DEVICES,
            EventType.EV_COMPACT_HASH,
            EventType.EV_IPL,
            EventType.EV_IPL_PARTITION_DATA,
            EventType.EV_NONHOST_CODE,
            EventType.EV_NONHOST_CONFIG,
            EventType.EV_NONHOST_INFO,
            EventType.EV_OMIT_BOOT_DEVICE_EVENTS,
            EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
            EventType.EV_EFI_VARIABLE_BOOT,
            EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
            EventType.EV_EFI_BOOT_SERVICES_DRIVER,
            EventType.EV_EFI_RUNTIME_SERVICES_DRIVER,
            EventType.EV_EFI_GPT_EVENT,
            EventType.EV_EFI_ACTION,
            EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB,
            EventType.EV_EFI_HANDOFF_TABLES,
            EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2,
            EventType.EV_EFI_HANDOFF_TABLES2,
            EventType.EV_EFI_VARIABLE_BOOT2,
            EventType.EV_EFI_HCRTM_EVENT,
            EventType.EV_EFI_VARIABLE_AUTHORITY);

    private TypeNames() {}

    static String of(EventType type, Tpm2ToolsRelease release) {
        return KNOWN.contains(type) && !isUnknownTo(release, type) ? type.name() : "Unknown event type";
    }

    static boolean isUnknownTo(Tpm2ToolsRelease release, EventType type) {
        return release == Tpm2ToolsRelease.V5_4 && type.equals(EventType.EV_EFI_HCRTM_EVENT);
    }
}
