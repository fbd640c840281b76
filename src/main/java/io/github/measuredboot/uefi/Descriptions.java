package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.nio.charset.StandardCharsets;

/** Descriptions after a size of one byte. */
final class Descriptions {
    private Descriptions() {}

    static Bytes read(ByteCursor cursor, String field) throws MalformedDataException {
        Bytes description = cursor.plainBytes(cursor.plain8(field + "Size"), field);
        if (cursor.isRecording()) {
            cursor.text(field, text(description), description.length());
        }
        return description;
    }

    static String text(Bytes description) {
        return RecognizedText.of(description).map(RecognizedText::text).orElseGet(() -> upToNul(description));
    }

    private static String upToNul(Bytes description) {
        String text = description.decode(StandardCharsets.ISO_8859_1);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    static void require(Bytes description) {
        if (description.length() > 0xff) {
            throw new IllegalArgumentException("a description has at most 255 bytes, not " + description.length());
        }
    }
}
