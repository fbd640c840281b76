package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import java.io.IOException;

/** Text that is put together piece by piece. */
final class Yaml {
    private static final String DIGITS = "0123456789abcdef";

    private final Appendable out;

    Yaml(Appendable out) {
        this.out = out;
    }

    Yaml text(CharSequence text) throws IOException {
        out.append(text);
        return this;
    }

    Yaml line(String text) throws IOException {
        out.append(text).append('\n');
        return this;
    }

    Yaml line(String key, String value) throws IOException {
        out.append(key).append(value).append('\n');
        return this;
    }

    Yaml line(String key, long value) throws IOException {
        return line(key, Long.toUnsignedString(value));
    }

    Yaml hexLine(String key, long value) throws IOException {
        return line(key, "0x" + Long.toHexString(value));
    }

    /** The bytes in hexadecimal digits between two texts, on a line of their own. */
    Yaml bytesLine(String before, Bytes bytes, String after) throws IOException {
        out.append(before);
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.u8(i);
            out.append(DIGITS.charAt(b >> 4)).append(DIGITS.charAt(b & 0xf));
        }
        out.append(after).append('\n');
        return this;
    }
}
