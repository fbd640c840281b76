package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.recognition.ByteOrderMark;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The nonce in a file, as its bytes or its hexadecimal digits. Whichever it is taken for, it is the verifier's own. */
final class NonceFile {
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s:]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]+");

    private NonceFile() {}

    /** The bytes, with or without the white space around them, if that is what the quote carries; else what the file says. */
    static Bytes read(String name, Bytes quoted) throws InputException {
        Bytes content = InputFile.decode(name, bytes -> bytes);
        String stripped = content.decode(StandardCharsets.ISO_8859_1).strip();
        if (stripped.isEmpty()) {
            throw new InputException(InputFile.called(name) + ": is empty");
        }
        boolean isCarried =
                quoted.equals(content) || quoted.equals(Bytes.encode(stripped, StandardCharsets.ISO_8859_1));
        return isCarried ? quoted : decoded(name, content);
    }

    private static Bytes decoded(String name, Bytes content) throws InputException {
        String text = text(content).strip().replaceFirst("^0[xX]", "");
        String digits = BETWEEN_DIGITS.matcher(text).replaceAll("");
        if (!DIGITS.matcher(digits).matches()) {
            return content;
        }
        if (digits.length() % 2 != 0) {
            throw new InputException(InputFile.called(name) + ": " + digits.length()
                    + " hexadecimal digits, an odd number: is one missing?");
        }
        return Bytes.parseHex(digits);
    }

    private static String text(Bytes content) {
        if (ByteOrderMark.isOfUtf16(content)) {
            return content.decode(StandardCharsets.UTF_16);
        }
        return ByteOrderMark.skip(content).decode(StandardCharsets.ISO_8859_1);
    }
}
