package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;

/** The strings inside nodes. */
final class NodeStrings {
    private NodeStrings() {}

    static int indexOfNul(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.u8(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    static Bytes upToNul(Bytes bytes) {
        int end = indexOfNul(bytes);
        return end < 0 ? bytes : bytes.slice(0, end);
    }

    static String latin1UpToNul(Bytes bytes) {
        return upToNul(bytes).decode(StandardCharsets.ISO_8859_1);
    }

    static boolean hasChar16Nul(Bytes bytes) {
        for (int i = 0; i + Character.BYTES <= bytes.length(); i += Character.BYTES) {
            if (bytes.u16(i) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Keeps unpaired surrogates, which decoding by a charset would replace. */
    static String char16UpToNul(Bytes bytes) {
        StringBuilder text = new StringBuilder(bytes.length() / Character.BYTES);
        for (int i = 0; i + Character.BYTES <= bytes.length() && bytes.u16(i) != 0; i += Character.BYTES) {
            text.append((char) bytes.u16(i));
        }
        return text.toString();
    }
}
