package io.github.measuredboot.eventlog;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An event type (PFP section 10.4.1). The set is open: firmware vendors use numbers of their own.
 *
 * <p>No digest covers the type of an event: whoever can write the log can change it, and every PCR still replays.
 *
 * @param value the number, 0 to 4294967295
 */
public record EventType(long value) {
    /** EV_PREBOOT_CERT. */
    public static final EventType EV_PREBOOT_CERT = new EventType(0x0L);

    /** EV_POST_CODE. */
    public static final EventType EV_POST_CODE = new EventType(0x1L);

    /** EV_UNUSED. */
    public static final EventType EV_UNUSED = new EventType(0x2L);

    /** EV_NO_ACTION. */
    public static final EventType EV_NO_ACTION = new EventType(0x3L);

    /** EV_SEPARATOR. */
    public static final EventType EV_SEPARATOR = new EventType(0x4L);

    /** EV_ACTION. */
    public static final EventType EV_ACTION = new EventType(0x5L);

    /** EV_EVENT_TAG. */
    public static final EventType EV_EVENT_TAG = new EventType(0x6L);

    /** EV_S_CRTM_CONTENTS. */
    public static final EventType EV_S_CRTM_CONTENTS = new EventType(0x7L);

    /** EV_S_CRTM_VERSION. */
    public static final EventType EV_S_CRTM_VERSION = new EventType(0x8L);

    /** EV_CPU_MICROCODE. */
    public static final EventType EV_CPU_MICROCODE = new EventType(0x9L);

    /** EV_PLATFORM_CONFIG_FLAGS. */
    public static final EventType EV_PLATFORM_CONFIG_FLAGS = new EventType(0xaL);

    /** EV_TABLE_OF_DEVICES. */
    public static final EventType EV_TABLE_OF_DEVICES = new EventType(0xbL);

    /** EV_COMPACT_HASH. */
    public static final EventType EV_COMPACT_HASH = new EventType(0xcL);

    /** EV_IPL. */
    public static final EventType EV_IPL = new EventType(0xdL);

    /** EV_IPL_PARTITION_DATA. */
    public static final EventType EV_IPL_PARTITION_DATA = new EventType(0xeL);

    /** EV_NONHOST_CODE. */
    public static final EventType EV_NONHOST_CODE = new EventType(0xfL);

    /** EV_NONHOST_CONFIG. */
    public static final EventType EV_NONHOST_CONFIG = new EventType(0x10L);

    /** EV_NONHOST_INFO. */
    public static final EventType EV_NONHOST_INFO = new EventType(0x11L);

    /** EV_OMIT_BOOT_DEVICE_EVENTS. */
    public static final EventType EV_OMIT_BOOT_DEVICE_EVENTS = new EventType(0x12L);

    /** EV_POST_CODE2. */
    public static final EventType EV_POST_CODE2 = new EventType(0x13L);

    /** EV_EFI_EVENT_BASE. */
    public static final EventType EV_EFI_EVENT_BASE = new EventType(0x80000000L);

    /** EV_EFI_VARIABLE_DRIVER_CONFIG. */
    public static final EventType EV_EFI_VARIABLE_DRIVER_CONFIG = new EventType(0x80000001L);

    /** EV_EFI_VARIABLE_BOOT. */
    public static final EventType EV_EFI_VARIABLE_BOOT = new EventType(0x80000002L);

    /** EV_EFI_BOOT_SERVICES_APPLICATION. */
    public static final EventType EV_EFI_BOOT_SERVICES_APPLICATION = new EventType(0x80000003L);

    /** EV_EFI_BOOT_SERVICES_DRIVER. */
    public static final EventType EV_EFI_BOOT_SERVICES_DRIVER = new EventType(0x80000004L);

    /** EV_EFI_RUNTIME_SERVICES_DRIVER. */
    public static final EventType EV_EFI_RUNTIME_SERVICES_DRIVER = new EventType(0x80000005L);

    /** EV_EFI_GPT_EVENT. */
    public static final EventType EV_EFI_GPT_EVENT = new EventType(0x80000006L);

    /** EV_EFI_ACTION. */
    public static final EventType EV_EFI_ACTION = new EventType(0x80000007L);

    /** EV_EFI_PLATFORM_FIRMWARE_BLOB. */
    public static final EventType EV_EFI_PLATFORM_FIRMWARE_BLOB = new EventType(0x80000008L);

    /** EV_EFI_HANDOFF_TABLES. */
    public static final EventType EV_EFI_HANDOFF_TABLES = new EventType(0x80000009L);

    /** EV_EFI_PLATFORM_FIRMWARE_BLOB2. */
    public static final EventType EV_EFI_PLATFORM_FIRMWARE_BLOB2 = new EventType(0x8000000aL);

    /** EV_EFI_HANDOFF_TABLES2. */
    public static final EventType EV_EFI_HANDOFF_TABLES2 = new EventType(0x8000000bL);

    /** EV_EFI_VARIABLE_BOOT2. */
    public static final EventType EV_EFI_VARIABLE_BOOT2 = new EventType(0x8000000cL);

    /** EV_EFI_GPT_EVENT2. */
    public static final EventType EV_EFI_GPT_EVENT2 = new EventType(0x8000000dL);

    /** EV_EFI_HCRTM_EVENT. */
    public static final EventType EV_EFI_HCRTM_EVENT = new EventType(0x80000010L);

    /** EV_EFI_VARIABLE_AUTHORITY. */
    public static final EventType EV_EFI_VARIABLE_AUTHORITY = new EventType(0x800000e0L);

    /** EV_EFI_SPDM_FIRMWARE_BLOB. */
    public static final EventType EV_EFI_SPDM_FIRMWARE_BLOB = new EventType(0x800000e1L);

    /** EV_EFI_SPDM_FIRMWARE_CONFIG. */
    public static final EventType EV_EFI_SPDM_FIRMWARE_CONFIG = new EventType(0x800000e2L);

    /** EV_EFI_SPDM_DEVICE_POLICY. */
    public static final EventType EV_EFI_SPDM_DEVICE_POLICY = new EventType(0x800000e3L);

    /** EV_EFI_SPDM_DEVICE_AUTHORITY. */
    public static final EventType EV_EFI_SPDM_DEVICE_AUTHORITY = new EventType(0x800000e4L);

    /** The first event of a dynamic launch on Google's hosts, with the data "DRTM". The type has a number only; the name is ours. */
    public static final EventType GOOGLE_DYNAMIC_LAUNCH = new EventType(0x1000_0000L);

    private static final long MAX_VALUE = 0xffff_ffffL;
    private static final Map<String, EventType> BY_NAME = Stream.concat(
                    LongStream.concat(
                                    LongStream.rangeClosed(EV_PREBOOT_CERT.value, EV_POST_CODE2.value),
                                    LongStream.rangeClosed(EV_EFI_EVENT_BASE.value, EV_EFI_SPDM_DEVICE_AUTHORITY.value))
                            .mapToObj(EventType::new)
                            .filter(EventType::isStandard),
                    Arrays.stream(TxtEventType.values()).map(TxtEventType::type))
            .collect(Collectors.toUnmodifiableMap(EventType::name, type -> type));

    /** @throws IllegalArgumentException if the number does not fit an unsigned 32-bit field */
    public EventType {
        if (value < 0 || value > MAX_VALUE) {
            throw new IllegalArgumentException("event type " + value + " is not an unsigned 32-bit number");
        }
    }

    /** {@return whether the PFP (1.06) names this type} */
    public boolean isStandard() {
        return !standardName().isEmpty();
    }

    /**
     * {@return the name in the PFP or in {@link TxtEventType}, for example {@code EV_SEPARATOR} or {@code EVTYPE_HASH_START};
     * the number in hexadecimal where there is none}
     */
    public String name() {
        String name = standardName();
        return !name.isEmpty()
                ? name
                : TxtEventType.of(this).map(TxtEventType::officialName).orElseGet(() -> String.format("0x%08x", value));
    }

    /**
     * A type by its name.
     *
     * @param name for example {@code EV_SEPARATOR} or {@code EVTYPE_HASH_START}
     * @return the type, or empty if neither the PFP (1.06) nor {@link TxtEventType} has such a name
     */
    public static Optional<EventType> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private String standardName() {
        if (value <= EV_POST_CODE2.value) {
            return switch ((int) value) {
                case 0x0 -> "EV_PREBOOT_CERT";
                case 0x1 -> "EV_POST_CODE";
                case 0x2 -> "EV_UNUSED";
                case 0x3 -> "EV_NO_ACTION";
                case 0x4 -> "EV_SEPARATOR";
                case 0x5 -> "EV_ACTION";
                case 0x6 -> "EV_EVENT_TAG";
                case 0x7 -> "EV_S_CRTM_CONTENTS";
                case 0x8 -> "EV_S_CRTM_VERSION";
                case 0x9 -> "EV_CPU_MICROCODE";
                case 0xa -> "EV_PLATFORM_CONFIG_FLAGS";
                case 0xb -> "EV_TABLE_OF_DEVICES";
                case 0xc -> "EV_COMPACT_HASH";
                case 0xd -> "EV_IPL";
                case 0xe -> "EV_IPL_PARTITION_DATA";
                case 0xf -> "EV_NONHOST_CODE";
                case 0x10 -> "EV_NONHOST_CONFIG";
                case 0x11 -> "EV_NONHOST_INFO";
                case 0x12 -> "EV_OMIT_BOOT_DEVICE_EVENTS";
                case 0x13 -> "EV_POST_CODE2";
                default -> "";
            };
        }
        return switch ((int) (value - EV_EFI_EVENT_BASE.value)) {
            case 0x0 -> "EV_EFI_EVENT_BASE";
            case 0x1 -> "EV_EFI_VARIABLE_DRIVER_CONFIG";
            case 0x2 -> "EV_EFI_VARIABLE_BOOT";
            case 0x3 -> "EV_EFI_BOOT_SERVICES_APPLICATION";
            case 0x4 -> "EV_EFI_BOOT_SERVICES_DRIVER";
            case 0x5 -> "EV_EFI_RUNTIME_SERVICES_DRIVER";
            case 0x6 -> "EV_EFI_GPT_EVENT";
            case 0x7 -> "EV_EFI_ACTION";
            case 0x8 -> "EV_EFI_PLATFORM_FIRMWARE_BLOB";
            case 0x9 -> "EV_EFI_HANDOFF_TABLES";
            case 0xa -> "EV_EFI_PLATFORM_FIRMWARE_BLOB2";
            case 0xb -> "EV_EFI_HANDOFF_TABLES2";
            case 0xc -> "EV_EFI_VARIABLE_BOOT2";
            case 0xd -> "EV_EFI_GPT_EVENT2";
            case 0x10 -> "EV_EFI_HCRTM_EVENT";
            case 0xe0 -> "EV_EFI_VARIABLE_AUTHORITY";
            case 0xe1 -> "EV_EFI_SPDM_FIRMWARE_BLOB";
            case 0xe2 -> "EV_EFI_SPDM_FIRMWARE_CONFIG";
            case 0xe3 -> "EV_EFI_SPDM_DEVICE_POLICY";
            case 0xe4 -> "EV_EFI_SPDM_DEVICE_AUTHORITY";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
