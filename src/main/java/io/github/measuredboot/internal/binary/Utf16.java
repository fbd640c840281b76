package io.github.measuredboot.internal.binary;

import io.github.measuredboot.bytes.Bytes;

/** UTF-16LE by code units: unlike a charset this keeps unpaired surrogates. */
public final class Utf16 {
    private Utf16() {}

    /** The last byte of an odd number of bytes is left out. */
    public static String decode(Bytes bytes) {
        char[] units = new char[bytes.length() / Character.BYTES];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) bytes.u16(i * Character.BYTES);
        }
        return new String(units);
    }

    public static Bytes encode(String text) {
        byte[] bytes = new byte[text.length() * Character.BYTES];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) text.charAt(i);
            bytes[2 * i + 1] = (byte) (text.charAt(i) >> Byte.SIZE);
        }
        return Bytes.wrap(bytes);
    }
}
