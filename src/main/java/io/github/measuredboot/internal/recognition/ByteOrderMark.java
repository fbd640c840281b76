package io.github.measuredboot.internal.recognition;

import io.github.measuredboot.bytes.Bytes;

/** The byte order mark of UTF-8, which some programs write before a text. */
public final class ByteOrderMark {
    private static final Bytes UTF8 = Bytes.parseHex("efbbbf");

    private ByteOrderMark() {}

    public static Bytes skip(Bytes bytes) {
        return bytes.startsWith(UTF8) ? bytes.from(UTF8.length()) : bytes;
    }
}
