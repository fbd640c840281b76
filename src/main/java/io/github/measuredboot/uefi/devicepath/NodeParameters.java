package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of one node's text, taken one by one. What is missing is empty and what cannot be converted is zero, as in
 * EDK2; strictly, both are faults.
 */
final class NodeParameters {
    private static final int EISA_LETTERS = 3;
    private static final int GUID_LENGTH = Guid.ZERO.toString().length();

    private final String nodeName;
    private final char[] parameters;
    private final int textPosition;
    private final boolean strict;
    private int start;
    private int next;

    NodeParameters(String nodeName, String parameters, int textPosition, boolean strict) {
        this.nodeName = nodeName;
        this.parameters = (parameters + '\0').toCharArray();
        this.textPosition = textPosition;
        this.strict = strict;
    }

    boolean hasMore() {
        return parameters[next] != '\0';
    }

    void requireEnd() throws MalformedDataException {
        if (hasMore()) {
            start = next;
            depart("a parameter too many");
        }
    }

    /** The next parameter, which may be missing. */
    String optionalText() {
        start = next;
        int end = start;
        while (parameters[end] != '\0' && parameters[end] != ',') {
            end++;
        }
        next = parameters[end] == ',' ? end + 1 : end;
        parameters[end] = '\0';
        return new String(parameters, start, end - start);
    }

    String text() throws MalformedDataException {
        String text = optionalText();
        if (text.isEmpty()) {
            depart("a parameter is missing");
        }
        return text;
    }

    Bytes optionalLatin1() throws MalformedDataException {
        return latin1(optionalText());
    }

    Bytes latin1(String text) throws MalformedDataException {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            if (text.charAt(i) > 0xff) {
                depart("a character that does not fit into 8 bits");
            }
            bytes[i] = (byte) text.charAt(i);
        }
        return Bytes.wrap(bytes);
    }

    long number(int bits) throws MalformedDataException {
        return checked(NumberText.parse(text()), bits);
    }

    long number(int bits, long defaultValue) throws MalformedDataException {
        String text = optionalText();
        return text.isEmpty() ? defaultValue : checked(NumberText.parse(text), bits);
    }

    long hexNumber(int bits) throws MalformedDataException {
        return checked(NumberText.parseHex(text()), bits);
    }

    /** One of some words as its index, or a number. */
    long wordOrNumber(int bits, List<String> words) throws MalformedDataException {
        String text = text();
        int index = words.indexOf(text);
        return index >= 0 ? index : checked(NumberText.parse(text), bits);
    }

    /** One of some words as its index, or -1. */
    int word(List<String> words) throws MalformedDataException {
        int index = words.indexOf(optionalText());
        if (index < 0) {
            depart("is not one of " + String.join(", ", words));
        }
        return index;
    }

    long checked(NumberText number, int bits) throws MalformedDataException {
        if (!number.exact()) {
            depart("is not a number");
        }
        if (!number.fits(bits)) {
            depart("has more than " + bits + " bits");
        }
        return number.value();
    }

    Guid guid() throws MalformedDataException {
        String text = text();
        Optional<Guid> guid = Guid.tryParse(text.substring(0, Math.min(text.length(), GUID_LENGTH)));
        if (guid.isEmpty() || text.length() != GUID_LENGTH) {
            depart("is not a GUID");
        }
        return guid.orElse(Guid.ZERO);
    }

    /** Two digits a byte. Where there is a digit too many, EDK2 drops it. */
    Bytes hexDump() throws MalformedDataException {
        String text = optionalText();
        return hexBytes(text, text.length() / 2);
    }

    /** Two digits a byte. Where there is a digit too many, EDK2 makes everything zero. */
    Bytes hexDumpOrZeros() throws MalformedDataException {
        String text = optionalText();
        return hexBytes(text, (text.length() + 1) / 2);
    }

    Bytes hexBytes(String text, int size) throws MalformedDataException {
        if (text.length() != 2 * size) {
            depart("has not two hexadecimal digits for each of " + size + " bytes");
        }
        if (text.length() >= 2 * size) {
            try {
                return Bytes.parseHex(text.substring(0, 2 * size));
            } catch (IllegalArgumentException e) {
                depart("has not only hexadecimal digits");
            }
        }
        return Bytes.wrap(new byte[size]);
    }

    /** Eight octets with hyphens between, the first one to be stored last. */
    Bytes eui64() throws MalformedDataException {
        String[] octets = text().split("-", -1);
        byte[] bytes = new byte[Long.BYTES];
        if (octets.length != bytes.length) {
            depart("has not eight octets with hyphens between");
        }
        for (int i = 0; i < Math.min(octets.length, bytes.length); i++) {
            bytes[bytes.length - 1 - i] = (byte) checked(NumberText.parseHex(octets[i]), Byte.SIZE);
        }
        return Bytes.wrap(bytes);
    }

    Bytes ipv4() throws MalformedDataException {
        return address(AddressText.parseIpv4(optionalText(), strict), 4);
    }

    Bytes ipv6() throws MalformedDataException {
        return address(AddressText.parseIpv6(optionalText(), strict), 16);
    }

    /** Two parameters that EDK2 takes only together, and their order in the text. */
    boolean nextTwoAreGiven() throws MalformedDataException {
        int comma = next;
        while (parameters[comma] != '\0' && parameters[comma] != ',') {
            comma++;
        }
        boolean first = comma > next;
        boolean second = parameters[comma] == ',' && parameters[comma + 1] != '\0' && parameters[comma + 1] != ',';
        if (first != second) {
            start = next;
            depart("a parameter is missing");
        }
        return first && second;
    }

    /** Strictly, an empty parameter is a fault. */
    void requireNext() throws MalformedDataException {
        if (parameters[next] == '\0' || parameters[next] == ',') {
            start = next;
            depart("a parameter is missing");
        }
    }

    /** Passes over what EDK2 does not look at. */
    void skip() {
        optionalText();
    }

    private Bytes address(Optional<Bytes> address, int size) throws MalformedDataException {
        if (address.isEmpty() && parameters[start] != '\0') {
            depart("is not an address");
        }
        return address.orElseGet(() -> Bytes.wrap(new byte[size]));
    }

    /** Three letters and a hexadecimal number. EDK2 takes them without checking whether the parameter is that long. */
    long eisaId() throws MalformedDataException {
        String text = text();
        if (start + EISA_LETTERS >= parameters.length) {
            throw fault("is too short for an EISA id: three letters and four digits");
        }
        if (!text.matches("[@A-Z\\[\\\\\\]^_]{3}[0-9A-Fa-f]{4}")) {
            depart("is not an EISA id: three letters and four digits");
        }
        String afterLetters = new String(parameters, start + EISA_LETTERS, parameters.length - start - EISA_LETTERS);
        return (NumberText.parseHex(afterLetters).value() << Short.SIZE)
                | EisaId.vendor(parameters[start], parameters[start + 1], parameters[start + 2]);
    }

    /** As {@link #eisaId}, or nothing or a number that begins with 0 for none. */
    long eisaIdOrZero() throws MalformedDataException {
        if (parameters[next] == '\0' || parameters[next] == ',' || parameters[next] == '0') {
            optionalText();
            return 0;
        }
        return eisaId();
    }

    boolean nextIsIpv6() {
        for (int i = next; parameters[i] != '\0'; i++) {
            if (parameters[i] == '.' || parameters[i] == ':') {
                return parameters[i] == ':';
            }
        }
        return false;
    }

    Bytes fitting(Bytes body) throws MalformedDataException {
        if (body.length() > NodeLayout.MAX_BODY) {
            throw fault("makes " + body.length() + " bytes where a node has at most " + NodeLayout.MAX_BODY);
        }
        return body;
    }

    void depart(String reason) throws MalformedDataException {
        if (strict) {
            throw fault(reason);
        }
    }

    private MalformedDataException fault(String reason) {
        return DevicePathParser.fault(textPosition + start, nodeName, reason);
    }
}
