package io.github.measuredboot.internal.recognition;

import io.github.measuredboot.bytes.Bytes;

/** The byte order marks, which some programs write before a text. */
public final class ByteOrderMark {
    static final Bytes UTF16_LITTLE_ENDIAN = Bytes.parseHex("fffe");
    static final Bytes UTF16_BIG_ENDIAN = Bytes.parseHex("feff");
    private static final Bytes UTF8 = Bytes.parseHex("efbbbf");

    private ByteOrderMark() {}

    /** Without the mark of UTF-8, if it is there. */
    public static Bytes skip(Bytes bytes) {
        return bytes.startsWith(UTF8) ? bytes.from(UTF8.length()) : bytes;
    }

    public static boolean isOfUtf16(Bytes bytes) {
        return bytes.startsWith(UTF16_LITTLE_ENDIAN) || bytes.startsWith(UTF16_BIG_ENDIAN);
    }

    static boolean isAny(Bytes bytes) {
        return bytes.startsWith(UTF8) || isOfUtf16(bytes);
    }
}
