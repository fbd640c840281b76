package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Network addresses as text. */
final class AddressText {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final int GROUPS = 8;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private AddressText() {}

    static String ipv4(Bytes address) {
        return address.u8(0) + "." + address.u8(1) + "." + address.u8(2) + "." + address.u8(3);
    }

    static String ipv6InFull(Bytes address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            text.append(i == 0 ? "" : ":").append(UPPER.toHexDigits((short) group(address, i)));
        }
        return text.toString();
    }

    /** In brackets, the longest run of at least two zero groups left out (RFC 5952, 4.2). */
    static String ipv6InBrackets(Bytes address) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && group(address, i + length) == 0) {
                length++;
            }
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(i == 0 || i == runStart + runLength ? "" : ":")
                        .append(Integer.toHexString(group(address, i)));
            }
        }
        return text.append("]").toString();
    }

    /** Four decimal octets. What follows the last one does not matter, unless {@code strict}. */
    static Optional<Bytes> parseIpv4(String text, boolean strict) {
        Matcher matcher = IPV4.matcher(text);
        if (!matcher.lookingAt() || (strict && matcher.end() < text.length())) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            int octet = Integer.parseInt(matcher.group(i + 1));
            if (octet > 0xff) {
                return Optional.empty();
            }
            address[i] = (byte) octet;
        }
        return Optional.of(Bytes.wrap(address));
    }

    /** Eight groups, or fewer with one {@code ::}. Groups beyond the eighth do not matter. */
    static Optional<Bytes> parseIpv6(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = new ArrayList<>();
        List<Integer> tail = new ArrayList<>();
        boolean wellFormed = gap < 0
                ? addGroups(text, head)
                : addGroups(text.substring(0, gap), head) && addGroups(text.substring(gap + 2), tail);
        int missing = GROUPS - head.size() - tail.size();
        if (!wellFormed || (gap < 0 ? missing > 0 : missing < 0)) {
            return Optional.empty();
        }
        if (gap >= 0) {
            head.addAll(Collections.nCopies(missing, 0));
            head.addAll(tail);
        }
        byte[] address = new byte[2 * GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            address[2 * i] = (byte) (head.get(i) >> Byte.SIZE);
            address[2 * i + 1] = (byte) (int) head.get(i);
        }
        return Optional.of(Bytes.wrap(address));
    }

    private static boolean addGroups(String text, List<Integer> groups) {
        for (String group : text.isEmpty() ? new String[0] : text.split(":", -1)) {
            if (!IPV6_GROUP.matcher(group).matches()) {
                return false;
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return true;
    }

    private static int group(Bytes address, int index) {
        return (address.u8(2 * index) << Byte.SIZE) | address.u8(2 * index + 1);
    }
}
