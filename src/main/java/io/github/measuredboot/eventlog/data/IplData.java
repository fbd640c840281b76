package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.internal.recognition.CommandLineText;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The data of an EV_IPL event. The specification leaves them to whoever measures; each loader has its own way.
 *
 * @param kind whose way it is, judged by the data alone
 * @param text the text without prefix and NUL; empty if the data are not text
 * @param textOffset where the text begins in {@code raw}
 */
public record IplData(Bytes raw, Kind kind, String text, int textOffset) implements EventData {
    /** What an EV_IPL event is about. */
    public enum Kind {
        /** GRUB runs a command, which is the text. */
        GRUB_COMMAND("grub-command"),

        /** GRUB starts a kernel; the text is its path and command line. */
        KERNEL_COMMAND_LINE("kernel-command-line"),

        /** GRUB loads a module, such as an initial RAM disk or a hypervisor; the text is its path and command line. */
        MODULE_COMMAND_LINE("module-command-line"),

        /** The text is a name or a path, and the digest is that of the file: the digest does not cover the text. */
        FILE("file"),

        /** Shim measures one of its lists; the text is the name of the variable, and the digest is that of its content. */
        SHIM_LIST("shim-list"),

        /** systemd-stub measures a section of a unified kernel image: first its name, then its content. */
        UKI_SECTION("uki-section"),

        /** UTF-16 text, such as the command line that systemd-boot or systemd-stub passes on. */
        UTF16_TEXT("utf16-text"),

        /** Other text that reads like the command line of a kernel. */
        COMMAND_LINE("command-line"),

        /** Conventional BIOS: code of a boot sector, or data beside it. */
        BOOT_CODE("boot-code"),

        /** Other text. */
        OTHER_TEXT("other-text"),

        /** Data that are not text. */
        BINARY("binary");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }

    private record Prefix(Bytes text, Kind kind) {
        static Prefix of(String text, Kind kind) {
            return new Prefix(Bytes.encode(text, StandardCharsets.US_ASCII), kind);
        }
    }

    private static final List<Prefix> GRUB_PREFIXES = List.of(
            Prefix.of("grub_cmd: ", Kind.GRUB_COMMAND),
            Prefix.of("kernel_cmdline: ", Kind.KERNEL_COMMAND_LINE),
            Prefix.of("module_cmdline: ", Kind.MODULE_COMMAND_LINE),
            Prefix.of("grub_cmd ", Kind.GRUB_COMMAND),
            Prefix.of("grub_kernel_cmdline ", Kind.KERNEL_COMMAND_LINE));
    private static final List<String> FILE_PREFIXES =
            List.of("/", "(", "grub_linuxefi ", "grub_initrd ", "grub_module ");
    private static final List<String> BOOT_CODE = List.of("MBR", "MBR PARTITION TABLE", "IPL code", "Eltorito");

    static IplData of(Bytes raw) {
        for (Prefix prefix : GRUB_PREFIXES) {
            if (raw.startsWith(prefix.text)) {
                int start = prefix.text.length();
                return new IplData(raw, prefix.kind, textAfterPrefix(raw, start), start);
            }
        }
        return RecognizedText.of(raw)
                .map(found -> new IplData(
                        raw, found.isUtf16() ? wideKindOf(found.text()) : kindOf(found.text()), found.text(), 0))
                .orElseGet(() -> new IplData(raw, Kind.BINARY, "", 0));
    }

    private static String textAfterPrefix(Bytes raw, int start) {
        return RecognizedText.ofAny(raw.slice(start, lengthWithoutNuls(raw, start)));
    }

    private static int lengthWithoutNuls(Bytes raw, int start) {
        int end = raw.length();
        while (end > start && raw.u8(end - 1) == 0) {
            end--;
        }
        return end - start;
    }

    /** {@return how many bytes of {@code raw} the text takes up, without the NULs at its end} */
    public int textLength() {
        return textOffset == 0
                ? RecognizedText.of(raw).map(RecognizedText::length).orElse(0)
                : lengthWithoutNuls(raw, textOffset);
    }

    private static Kind wideKindOf(String text) {
        return isSectionName(text) ? Kind.UKI_SECTION : Kind.UTF16_TEXT;
    }

    private static Kind kindOf(String text) {
        if (text.startsWith("MokList") || text.equals("MokSBState")) {
            return Kind.SHIM_LIST;
        }
        if (CommandLineText.isCommandLine(text)) {
            return Kind.COMMAND_LINE;
        }
        if (FILE_PREFIXES.stream().anyMatch(text::startsWith)) {
            return Kind.FILE;
        }
        return BOOT_CODE.contains(text) ? Kind.BOOT_CODE : Kind.OTHER_TEXT;
    }

    private static boolean isSectionName(String text) {
        return text.length() <= 8 && text.startsWith(".");
    }

    @Override
    public List<Field> fields() {
        int textLength = raw.length() - textOffset;
        return kind == Kind.BINARY
                ? new OpaqueEventData(raw).fields()
                : List.of(
                        Field.text("kind", kind.id(), 0, raw.length()),
                        Field.text("text", text, textOffset, textLength));
    }
}
