package io.github.measuredboot.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event type: one of those in the PFP (section 10.4.1), or one of those of a dynamic launch by Intel TXT (TXT MLE Software Development
 * Guide, appendix F), which the SINIT module and the environment that it launches write for PCR 17 to 22. The set is open: firmware
 * vendors use numbers of their own.
 *
 * <p>No digest covers the type of an event: whoever can write the log can change it, and every PCR still replays.
 *
 * @param value the number, 0 to 4294967295
 */
public record EventType(long value) {
    /** How the data of an event are laid out. */
    public enum Layout {
        /** Any bytes. */
        ANY,
        /** A structure that its signature names (PFP 10.4.5). */
        NO_ACTION,
        /** Four bytes. */
        SEPARATOR,
        /** ASCII text. */
        TEXT,
        /** TCG_PCClientTaggedEvent structures, Windows' own included. */
        TAGGED,
        /** A text in UTF-16 or ASCII, or a GUID. */
        VERSION,
        /** What a boot loader chooses. */
        IPL,
        /** UEFI_PLATFORM_FIRMWARE_BLOB, UEFI_PLATFORM_FIRMWARE_BLOB2 or a name. */
        BLOB_OR_NAME,
        /** UEFI_PLATFORM_FIRMWARE_BLOB2. */
        BLOB2,
        /** A name, perhaps followed by data of the vendor's. */
        NAME,
        /** A number of 32 bits, or a name. */
        COMPACT_HASH,
        /** UEFI_HANDOFF_TABLE_POINTERS or a name. */
        HANDOFF_OR_NAME,
        /** UEFI_HANDOFF_TABLE_POINTERS. */
        HANDOFF,
        /** UEFI_HANDOFF_TABLE_POINTERS2. */
        HANDOFF2,
        /** UEFI_VARIABLE_DATA. */
        VARIABLE,
        /** UEFI_VARIABLE_DATA whose value is the signature database entry that an image was accepted by. */
        AUTHORITY,
        /** UEFI_IMAGE_LOAD_EVENT. */
        IMAGE_LOAD,
        /** UEFI_GPT_DATA. */
        GPT,
        /** DEVICE_SECURITY_EVENT_DATA or DEVICE_SECURITY_EVENT_DATA2. */
        DEVICE_SECURITY,
        /** A digest and 32 bits of flags. */
        HASH_AND_FLAGS,
        /** A number of 32 bits. */
        U32,
        /** For each of several NV indexes the byte 1 and a TPMS_NV_PUBLIC, or the byte 0 where it is not defined. */
        NV_INDEXES,
        /** Text of an environment that Intel TXT has launched. */
        LAUNCH_TEXT,
        /** What Intel does not document. */
        LAUNCH
    }

    /** What the digest of an event is the hash of, according to the specification; firmware departs from that in known ways. */
    public enum Measured {
        /** The event data, or something that is not in the log. */
        DATA_OR_OUTSIDE,
        /** Nothing: the event is not measured. */
        NOTHING,
        /** The event data, or the number 1 for an error. */
        SEPARATOR,
        /** The text of the event data. */
        TEXT,
        /** The text of the event data, which is a version. */
        VERSION,
        /** What a boot loader chooses. */
        IPL,
        /** The tagged events, or what their tags name. */
        TAGGED,
        /** The variable, GUID and name included. */
        VARIABLE,
        /** The variable; shim left out its last byte. */
        AUTHORITY,
        /** The value of the variable without its GUID and name. */
        VARIABLE_DATA,
        /** The event data. */
        DATA,
        /** Something that is not in the log, such as an image or a table. */
        OUTSIDE
    }

    private record Row(String name, Layout layout, Measured measured) {}

    private static final long MAX_VALUE = 0xffff_ffffL;
    private static final long FIRST_OF_TXT = 0x400;
    private static final long LAST_OF_TXT = 0x5ff;

    /** Filled by the constants below, and not changed afterwards. */
    private static final Map<Long, Row> ROWS = new HashMap<>();

    private static final Map<String, EventType> BY_NAME = new HashMap<>();

    public static final EventType EV_PREBOOT_CERT = row(0x0L, "EV_PREBOOT_CERT", Layout.ANY, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_POST_CODE =
            row(0x1L, "EV_POST_CODE", Layout.BLOB_OR_NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_UNUSED = row(0x2L, "EV_UNUSED", Layout.ANY, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_NO_ACTION = row(0x3L, "EV_NO_ACTION", Layout.NO_ACTION, Measured.NOTHING);
    public static final EventType EV_SEPARATOR = row(0x4L, "EV_SEPARATOR", Layout.SEPARATOR, Measured.SEPARATOR);
    public static final EventType EV_ACTION = row(0x5L, "EV_ACTION", Layout.TEXT, Measured.TEXT);
    public static final EventType EV_EVENT_TAG = row(0x6L, "EV_EVENT_TAG", Layout.TAGGED, Measured.TAGGED);
    public static final EventType EV_S_CRTM_CONTENTS =
            row(0x7L, "EV_S_CRTM_CONTENTS", Layout.BLOB_OR_NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_S_CRTM_VERSION = row(0x8L, "EV_S_CRTM_VERSION", Layout.VERSION, Measured.VERSION);
    public static final EventType EV_CPU_MICROCODE =
            row(0x9L, "EV_CPU_MICROCODE", Layout.NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_PLATFORM_CONFIG_FLAGS =
            row(0xaL, "EV_PLATFORM_CONFIG_FLAGS", Layout.NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_TABLE_OF_DEVICES =
            row(0xbL, "EV_TABLE_OF_DEVICES", Layout.HANDOFF_OR_NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_COMPACT_HASH =
            row(0xcL, "EV_COMPACT_HASH", Layout.COMPACT_HASH, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_IPL = row(0xdL, "EV_IPL", Layout.IPL, Measured.IPL);
    public static final EventType EV_IPL_PARTITION_DATA =
            row(0xeL, "EV_IPL_PARTITION_DATA", Layout.ANY, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_NONHOST_CODE = row(0xfL, "EV_NONHOST_CODE", Layout.NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_NONHOST_CONFIG =
            row(0x10L, "EV_NONHOST_CONFIG", Layout.NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_NONHOST_INFO =
            row(0x11L, "EV_NONHOST_INFO", Layout.NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_OMIT_BOOT_DEVICE_EVENTS =
            row(0x12L, "EV_OMIT_BOOT_DEVICE_EVENTS", Layout.TEXT, Measured.TEXT);
    public static final EventType EV_POST_CODE2 =
            row(0x13L, "EV_POST_CODE2", Layout.BLOB_OR_NAME, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_EFI_EVENT_BASE =
            row(0x80000000L, "EV_EFI_EVENT_BASE", Layout.ANY, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_EFI_VARIABLE_DRIVER_CONFIG =
            row(0x80000001L, "EV_EFI_VARIABLE_DRIVER_CONFIG", Layout.VARIABLE, Measured.VARIABLE);
    public static final EventType EV_EFI_VARIABLE_BOOT =
            row(0x80000002L, "EV_EFI_VARIABLE_BOOT", Layout.VARIABLE, Measured.VARIABLE_DATA);
    public static final EventType EV_EFI_BOOT_SERVICES_APPLICATION =
            row(0x80000003L, "EV_EFI_BOOT_SERVICES_APPLICATION", Layout.IMAGE_LOAD, Measured.OUTSIDE);
    public static final EventType EV_EFI_BOOT_SERVICES_DRIVER =
            row(0x80000004L, "EV_EFI_BOOT_SERVICES_DRIVER", Layout.IMAGE_LOAD, Measured.OUTSIDE);
    public static final EventType EV_EFI_RUNTIME_SERVICES_DRIVER =
            row(0x80000005L, "EV_EFI_RUNTIME_SERVICES_DRIVER", Layout.IMAGE_LOAD, Measured.OUTSIDE);
    public static final EventType EV_EFI_GPT_EVENT = row(0x80000006L, "EV_EFI_GPT_EVENT", Layout.GPT, Measured.DATA);
    public static final EventType EV_EFI_ACTION = row(0x80000007L, "EV_EFI_ACTION", Layout.TEXT, Measured.TEXT);
    public static final EventType EV_EFI_PLATFORM_FIRMWARE_BLOB =
            row(0x80000008L, "EV_EFI_PLATFORM_FIRMWARE_BLOB", Layout.BLOB_OR_NAME, Measured.OUTSIDE);
    public static final EventType EV_EFI_HANDOFF_TABLES =
            row(0x80000009L, "EV_EFI_HANDOFF_TABLES", Layout.HANDOFF, Measured.OUTSIDE);
    public static final EventType EV_EFI_PLATFORM_FIRMWARE_BLOB2 =
            row(0x8000000aL, "EV_EFI_PLATFORM_FIRMWARE_BLOB2", Layout.BLOB2, Measured.OUTSIDE);
    public static final EventType EV_EFI_HANDOFF_TABLES2 =
            row(0x8000000bL, "EV_EFI_HANDOFF_TABLES2", Layout.HANDOFF2, Measured.OUTSIDE);
    public static final EventType EV_EFI_VARIABLE_BOOT2 =
            row(0x8000000cL, "EV_EFI_VARIABLE_BOOT2", Layout.VARIABLE, Measured.VARIABLE);
    public static final EventType EV_EFI_GPT_EVENT2 = row(0x8000000dL, "EV_EFI_GPT_EVENT2", Layout.GPT, Measured.DATA);
    public static final EventType EV_EFI_HCRTM_EVENT =
            row(0x80000010L, "EV_EFI_HCRTM_EVENT", Layout.TEXT, Measured.DATA_OR_OUTSIDE);
    public static final EventType EV_EFI_VARIABLE_AUTHORITY =
            row(0x800000e0L, "EV_EFI_VARIABLE_AUTHORITY", Layout.AUTHORITY, Measured.AUTHORITY);
    public static final EventType EV_EFI_SPDM_FIRMWARE_BLOB =
            row(0x800000e1L, "EV_EFI_SPDM_FIRMWARE_BLOB", Layout.DEVICE_SECURITY, Measured.DATA);
    public static final EventType EV_EFI_SPDM_FIRMWARE_CONFIG =
            row(0x800000e2L, "EV_EFI_SPDM_FIRMWARE_CONFIG", Layout.DEVICE_SECURITY, Measured.DATA);
    public static final EventType EV_EFI_SPDM_DEVICE_POLICY =
            row(0x800000e3L, "EV_EFI_SPDM_DEVICE_POLICY", Layout.VARIABLE, Measured.VARIABLE);
    public static final EventType EV_EFI_SPDM_DEVICE_AUTHORITY =
            row(0x800000e4L, "EV_EFI_SPDM_DEVICE_AUTHORITY", Layout.AUTHORITY, Measured.VARIABLE);

    /** How PCRs are used: with the legacy or the details/authorities mapping. */
    public static final EventType EVTYPE_PCRMAPPING =
            row(0x401L, "EVTYPE_PCRMAPPING", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The SINIT module, measured by GETSEC[SENTER] itself. */
    public static final EventType EVTYPE_HASH_START =
            row(0x402L, "EVTYPE_HASH_START", Layout.HASH_AND_FLAGS, Measured.DATA_OR_OUTSIDE);

    /** Several values in one hash. */
    public static final EventType EVTYPE_COMBINED_HASH =
            row(0x403L, "EVTYPE_COMBINED_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The measured launch environment. */
    public static final EventType EVTYPE_MLE_HASH =
            row(0x404L, "EVTYPE_MLE_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** What the BIOS ACM has registered. */
    public static final EventType EVTYPE_BIOSAC_REG_DATA =
            row(0x40aL, "EVTYPE_BIOSAC_REG_DATA", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The status of the CPU's S-CRTM. */
    public static final EventType EVTYPE_CPU_SCRTM_STAT =
            row(0x40bL, "EVTYPE_CPU_SCRTM_STAT", Layout.U32, Measured.DATA_OR_OUTSIDE);

    /** The policy control field of the launch control policy. */
    public static final EventType EVTYPE_LCP_CONTROL_HASH =
            row(0x40cL, "EVTYPE_LCP_CONTROL_HASH", Layout.U32, Measured.DATA_OR_OUTSIDE);

    /** The elements of the policy that were matched. */
    public static final EventType EVTYPE_ELEMENTS_HASH =
            row(0x40dL, "EVTYPE_ELEMENTS_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The SMI transfer monitor; the byte 0 where there is none. */
    public static final EventType EVTYPE_STM_HASH =
            row(0x40eL, "EVTYPE_STM_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The capabilities in OsSinitData. */
    public static final EventType EVTYPE_OSSINITDATA_CAP_HASH =
            row(0x40fL, "EVTYPE_OSSINITDATA_CAP_HASH", Layout.U32, Measured.DATA_OR_OUTSIDE);

    /** The key that the SINIT module is signed with. */
    public static final EventType EVTYPE_SINIT_PUBKEY_HASH =
            row(0x410L, "EVTYPE_SINIT_PUBKEY_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The launch control policy. */
    public static final EventType EVTYPE_LCP_HASH =
            row(0x411L, "EVTYPE_LCP_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** What in the policy allowed the launch; the byte 0 where there is no policy. */
    public static final EventType EVTYPE_LCP_DETAILS_HASH =
            row(0x412L, "EVTYPE_LCP_DETAILS_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** Who signed the policy; the byte 0 where there is no policy. */
    public static final EventType EVTYPE_LCP_AUTHORITIES_HASH =
            row(0x413L, "EVTYPE_LCP_AUTHORITIES_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The NV indexes that hold policies. */
    public static final EventType EVTYPE_NV_INFO_HASH =
            row(0x414L, "EVTYPE_NV_INFO_HASH", Layout.NV_INDEXES, Measured.DATA_OR_OUTSIDE);

    /** The BIOS at a cold boot. */
    public static final EventType EVTYPE_COLD_BOOT_BIOS_HASH =
            row(0x415L, "EVTYPE_COLD_BOOT_BIOS_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The key manifest of Boot Guard. */
    public static final EventType EVTYPE_KM_HASH =
            row(0x416L, "EVTYPE_KM_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The boot policy manifest of Boot Guard. */
    public static final EventType EVTYPE_BPM_HASH =
            row(0x417L, "EVTYPE_BPM_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** What identifies the key manifest. */
    public static final EventType EVTYPE_KM_INFO_HASH =
            row(0x418L, "EVTYPE_KM_INFO_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** What identifies the boot policy manifest. */
    public static final EventType EVTYPE_BPM_INFO_HASH =
            row(0x419L, "EVTYPE_BPM_INFO_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** The boot policies. */
    public static final EventType EVTYPE_BOOT_POL_HASH =
            row(0x41aL, "EVTYPE_BOOT_POL_HASH", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** A random value that caps a PCR. */
    public static final EventType EVTYPE_RANDOM_VALUE =
            row(0x4feL, "EVTYPE_RANDOM_VALUE", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** A value that caps a PCR. */
    public static final EventType EVTYPE_CAP_VALUE =
            row(0x4ffL, "EVTYPE_CAP_VALUE", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** A module that tboot has loaded: its policy, the kernel, the initial RAM disk. The type has only a number; the name is this library's. */
    public static final EventType EVTYPE_TBOOT_MODULE =
            row(0x501L, "EVTYPE_TBOOT_MODULE", Layout.LAUNCH, Measured.DATA_OR_OUTSIDE);

    /** What the Linux kernel measures after a launch by TrenchBoot. */
    public static final EventType EVTYPE_SLAUNCH =
            row(0x502L, "EVTYPE_SLAUNCH", Layout.LAUNCH_TEXT, Measured.DATA_OR_OUTSIDE);

    /** The first of the kernel's events after a launch by TrenchBoot. */
    public static final EventType EVTYPE_SLAUNCH_START =
            row(0x503L, "EVTYPE_SLAUNCH_START", Layout.LAUNCH_TEXT, Measured.DATA_OR_OUTSIDE);

    /** The last of the kernel's events after a launch by TrenchBoot. */
    public static final EventType EVTYPE_SLAUNCH_END =
            row(0x504L, "EVTYPE_SLAUNCH_END", Layout.LAUNCH_TEXT, Measured.DATA_OR_OUTSIDE);

    /** The first event of a dynamic launch on Google's hosts, with the data "DRTM". It has no name, only its number. */
    public static final EventType GOOGLE_DYNAMIC_LAUNCH =
            row(0x1000_0000L, "0x10000000", Layout.TEXT, Measured.DATA_OR_OUTSIDE);

    /** @throws IllegalArgumentException if the number does not fit an unsigned 32-bit field */
    public EventType {
        if (value < 0 || value > MAX_VALUE) {
            throw new IllegalArgumentException("event type " + value + " is not an unsigned 32-bit number");
        }
    }

    private static EventType row(long value, String name, Layout layout, Measured measured) {
        EventType type = new EventType(value);
        if (ROWS.put(value, new Row(name, layout, measured)) != null || BY_NAME.put(name, type) != null) {
            throw new IllegalStateException("two rows for " + name);
        }
        return type;
    }

    /** {@return the name of the constant here, for example {@code EV_SEPARATOR}; the number in hexadecimal where there is none} */
    public String name() {
        @Nullable Row row = ROWS.get(value);
        return row == null ? String.format("0x%08x", value) : row.name;
    }

    /** {@return how the data of such an event are laid out} */
    public Layout layout() {
        @Nullable Row row = ROWS.get(value);
        return row == null ? Layout.ANY : row.layout;
    }

    /** {@return what the digest of such an event is the hash of} */
    public Measured measured() {
        @Nullable Row row = ROWS.get(value);
        return row == null ? Measured.DATA_OR_OUTSIDE : row.measured;
    }

    /** {@return whether the number, known or not, is one that Intel TXT reserves for itself and for what it launches (0x400 to 0x5ff)} */
    public boolean isOfTxt() {
        return value >= FIRST_OF_TXT && value <= LAST_OF_TXT;
    }

    /** {@return all types that have a constant here, by ascending number} */
    public static List<EventType> known() {
        return ROWS.keySet().stream().sorted().map(EventType::new).toList();
    }

    /**
     * A type by its name.
     *
     * @param name for example {@code EV_SEPARATOR} or {@code EVTYPE_HASH_START}
     * @return the type, or empty if no constant here has that name
     */
    public static Optional<EventType> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    // Written by hand: the JVM makes those of a record at their first call, which takes as long as reading many a log.
    @Override
    public boolean equals(Object other) {
        return other instanceof EventType type && value == type.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public String toString() {
        return name();
    }
}
