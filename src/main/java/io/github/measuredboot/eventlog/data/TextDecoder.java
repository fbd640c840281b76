package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Event data that are text, or may be, or begin with it. */
final class TextDecoder {
    private static final int CONFIG_NAME = 16;
    private static final int CONFIG_HEADER = CONFIG_NAME + Integer.BYTES;
    private static final int SHORTEST_NAME = 2;
    private static final int SHORTEST_WIDE_NAME = 3;

    private TextDecoder() {}

    static EventData text(Bytes raw) {
        if (raw.isEmpty() || RecognizedText.of(raw).isPresent()) {
            return new TextData(raw);
        }
        SeparatorData separator = new SeparatorData(raw); // skiboot gives its separators this type
        return separator.kind() == SeparatorData.Kind.NORMAL ? separator : nameOrOpaque(raw);
    }

    static EventData textOrOpaque(Bytes raw) {
        return RecognizedText.certainly(raw).isPresent() ? new TextData(raw) : new OpaqueEventData(raw);
    }

    static EventData nameOrOpaque(Bytes raw) {
        if (isPlatformConfig(raw)) {
            String name = raw.slice(0, asciiLength(raw)).decode(StandardCharsets.US_ASCII);
            return new FirmwareData.Named(raw, name, raw.from(CONFIG_HEADER));
        }
        Optional<String> whole =
                RecognizedText.of(raw).map(RecognizedText::text).filter(text -> text.length() >= SHORTEST_NAME);
        return whole.isPresent()
                ? new FirmwareData.Named(raw, whole.get(), Bytes.EMPTY)
                : nameBeforeData(raw, asciiLength(raw), Byte.BYTES, SHORTEST_NAME)
                        .or(() -> nameBeforeData(raw, wideLength(raw), Character.BYTES, SHORTEST_WIDE_NAME))
                        .orElseGet(() -> new OpaqueEventData(raw));
    }

    /** TD_SHIM_PLATFORM_CONFIG_INFO: a name of 16 bytes, and the data with their size. */
    private static boolean isPlatformConfig(Bytes raw) {
        int name = raw.length() < CONFIG_HEADER ? 0 : asciiLength(raw);
        return name >= SHORTEST_NAME
                && name <= CONFIG_NAME
                && raw.slice(name, CONFIG_NAME - name).isFilledWith(0)
                && raw.u32(CONFIG_NAME) == raw.length() - CONFIG_HEADER;
    }

    static boolean isText(Bytes raw) {
        return RecognizedText.of(raw)
                .filter(found -> found.text().length() >= SHORTEST_NAME)
                .isPresent();
    }

    private static Optional<EventData> nameBeforeData(Bytes raw, int length, int unit, int shortest) {
        int end = length;
        while (end < raw.length() && raw.u8(end) == 0) {
            end++;
        }
        if (length < shortest * unit || end < length + unit) {
            return Optional.empty();
        }
        Bytes name = raw.slice(0, length);
        String text = unit == 1 ? name.decode(StandardCharsets.US_ASCII) : Utf16.decode(name);
        return Optional.of(new FirmwareData.Named(raw, text, raw.from(end)));
    }

    private static int asciiLength(Bytes raw) {
        int length = 0;
        while (length < raw.length() && isPrintable(raw.u8(length))) {
            length++;
        }
        return length;
    }

    private static int wideLength(Bytes raw) {
        int length = 0;
        while (length + Character.BYTES <= raw.length() && isPrintable(raw.u16(length))) {
            length += Character.BYTES;
        }
        return length;
    }

    private static boolean isPrintable(int unit) {
        return unit >= 0x20 && unit <= 0x7e;
    }
}
