package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;

/** CHAR16 strings, unit by unit: charsets would replace unpaired surrogates. */
final class Char16Text {
    private Char16Text() {}

    static String upToNul(Bytes bytes) {
        return Utf16.decode(bytes.slice(0, Math.max(0, indexOfNul(bytes))));
    }

    /** The text up to the first NUL, or to the end of the bytes if there is no NUL. */
    static String upToNulOrEnd(Bytes bytes) {
        return indexOfNul(bytes) < 0 ? Utf16.decode(bytes) : upToNul(bytes);
    }

    static String readTerminated(ByteCursor cursor, String field) throws MalformedDataException {
        int size = indexOfNul(cursor.ahead());
        if (size < 0) {
            throw cursor.fault(field, "has no NUL in " + cursor.remaining() + " bytes");
        }
        Bytes text = cursor.plainBytes(size + Character.BYTES, field);
        return cursor.text(field, upToNul(text), text.length());
    }

    static int indexOfNul(Bytes bytes) {
        for (int i = 0; i + Character.BYTES <= bytes.length(); i += Character.BYTES) {
            if (bytes.u16(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    static ByteWriter write(ByteWriter writer, String text) {
        text.chars().forEach(writer::u16);
        return writer;
    }
}
