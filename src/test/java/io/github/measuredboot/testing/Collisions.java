package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Different values with equal hash codes, as an attacker makes them. */
public final class Collisions {
    private static final int CHOICES = 4;

    private Collisions() {}

    /** Arrays of one length of {@link Bytes}, and of anything else whose hash code is a polynomial of 31. */
    public static Bytes bytes(int index, int pairs) {
        byte[] bytes = new byte[2 * pairs];
        for (int i = 0, rest = index; i < pairs; i++, rest /= CHOICES) {
            int choice = rest % CHOICES;
            bytes[2 * i] = (byte) (0x40 + choice);
            bytes[2 * i + 1] = (byte) (31 * (CHOICES - 1 - choice));
        }
        return Bytes.wrap(bytes);
    }

    /** Texts of printable characters outside of ASCII and one length. */
    public static String text(int index, int pairs) {
        StringBuilder text = new StringBuilder(2 * pairs);
        for (int i = 0, rest = index; i < pairs; i++, rest /= CHOICES) {
            int choice = rest % CHOICES;
            text.append((char) ('A' + choice)).append((char) (0x100 + 31 * (CHOICES - 1 - choice)));
        }
        return text.toString();
    }

    public static Guid guid(int index) {
        return Guid.of(new UUID((long) index << Integer.SIZE | index, 0));
    }

    public static List<Bytes> bytes(int count) {
        return IntStream.range(0, count).mapToObj(i -> bytes(i, 10)).toList();
    }

    /**
     * Names that Jackson's table of names for UTF-8 input keeps in the same place as {@code name}, whatever its seed: of up to
     * eight bytes, the hash mixes the seed in only after the bytes.
     */
    public static List<String> likeJacksonName(String name, int count) {
        int target = mixed(quad(name, 0), quad(name, Integer.BYTES));
        List<String> names = new ArrayList<>();
        for (int first = 0x23232323; names.size() < count; first++) {
            int second = (target - mixed(first, 0)) * INVERSE_OF_33;
            if (isPlain(first) && isPlain(second)) {
                names.add(text(first) + text(second));
            }
        }
        return names;
    }

    private static final int INVERSE_OF_33 = 0x3e0f83e1;

    private static int mixed(int first, int second) {
        int hash = first + (first >>> 15);
        hash ^= hash >>> 9;
        return hash + second * 33;
    }

    private static int quad(String name, int at) {
        int quad = -1;
        for (int i = at; i < Math.min(name.length(), at + Integer.BYTES); i++) {
            quad = quad << Byte.SIZE | name.charAt(i);
        }
        return quad;
    }

    private static boolean isPlain(int quad) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int c = quad >>> shift & 0xff;
            if (c <= '"' || c > '~' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String text(int quad) {
        return "" + (char) (quad >>> 24) + (char) (quad >>> 16 & 0xff) + (char) (quad >>> 8 & 0xff)
                + (char) (quad & 0xff);
    }
}
