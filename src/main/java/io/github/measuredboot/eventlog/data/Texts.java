package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How firmware and loaders write text into event data. */
final class Texts {
    private Texts() {}

    static String upToNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    static boolean isPrintableAscii(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.u8(i) < 0x20 || bytes.u8(i) > 0x7e) {
                return false;
            }
        }
        return !bytes.isEmpty();
    }

    /**
     * Whether the bytes are UTF-16LE text, mostly of the Latin script, with or without NULs at the end. Bytes of which only the last is
     * NUL are ASCII with a terminator.
     */
    static boolean looksLikeUtf16(Bytes bytes) {
        if (bytes.length() < Character.BYTES || bytes.length() % Character.BYTES != 0) {
            return false;
        }
        int nul = indexOfNul(bytes);
        if (nul < 0 || (nul == bytes.length() - 1 && bytes.length() > Character.BYTES)) {
            return false;
        }
        int units = bytes.length() / Character.BYTES;
        while (units > 0 && bytes.u16((units - 1) * Character.BYTES) == 0) {
            units--;
        }
        int latin = 0;
        for (int i = 0; i < units; i++) {
            int unit = bytes.u16(i * Character.BYTES);
            if (unit < 0x20 && unit != '\t' && unit != '\n' && unit != '\r') {
                return false;
            }
            latin += unit < 0x100 ? 1 : 0;
        }
        return units > 0 && latin * 2 >= units;
    }

    static int indexOfNul(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.u8(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    static Bytes beforeNul(Bytes bytes) {
        int nul = indexOfNul(bytes);
        return nul < 0 ? bytes : bytes.slice(0, nul);
    }

    static Optional<String> strictUtf8(Bytes bytes) {
        try {
            ByteBuffer buffer = bytes.asByteBuffer();
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
