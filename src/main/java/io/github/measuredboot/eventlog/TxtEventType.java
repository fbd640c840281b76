package io.github.measuredboot.eventlog;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The event types of a dynamic launch by Intel TXT (TXT MLE Software Development Guide, appendix F), which the SINIT module and
 * the environment that it launches write for PCR 17 to 22. The set is open up to 0x5ff.
 */
public enum TxtEventType {
    /** How PCRs are used: with the legacy or the details/authorities mapping. */
    PCRMAPPING(0x401, "EVTYPE_PCRMAPPING", Layout.BINARY),

    /** The SINIT module, measured by GETSEC[SENTER] itself. */
    HASH_START(0x402, "EVTYPE_HASH_START", Layout.HASH_AND_FLAGS),

    /** Several values in one hash. */
    COMBINED_HASH(0x403, "EVTYPE_COMBINED_HASH", Layout.BINARY),

    /** The measured launch environment. */
    MLE_HASH(0x404, "EVTYPE_MLE_HASH", Layout.BINARY),

    /** What the BIOS ACM has registered. */
    BIOSAC_REG_DATA(0x40a, "EVTYPE_BIOSAC_REG_DATA", Layout.BINARY),

    /** The status of the CPU's S-CRTM. */
    CPU_SCRTM_STAT(0x40b, "EVTYPE_CPU_SCRTM_STAT", Layout.U32),

    /** The policy control field of the launch control policy. */
    LCP_CONTROL_HASH(0x40c, "EVTYPE_LCP_CONTROL_HASH", Layout.U32),

    /** The elements of the policy that were matched. */
    ELEMENTS_HASH(0x40d, "EVTYPE_ELEMENTS_HASH", Layout.BINARY),

    /** The SMI transfer monitor; the byte 0 where there is none. */
    STM_HASH(0x40e, "EVTYPE_STM_HASH", Layout.BINARY),

    /** The capabilities in OsSinitData. */
    OSSINITDATA_CAP_HASH(0x40f, "EVTYPE_OSSINITDATA_CAP_HASH", Layout.U32),

    /** The key that the SINIT module is signed with. */
    SINIT_PUBKEY_HASH(0x410, "EVTYPE_SINIT_PUBKEY_HASH", Layout.BINARY),

    /** The launch control policy. */
    LCP_HASH(0x411, "EVTYPE_LCP_HASH", Layout.BINARY),

    /** What in the policy allowed the launch; the byte 0 where there is no policy. */
    LCP_DETAILS_HASH(0x412, "EVTYPE_LCP_DETAILS_HASH", Layout.BINARY),

    /** Who signed the policy; the byte 0 where there is no policy. */
    LCP_AUTHORITIES_HASH(0x413, "EVTYPE_LCP_AUTHORITIES_HASH", Layout.BINARY),

    /** The NV indexes that hold policies. */
    NV_INFO_HASH(0x414, "EVTYPE_NV_INFO_HASH", Layout.NV_INDEXES),

    /** The BIOS at a cold boot. */
    COLD_BOOT_BIOS_HASH(0x415, "EVTYPE_COLD_BOOT_BIOS_HASH", Layout.BINARY),

    /** The key manifest of Boot Guard. */
    KM_HASH(0x416, "EVTYPE_KM_HASH", Layout.BINARY),

    /** The boot policy manifest of Boot Guard. */
    BPM_HASH(0x417, "EVTYPE_BPM_HASH", Layout.BINARY),

    /** What identifies the key manifest. */
    KM_INFO_HASH(0x418, "EVTYPE_KM_INFO_HASH", Layout.BINARY),

    /** What identifies the boot policy manifest. */
    BPM_INFO_HASH(0x419, "EVTYPE_BPM_INFO_HASH", Layout.BINARY),

    /** The boot policies. */
    BOOT_POL_HASH(0x41a, "EVTYPE_BOOT_POL_HASH", Layout.BINARY),

    /** A random value that caps a PCR. */
    RANDOM_VALUE(0x4fe, "EVTYPE_RANDOM_VALUE", Layout.BINARY),

    /** A value that caps a PCR. */
    CAP_VALUE(0x4ff, "EVTYPE_CAP_VALUE", Layout.BINARY),

    /** A module that tboot has loaded: its policy, the kernel, the initial RAM disk. The type has a number only; the name is ours. */
    TBOOT_MODULE(0x501, "EVTYPE_TBOOT_MODULE", Layout.BINARY),

    /** What the Linux kernel measures after a launch by TrenchBoot. */
    SLAUNCH(0x502, "EVTYPE_SLAUNCH", Layout.TEXT),

    /** The first of these events. */
    SLAUNCH_START(0x503, "EVTYPE_SLAUNCH_START", Layout.TEXT),

    /** The last of these events. */
    SLAUNCH_END(0x504, "EVTYPE_SLAUNCH_END", Layout.TEXT);

    /** The layout of the event data, as far as it is known. */
    public enum Layout {
        /** Bytes without a known structure. */
        BINARY,

        /** A digest and 32 bits of flags. */
        HASH_AND_FLAGS,

        /** A 32-bit number. */
        U32,

        /** For each of several NV indexes the byte 1 and a TPMS_NV_PUBLIC, or the byte 0 where it is not defined. */
        NV_INDEXES,

        /** Text. */
        TEXT
    }

    private static final long FIRST = 0x400;
    private static final long LAST = 0x5ff;
    private static final Map<Long, TxtEventType> BY_VALUE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.value, Function.identity()));

    private final long value;
    private final String officialName;
    private final Layout layout;

    TxtEventType(long value, String officialName, Layout layout) {
        this.value = value;
        this.officialName = officialName;
        this.layout = layout;
    }

    /** {@return the number} */
    public EventType type() {
        return new EventType(value);
    }

    /** {@return the name, for example {@code EVTYPE_HASH_START}} */
    public String officialName() {
        return officialName;
    }

    /** {@return the layout of the event data} */
    public Layout layout() {
        return layout;
    }

    /**
     * The type of a number.
     *
     * @param type an event type
     * @return what it is in Intel TXT, or empty if it is none of these
     */
    public static Optional<TxtEventType> of(EventType type) {
        return Optional.ofNullable(BY_VALUE.get(type.value()));
    }

    /**
     * Whether a number is one of those that Intel TXT has for itself and for what it launches, known or not.
     *
     * @param type an event type
     * @return true for 0x400 to 0x5ff
     */
    public static boolean isInRange(EventType type) {
        return type.value() >= FIRST && type.value() <= LAST;
    }
}
