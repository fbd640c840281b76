package io.github.measuredboot.internal.recognition;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What an input that cannot be read looks like, and what to do with it. The first that fits is what it is taken for. */
@SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
public enum InputFormat {
    EMPTY("an empty file", "was the file copied before it was written?", Bytes::isEmpty),
    ZEROS("a file of zeros", "was it read from the wrong place?", bytes -> bytes.isFilledWith(0)),
    ONES(
            "a file of bytes ff, as of erased flash memory",
            "was it read from the wrong place?",
            bytes -> bytes.isFilledWith(0xff)),
    GZIP("gzip-compressed data", "decompress it first (gunzip)", "1f8b08"),
    ZSTD("zstd-compressed data", "decompress it first (unzstd)", "28b52ffd"),
    XZ("xz-compressed data", "decompress it first (unxz)", "fd377a585a00"),
    BZIP2("bzip2-compressed data", "decompress it first (bunzip2)", "425a6839314159"),
    LZ4("lz4-compressed data", "decompress it first (unlz4)", "04224d18"),
    LZ4_LEGACY("lz4-compressed data", "decompress it first (unlz4)", "02214c18"),
    SKIPPABLE_FRAME(
            "zstd-compressed or lz4-compressed data",
            "decompress it first (unzstd or unlz4)",
            InputFormat::isSkippableFrame),
    LZMA("lzma-compressed data", "decompress it first (unlzma)", InputFormat::isLzma),
    ZLIB("zlib-compressed data", "decompress it first (zlib-flate -uncompress)", InputFormat::isZlib),
    COMPRESS("data that compress has compressed", "decompress it first (gunzip)", "1f9d90"),
    SEVEN_ZIP("a 7z archive", "unpack it first (7z x)", "377abcaf271c"),
    ZIP("a zip archive", "unpack it first (unzip)", "504b0304"),
    TAR("a tar archive", "unpack it first (tar -x)", bytes -> hasText(bytes, 257, "ustar")),
    ELF("an ELF program", "name the file that is meant", "7f454c46"),
    PE("a PE image, such as a boot loader or a UKI", "predict reads images", InputFormat::isPe),
    EVENT_LOG("a TCG event log", "name it where a log is expected", bytes -> hasText(bytes, 32, "Spec ID Event0")),
    CCEL_TABLE(
            "the ACPI table CCEL, which only says where the log is",
            "the log is /sys/firmware/acpi/tables/data/CCEL",
            bytes -> hasText(bytes, 0, "CCEL") && bytes.length() < 4096),
    TPM2_TABLE(
            "the ACPI table TPM2, which only says where the log is",
            "the log is /sys/kernel/security/tpm0/binary_bios_measurements",
            bytes -> hasText(bytes, 0, "TPM2") && bytes.length() < 4096),
    ATTEST("a TPMS_ATTEST structure, as of a quote", "give it with --quote", InputFormat::isAttest),
    TPM12_QUOTE(
            "a quote of a TPM 1.2 (TPM_QUOTE_INFO or TPM_QUOTE_INFO2)",
            "verify takes it with --quote",
            bytes -> hasText(bytes, 0, "\1\1\0\0QUOT") || hasText(bytes, 0, "\0" + "6QUT2")),
    IMA_BINARY(
            "IMA's list of measurements (binary_runtime_measurements)",
            "IMA's list is not read; the firmware's log is binary_bios_measurements",
            InputFormat::isImaBinary),
    CEL_TLV("a canonical event log (CEL) in TLV form", "convert it to CEL-JSON", InputFormat::isCelTlv),
    CEL_CBOR("a canonical event log (CEL) in CBOR", "convert it to CEL-JSON", InputFormat::isCelCbor),
    CERTIFICATE(
            "an X.509 certificate in DER",
            "name the file that is meant; a signature list (.esl) is made of it by openssl x509 -inform der and then"
                    + " cert-to-efi-sig-list (efitools)",
            InputFormat::isCertificate),
    DER("DER, as of a certificate or a key", "name the file that is meant", InputFormat::isDer),
    UTF16("text in UTF-16", "convert it to UTF-8 (iconv -f utf-16 -t utf-8)", InputFormat::isUtf16),
    CEL_JSON(
            "a canonical event log in JSON (CEL-JSON)",
            "it is read where canonical logs are",
            text("\\s*[\\[{].{0,2000}\"recnum\"")),
    JSON("JSON", "name it where JSON is expected", text("\\s*(\\{\\s*(\"|\\})|\\[\\s*[\\[{\"\\d\\]])")),
    RECORDS("records of JSON, as of systemd's userspace log", "give it with --userspace-log", text("\\s*\\x1e")),
    PEM_CERTIFICATE(
            "an X.509 certificate in PEM",
            "name the file that is meant; a signature list (.esl) is made of it by cert-to-efi-sig-list (efitools)",
            text("[^\\x00]{0,2000}-----BEGIN CERTIFICATE-----")),
    PEM("PEM text", "name the file that is meant", text("[^\\x00]{0,2000}-----BEGIN ")),
    YAML_LOG(
            "what tpm2_eventlog prints (YAML)",
            "give the binary log that it was made of",
            text("(---|version: \\d|\\s*- EventNum|events:|pcrs:)[\\s\\S]{0,2000}")),
    PCR_VALUES(
            "PCR values, as tpm2_pcrread prints them",
            "give them with --pcrs",
            text("\\s*(sha|sm3_)[0-9a-z_]{1,8} *:\\s+\\d{1,2} *: *0x")),
    IMA_TEXT(
            "IMA's list of measurements (ascii_runtime_measurements)",
            "IMA's list is not read; the firmware's log is binary_bios_measurements",
            text("\\s*\\d{1,2} [0-9a-fA-F]{32,128} \\S+ \\S")),
    HTML("a web page", "was the download answered with an error?", text("\\s*<(!DOCTYPE|html|\\?xml)")),
    LFS_POINTER("a pointer of Git LFS", "fetch the file itself (git lfs pull)", text("version https://git-lfs")),
    OCTAL_DUMP(
            "a dump with offsets in octal (od)",
            "make it again with xxd, which can turn it back into bytes",
            text("0{6,7} +([0-9a-fA-F]{2,6} +){2,16}[^\n]*\\n0{4,5}20 ")),
    HEX_DUMP(
            "a hex dump", "turn it into bytes first (xxd -r)", text("[0-9a-fA-F]{4,16}:? +([0-9a-fA-F]{2,8} +){2,16}")),
    HEX("hexadecimal digits", "turn them into bytes first (xxd -r -p)", InputFormat::isHex),
    BASE64("base64", "decode it first (base64 -d)", InputFormat::isBase64),
    TEXT(
            "text",
            "name the file that is meant",
            bytes -> head(bytes).chars().noneMatch(c -> c < 9 || (c > 13 && c < 32)) && isUtf8(bytes)),
    MARKED(
            "something else after a byte order mark",
            "a text editor has written the mark: make the file again without it",
            bytes -> false);

    private static final Pattern IMA_TEMPLATE = Pattern.compile("(ima|evm)[a-z0-9-]*|[a-z0-9-]+(\\|[a-z0-9-]+)+");
    private static final Bytes SKIPPABLE = Bytes.parseHex("2a4d18");
    private static final Set<Integer> CEL_REGISTERS = Set.of(1, 2, 108);
    private static final int HEAD = 4096;

    private final String description;
    private final String advice;
    private final Predicate<Bytes> test;

    InputFormat(String description, String advice, Predicate<Bytes> test) {
        this.description = description;
        this.advice = advice;
        this.test = test;
    }

    InputFormat(String description, String advice, String magic) {
        this(description, advice, startsWith(Bytes.wrap(HexFormat.of().parseHex(magic))));
    }

    /** {@return what the bytes look like, or empty if they look like nothing known} */
    public static Optional<InputFormat> of(Bytes bytes) {
        Bytes content = ByteOrderMark.skip(bytes);
        boolean isMarked = ByteOrderMark.isAny(bytes);
        Optional<InputFormat> format = Arrays.stream(values())
                .filter(known -> known.test.test(content))
                .findFirst()
                .filter(known -> !isMarked || known == EMPTY || known.compareTo(UTF16) >= 0);
        return format.isEmpty() && isMarked ? Optional.of(MARKED) : format;
    }

    /** {@return what it is and what to do, as the reason of a fault} */
    public String reason() {
        return "looks like " + description + ": " + advice;
    }

    /** {@return the fault of an input that is none of what was expected, if it looks like something else} */
    public static MalformedDataException explained(
            MalformedDataException fault, String structure, Bytes input, InputFormat... expected) {
        return of(input)
                .filter(format -> !Arrays.asList(expected).contains(format))
                .map(format -> new MalformedDataException(new Fault(
                        0,
                        structure,
                        "format",
                        format.reason() + " (" + fault.fault().message() + ")")))
                .orElse(fault);
    }

    private static Predicate<Bytes> startsWith(Bytes magic) {
        return bytes -> bytes.startsWith(magic);
    }

    private static Predicate<Bytes> text(String pattern) {
        Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
        return bytes -> compiled.matcher(head(bytes)).lookingAt();
    }

    private static String head(Bytes bytes) {
        return bytes.slice(0, Math.min(bytes.length(), HEAD)).decode(StandardCharsets.ISO_8859_1);
    }

    private static boolean hasText(Bytes bytes, int offset, String text) {
        return bytes.length() >= offset + text.length()
                && bytes.slice(offset, text.length()).equals(Bytes.encode(text, StandardCharsets.US_ASCII));
    }

    private static boolean isSkippableFrame(Bytes bytes) {
        return bytes.length() >= 8 && bytes.u8(0) >> 4 == 5 && bytes.from(1).startsWith(SKIPPABLE);
    }

    /** The usual properties, a dictionary of a power of two, and a size that is known or not. */
    private static boolean isLzma(Bytes bytes) {
        return bytes.length() >= 13
                && bytes.u8(0) == 0x5d
                && Long.bitCount(bytes.u32(1)) == 1
                && bytes.u32(1) >= 4096
                && (bytes.u64(5) == -1 || (bytes.u64(5) >= 0 && bytes.u64(5) <= 1L << 40));
    }

    private static boolean isZlib(Bytes bytes) {
        return bytes.length() >= 8
                && bytes.u8(0) == 0x78
                && (bytes.u8(0) << Byte.SIZE | bytes.u8(1)) % 31 == 0
                && (bytes.u8(1) & 0x20) == 0;
    }

    private static boolean isPe(Bytes bytes) {
        return hasText(bytes, 0, "MZ") && bytes.length() >= 64;
    }

    private static boolean isAttest(Bytes bytes) {
        Bytes magic = Bytes.parseHex("ff544347");
        return bytes.startsWith(magic) || (bytes.length() > 6 && bytes.from(2).startsWith(magic));
    }

    private static boolean isImaBinary(Bytes bytes) {
        for (int digestSize : new int[] {20, 32, 48, 64}) {
            int at = Integer.BYTES + digestSize;
            if (bytes.length() >= at + 8 && bytes.u32(0) <= 23 && bytes.u32(at) >= 3 && bytes.u32(at) <= 64) {
                String name = bytes.slice(at + 4, (int) Math.min(bytes.u32(at), bytes.length() - at - 4L))
                        .decode(StandardCharsets.ISO_8859_1);
                if (IMA_TEMPLATE.matcher(name).matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A record number, and a PCR, an NV index or the register of a confidential VM after it. */
    private static boolean isCelTlv(Bytes bytes) {
        if (bytes.length() < 16 || bytes.u8(0) != 0) {
            return false;
        }
        long size = Integer.toUnsignedLong(Integer.reverseBytes((int) bytes.u32(1)));
        if (size < 1 || size > Long.BYTES) {
            return false;
        }
        int next = 5 + (int) size;
        return CEL_REGISTERS.contains(bytes.u8(next))
                && bytes.length() >= next + 5
                && Integer.toUnsignedLong(Integer.reverseBytes((int) bytes.u32(next + 1))) <= Long.BYTES;
    }

    /** An array of maps whose first key is 0, or such a map. */
    private static boolean isCelCbor(Bytes bytes) {
        int at = 0;
        if (bytes.length() > 8 && (bytes.u8(0) == 0x9f || (bytes.u8(0) >= 0x80 && bytes.u8(0) <= 0x97))) {
            at = 1;
        } else if (bytes.length() > 8 && bytes.u8(0) >= 0x98 && bytes.u8(0) <= 0x9b) {
            at = 1 + (1 << (bytes.u8(0) - 0x98));
        }
        return bytes.length() > at + 3
                && (bytes.u8(at) == 0xbf || (bytes.u8(at) >= 0xa2 && bytes.u8(at) <= 0xa6))
                && (bytes.u8(at + 1) == 0 || bytes.u8(at + 1) == 0x66);
    }

    private static boolean isDer(Bytes bytes) {
        if (bytes.length() < 64 || bytes.u8(0) != 0x30 || bytes.u8(1) < 0x81 || bytes.u8(1) > 0x82) {
            return false;
        }
        int content = derContent(bytes, 0);
        int size = bytes.u8(1) == 0x81 ? bytes.u8(2) : bytes.u8(2) << Byte.SIZE | bytes.u8(3);
        return size + content <= bytes.length() && (bytes.u8(content) == 0x30 || bytes.u8(content) == 0x02);
    }

    /** The first part, TBSCertificate, begins with a version or, without one, with a serial number. */
    private static boolean isCertificate(Bytes bytes) {
        if (!isDer(bytes) || bytes.u8(derContent(bytes, 0)) != 0x30) {
            return false;
        }
        int fields = derContent(bytes, derContent(bytes, 0));
        return fields < 16 && (bytes.from(fields).startsWith(Bytes.parseHex("a003020102")) || bytes.u8(fields) == 0x02);
    }

    private static int derContent(Bytes bytes, int at) {
        int length = bytes.u8(at + 1);
        return at + 2 + (length > 0x80 ? length - 0x80 : 0);
    }

    private static boolean isUtf16(Bytes bytes) {
        Bytes head = bytes.slice(0, Math.min(bytes.length(), HEAD));
        return RecognizedText.of(head).filter(RecognizedText::isUtf16).isPresent();
    }

    private static boolean isHex(Bytes bytes) {
        String text = head(bytes).strip();
        int start = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
        return text.length() - start >= 16
                && text.chars()
                        .skip(start)
                        .allMatch(c -> Character.digit(c, 16) >= 0 || isBlank(c) || c == ':' || c == ',');
    }

    private static boolean isBase64(Bytes bytes) {
        String text = head(bytes).strip();
        return text.length() >= 24
                && text.chars().noneMatch(c -> c == ' ')
                && text.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z')
                                || (c >= 'a' && c <= 'z')
                                || (c >= '0' && c <= '9')
                                || "+/=-_\n\r".indexOf(c) >= 0);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isUtf8(Bytes bytes) {
        return RecognizedText.of(bytes.slice(0, Math.min(bytes.length(), HEAD))).isPresent();
    }
}
