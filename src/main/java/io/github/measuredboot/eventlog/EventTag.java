package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The known identifiers of tagged events. Those of Windows, which has many and nests them, are in {@link
 * io.github.measuredboot.windows.SipaEventType}.
 */
public enum EventTag {
    /** SMBIOS structure of the system; its wake-up type, at offset 24, counts as 0. */
    SMBIOS_TYPE_1(0xd5cb_7cbcL, "smbios:type1", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** SMBIOS structure of a baseboard. */
    SMBIOS_TYPE_2(0xe0d4_7bc8L, "smbios:type2", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** SMBIOS structure of OEM strings. */
    SMBIOS_TYPE_11(0xc0b3_bd23L, "smbios:type11", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** The configuration file of systemd-boot. */
    LOADER_CONF(0xf5bc_582aL, "loader.conf", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** A device tree from an addon of a unified kernel image; the data are the name of its file. */
    DEVICETREE_ADDON(0x6c46_f751L, "device tree addon", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** An initial RAM disk from an addon; the data are the name of its file. */
    INITRD_ADDON(0x49df_fe0fL, "initrd addon", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** Microcode from an addon; the data are the name of its file. */
    UCODE_ADDON(0xdac0_8e1aL, "microcode addon", Producer.SYSTEMD, MeasuredPart.OUTSIDE),

    /** The number of the profile of a unified kernel image, in decimal; measured if it is not 0. */
    UKI_PROFILE(0x13ae_d6dbL, "UKI profile", Producer.SYSTEMD, MeasuredPart.TAGGED_EVENT_DATA),

    /** The initial RAM disk. */
    LINUX_INITRD(0x8f3b_22ecL, "Linux initrd", Producer.LINUX_EFI_STUB, MeasuredPart.OUTSIDE),

    /** The kernel's command line, as UTF-16 with the NUL at its end. */
    LINUX_LOAD_OPTIONS(0x8f3b_22edL, "LOADED_IMAGE::LoadOptions", Producer.LINUX_EFI_STUB, MeasuredPart.OUTSIDE),

    /** An entry of the log of the attestation agent: domain, operation, content. */
    AAEL(0x4141_454cL, "attestation agent", Producer.CONFIDENTIAL_CONTAINERS, MeasuredPart.EVENT_DATA);

    /** Who writes a tagged event. */
    public enum Producer {
        /** Systemd-boot and systemd-stub; other boot loaders have adopted some of their tags. The data are usually UTF-16 text. */
        SYSTEMD,

        /** The EFI stub of the Linux kernel. The data are ASCII text. */
        LINUX_EFI_STUB,

        /** The attestation agent of Confidential Containers. The data are UTF-8 text. */
        CONFIDENTIAL_CONTAINERS
    }

    /** What the digest of the event is computed over. */
    public enum MeasuredPart {
        /** Something that is not in the log: the text of the event is not covered. */
        OUTSIDE,

        /** The data of the tagged event. */
        TAGGED_EVENT_DATA,

        /** The whole event data, as the specification says and as Windows does it. */
        EVENT_DATA
    }

    private static final Map<Long, EventTag> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventTag::id, Function.identity()));

    private final long id;
    private final String label;
    private final Producer producer;
    private final MeasuredPart measuredPart;

    EventTag(long id, String label, Producer producer, MeasuredPart measuredPart) {
        this.id = id;
        this.label = label;
        this.producer = producer;
        this.measuredPart = measuredPart;
    }

    /**
     * A tag by its identifier.
     *
     * @param id the identifier
     * @return the tag, or empty if the identifier is not known
     */
    public static Optional<EventTag> byId(long id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** {@return the identifier, 32 bits, unsigned} */
    public long id() {
        return id;
    }

    /** {@return what is measured, in a few words} */
    public String label() {
        return label;
    }

    /** {@return who writes it} */
    public Producer producer() {
        return producer;
    }

    /** {@return what the digest covers, as the producer documents it} */
    public MeasuredPart measuredPart() {
        return measuredPart;
    }

    /** The text, in whatever encoding it is: other loaders write these tags too, each in its own encoding. */
    Optional<String> textOf(Bytes data) {
        if (data.isFilledWith(0)) {
            return Optional.of("");
        }
        Optional<RecognizedText> found =
                producer == Producer.SYSTEMD ? RecognizedText.ofUtf16(data) : RecognizedText.of(data);
        return found.map(RecognizedText::text);
    }
}
