package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What firmware measures in the same bytes on every machine. A digest is enough to recognise it, whatever type the event
 * claims.
 */
public enum MeasuredConstant {
    /** The separator of a PCR (PFP 10.4.1, EV_SEPARATOR): four bytes of zeros, or of ones. */
    SEPARATOR("separator", "a separator", Bytes.parseHex("00000000"), Bytes.parseHex("ffffffff")),

    /** The separator of firmware that could not measure what it should: the number 1. */
    ERROR_SEPARATOR("error-separator", "an error separator", Bytes.parseHex("01000000")),

    /** The separator with which Windows closes its PCRs: the text "WBCL". */
    WINDOWS_SEPARATOR("windows-separator", "a separator of Windows", Bytes.parseHex("5742434c")),

    /** Firmware calls a boot option. */
    CALLING_BOOT_OPTION("calling-boot-option", "Calling EFI Application from Boot Option"),

    /** A boot option has returned. */
    RETURNING_FROM_BOOT_OPTION("returning-from-boot-option", "Returning from EFI Application from Boot Option"),

    /** A boot option has returned, in the words of some firmware. */
    RETURNING_FROM_APPLICATION("returning-from-application", "Returning from EFI Application"),

    /** Attempts to boot are not measured on this platform. */
    BOOT_ATTEMPTS_OMITTED("boot-attempts-omitted", "BOOT ATTEMPTS OMITTED"),

    /** The loader or the operating system takes over. */
    EXIT_BOOT_SERVICES_INVOCATION("exit-boot-services-invocation", "Exit Boot Services Invocation"),

    /** It has taken over. */
    EXIT_BOOT_SERVICES_SUCCESS("exit-boot-services-success", "Exit Boot Services Returned with Success"),

    /** It has not taken over. */
    EXIT_BOOT_SERVICES_FAILURE("exit-boot-services-failure", "Exit Boot Services Returned with Failure"),

    /** Devices could access all memory while firmware ran. */
    DMA_PROTECTION_DISABLED("dma-protection-disabled", "DMA Protection Disabled"),

    /** A debugger can be attached to the firmware. */
    UEFI_DEBUG_MODE("uefi-debug-mode", "UEFI Debug Mode"),

    /** HP firmware lowers its security level. */
    SECURITY_LEVEL_DOWNGRADED("security-level-downgraded", "Security Level is Downgraded to 0");

    private static final Map<HashAlgorithm, Table> TABLES = new ConcurrentHashMap<>();

    private final String id;
    private final boolean isAction;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Bytes> encodings;

    MeasuredConstant(String id, String text) {
        this(
                id,
                true,
                text,
                Bytes.encode(text, StandardCharsets.US_ASCII),
                Bytes.encode(text + '\0', StandardCharsets.US_ASCII));
    }

    MeasuredConstant(String id, String description, Bytes... encodings) {
        this(id, false, description, encodings);
    }

    MeasuredConstant(String id, boolean isAction, String description, Bytes... encodings) {
        this.id = id;
        this.isAction = isAction;
        this.description = description;
        this.encodings = List.of(encodings);
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }

    /** {@return the text that is measured, or a description of the constant for a person} */
    public String description() {
        return description;
    }

    /** {@return whether this is the text of an action of the firmware (PFP 10.4.3 and 10.4.4), and not a separator} */
    public boolean isAction() {
        return isAction;
    }

    /** {@return whether firmware measures this when it tries to boot} */
    public boolean isBootAttempt() {
        return compareTo(CALLING_BOOT_OPTION) >= 0 && compareTo(BOOT_ATTEMPTS_OMITTED) <= 0;
    }

    /** {@return whether firmware measures this when what it booted returns} */
    public boolean isReturn() {
        return this == RETURNING_FROM_BOOT_OPTION || this == RETURNING_FROM_APPLICATION;
    }

    /** {@return whether this is measured when the loader or the operating system takes over} */
    public boolean isExitBootServices() {
        return compareTo(EXIT_BOOT_SERVICES_INVOCATION) >= 0 && compareTo(EXIT_BOOT_SERVICES_FAILURE) <= 0;
    }

    /**
     * The constant that a digest is the hash of.
     *
     * @param bank the algorithm of the digest
     * @param digest the digest
     * @return the constant, or empty if the digest is of something else or the algorithm cannot be computed
     */
    public static Optional<MeasuredConstant> of(HashAlgorithm bank, Bytes digest) {
        if (!bank.isStandard() || digest.length() != bank.digestSize()) {
            return Optional.empty();
        }
        Table known = TABLES.get(bank);
        return (known == null ? TABLES.computeIfAbsent(bank, Table::in) : known).find(digest);
    }

    /**
     * The action whose text is given.
     *
     * @param text the text of an event
     * @return the action, or empty if the text is that of none of these
     */
    public static Optional<MeasuredConstant> action(String text) {
        return Arrays.stream(values())
                .filter(constant -> constant.isAction && constant.description.equals(text))
                .findFirst();
    }

    /** The constants of one bank, by the beginning of their digests, which no two of them share. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Table(long[] prefixes, Bytes[] digests, MeasuredConstant[] constants) {
        static Table in(HashAlgorithm bank) {
            Map<Long, Bytes> digests = new TreeMap<>();
            Map<Long, MeasuredConstant> constants = new TreeMap<>();
            bank.newMessageDigest().ifPresent(hash -> {
                for (MeasuredConstant constant : values()) {
                    for (Bytes encoding : constant.encodings) {
                        Bytes digest = encoding.hash(hash);
                        digests.put(digest.u64(0), digest);
                        constants.put(digest.u64(0), constant);
                    }
                }
            });
            return new Table(
                    digests.keySet().stream().mapToLong(Long::longValue).toArray(),
                    digests.values().toArray(Bytes[]::new),
                    constants.values().toArray(MeasuredConstant[]::new));
        }

        Optional<MeasuredConstant> find(Bytes digest) {
            int index = Arrays.binarySearch(prefixes, digest.u64(0));
            return index >= 0 && digests[index].equals(digest) ? Optional.of(constants[index]) : Optional.empty();
        }
    }
}
