package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Network addresses as text. */
final class AddressText {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final int GROUPS = 8;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV4_AND_PREFIX =
            Pattern.compile("(\\d++)\\.(\\d++)\\.(\\d++)\\.(\\d++)(?:/(\\d++))?");
    private static final int MAX_IPV4_PREFIX = 32;

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

    /** Four decimal octets. EDK2 also reads a prefix length, whose only effect is that one that is too large spoils the address. */
    static Optional<Bytes> parseIpv4(String text, boolean strict) {
        Matcher matcher = (strict ? IPV4 : IPV4_AND_PREFIX).matcher(text);
        if (strict ? !matcher.matches() : !matcher.lookingAt()) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            int octet = upTo(matcher.group(i + 1), 0xff);
            if (octet < 0) {
                return Optional.empty();
            }
            address[i] = (byte) octet;
        }
        return !strict && matcher.group(5) != null && upTo(matcher.group(5), MAX_IPV4_PREFIX) < 0
                ? Optional.empty()
                : Optional.of(Bytes.wrap(address));
    }

    private static int upTo(String digits, int max) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 3 || Integer.parseInt(significant) > max ? -1 : Integer.parseInt(significant);
    }

    static Optional<Bytes> parseIpv6(String text, boolean strict) {
        return strict ? Ipv6Text.parse(text) : Ipv6Text.parseAsEdk2(text);
    }

    private static int group(Bytes address, int index) {
        return (address.u8(2 * index) << Byte.SIZE) | address.u8(2 * index + 1);
    }
}
