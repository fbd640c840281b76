package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads IPv6 addresses. Used once. */
final class Ipv6Text {
    private static final int GROUPS = 8;
    private static final int MAX_PREFIX = 128;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern EMBEDDED_IPV4 = Pattern.compile("(.*:)(\\d+\\.\\d+\\.\\d+\\.\\d+)");

    private final String text;
    private final List<Integer> groups = new ArrayList<>();
    private int position;
    private int gap = -1;

    private Ipv6Text(String text) {
        this.text = text;
    }

    /** As RFC 4291 defines it (2.2): eight groups, or fewer with one {@code ::}, the last two perhaps as an IPv4 address. */
    static Optional<Bytes> parse(String text) {
        Matcher embedded = EMBEDDED_IPV4.matcher(text);
        if (embedded.matches()) {
            return AddressText.parseIpv4(embedded.group(2), true)
                    .flatMap(low -> parse(String.format(
                            "%s%02x%02x:%02x%02x", embedded.group(1), low.u8(0), low.u8(1), low.u8(2), low.u8(3))));
        }
        int gap = text.indexOf("::");
        List<Integer> head = new ArrayList<>();
        List<Integer> tail = new ArrayList<>();
        boolean wellFormed = gap < 0
                ? addGroups(text, head)
                : addGroups(text.substring(0, gap), head) && addGroups(text.substring(gap + 2), tail);
        int size = head.size() + tail.size();
        if (!wellFormed || (gap < 0 ? size != GROUPS : size >= GROUPS)) {
            return Optional.empty();
        }
        return Optional.of(address(head, tail));
    }

    private static boolean addGroups(String text, List<Integer> groups) {
        for (String group : text.isEmpty() ? new String[0] : text.split(":", -1)) {
            if (!GROUP.matcher(group).matches()) {
                return false;
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return true;
    }

    private static Bytes address(List<Integer> head, List<Integer> tail) {
        List<Integer> all = new ArrayList<>(head);
        all.addAll(Collections.nCopies(GROUPS - head.size() - tail.size(), 0));
        all.addAll(tail);
        byte[] address = new byte[2 * GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            address[2 * i] = (byte) (all.get(i) >> Byte.SIZE);
            address[2 * i + 1] = (byte) (int) all.get(i);
        }
        return Bytes.wrap(address);
    }

    /** As far as EDK2 reads it: a prefix length is skipped, and what follows the last group does not matter. */
    static Optional<Bytes> parseAsEdk2(String text) {
        Ipv6Text reader = new Ipv6Text(text);
        if (!reader.readAsEdk2() || (reader.groups.size() == GROUPS) != (reader.gap < 0)) {
            return Optional.empty();
        }
        int head = reader.gap < 0 ? GROUPS : reader.gap;
        return Optional.of(address(reader.groups.subList(0, head), reader.groups.subList(head, reader.groups.size())));
    }

    private boolean readAsEdk2() {
        while (true) {
            if (!isDigit() && !readGap()) {
                return false;
            }
            if (isDigit()) {
                if (!readGroup()) {
                    return false;
                }
            } else if (current() != '/') {
                return true;
            }
            if (current() == '/') {
                return isDigitOf(10, position + 1) && readPrefix();
            }
            if (current() != ':' || groups.size() == GROUPS) {
                return true;
            }
            position++;
        }
    }

    private boolean readGap() {
        if (current() != ':' || gap >= 0 || groups.size() == GROUPS) {
            return false;
        }
        gap = groups.size();
        position++;
        if (gap == 0 && current() != ':') {
            return false;
        }
        position += gap == 0 ? 1 : 0;
        return true;
    }

    /** At most four characters, which may begin with 0x. */
    private boolean readGroup() {
        int start = position;
        while (current() == '0') {
            position++;
        }
        if (position > start && (current() == 'x' || current() == 'X')) {
            position++;
        }
        int value = 0;
        while (isDigit() && position - start <= 4) {
            value = value << 4 | Character.digit(current(), 16);
            position++;
        }
        groups.add(value & 0xffff);
        return position - start <= 4;
    }

    private boolean readPrefix() {
        int prefix = 0;
        for (int i = position + 1; isDigitOf(10, i) && prefix <= MAX_PREFIX; i++) {
            prefix = prefix * 10 + Character.digit(text.charAt(i), 10);
        }
        return prefix <= MAX_PREFIX;
    }

    private boolean isDigit() {
        return isDigitOf(16, position);
    }

    private boolean isDigitOf(int radix, int index) {
        return index < text.length() && text.charAt(index) < 0x80 && Character.digit(text.charAt(index), radix) >= 0;
    }

    private char current() {
        return position < text.length() ? text.charAt(position) : 0;
    }
}
