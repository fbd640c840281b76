package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.util.List;
import java.util.Optional;

/**
 * Event data that are text: those of EV_ACTION, EV_EFI_ACTION, EV_OMIT_BOOT_DEVICE_EVENTS and EV_EFI_HCRTM_EVENT, for which the
 * specification (PFP section 10.4.1) wants ASCII without a NUL, and those of any other type without a layout of its own, if they happen
 * to be text. The text may be ASCII, UTF-8 or UTF-16, with or without a NUL.
 */
public record TextData(Bytes raw) implements EventData {
    /** {@return the whole text without the NULs at its end; bytes in no known encoding are read as ISO 8859-1} */
    public String text() {
        return RecognizedText.ofAny(raw);
    }

    /** {@return how many bytes of {@code raw} the text takes up, without the NULs at its end} */
    public int textLength() {
        return recognized().map(RecognizedText::length).orElseGet(raw::length);
    }

    private Optional<RecognizedText> recognized() {
        return RecognizedText.of(raw);
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.text("text", text(), 0, raw.length()));
    }
}
