package io.github.measuredboot.internal.recognition;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.Utf16;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text found in bytes that do not say how they are encoded: UTF-8, UTF-16 or, if it is nearly all ASCII, ISO 8859-1; with or without NULs at its end and a byte order mark
 * before it, and UTF-16 that lacks its last byte. A text of some length may have a few control characters.
 *
 * @param text the text without the NULs at its end; NULs within are kept
 * @param length how many bytes it takes up without the NULs at its end
 * @param isUtf16 whether it is in UTF-16
 */
public record RecognizedText(String text, int length, boolean isUtf16) {
    private static final int SHORTEST_PIECE = 2;
    private static final int SHORTEST_PLAIN = 4;
    private static final int SHORTEST_LATIN = 8;
    private static final int SHORTEST_WITH_ODDITIES = 9;
    private static final int CHARACTERS_PER_ODDITY = 8;
    private static final int SHORTEST_WITHOUT_NUL = 12;
    private static final int SHORTEST_OF_LETTERS = 5;
    private static final Pattern NULS = Pattern.compile("\0\0?");
    private static final int FIRST_BEYOND_LATIN = 0x250;

    /**
     * The text that bytes consist of.
     *
     * @param bytes the bytes
     * @return their text, or empty if they are empty, nothing but NULs, or anything but text
     */
    public static Optional<RecognizedText> of(Bytes bytes) {
        int end = withoutNuls(bytes);
        if (end == 0) {
            return Optional.empty();
        }
        if (bytes.startsWith(ByteOrderMark.UTF16_LITTLE_ENDIAN) && end > ByteOrderMark.UTF16_LITTLE_ENDIAN.length()) {
            return utf16(bytes, ByteOrderMark.UTF16_LITTLE_ENDIAN.length(), end, false);
        }
        if (bytes.startsWith(ByteOrderMark.UTF16_BIG_ENDIAN)) {
            return wide(bytes.from(ByteOrderMark.UTF16_BIG_ENDIAN.length()), bytes.length());
        }
        int start = bytes.length() - ByteOrderMark.skip(bytes).length();
        if (start == end) {
            return Optional.empty();
        }
        Bytes body = bytes.slice(start, end - start);
        return utf8(body, end)
                .or(() -> latin1(body, end))
                .or(() -> utf16(bytes, 0, end, true))
                .or(() -> strictly(body, StandardCharsets.UTF_8)
                        .filter(RecognizedText::isNearlyText)
                        .map(text -> new RecognizedText(text, end, false)));
    }

    /**
     * The text of bytes that are known to be written in UTF-16, if they are text at all, and the text in another encoding where
     * that is what they are.
     *
     * @param bytes the bytes
     * @return their text, or empty if they are empty, nothing but NULs, or anything but text
     */
    public static Optional<RecognizedText> ofUtf16(Bytes bytes) {
        int end = withoutNuls(bytes);
        return of(bytes).or(() -> utf16(bytes, 0, end, false).filter(found -> isOfOneScript(found.text)));
    }

    /**
     * The text that bytes consist of, if it is long enough not to be there by chance.
     *
     * @param bytes the bytes
     * @return their text, or empty if there is none of two characters with a NUL at its end or of four
     */
    public static Optional<RecognizedText> certainly(Bytes bytes) {
        return of(bytes)
                .filter(found -> found.text.length() >= SHORTEST_PLAIN
                        || (found.text.length() >= SHORTEST_PIECE && found.length < bytes.length()));
    }

    /**
     * Bytes as text whatever they are.
     *
     * @param bytes the bytes
     * @return their text if there is one, else what they are in UTF-8 or, where they are not valid, in ISO 8859-1
     */
    public static String ofAny(Bytes bytes) {
        return of(bytes)
                .map(RecognizedText::text)
                .or(() -> strictly(bytes, StandardCharsets.UTF_8))
                .orElseGet(() -> bytes.decode(StandardCharsets.ISO_8859_1));
    }

    private static int withoutNuls(Bytes bytes) {
        int end = bytes.length();
        while (end > 0 && bytes.u8(end - 1) == 0) {
            end--;
        }
        return end;
    }

    private static Optional<RecognizedText> utf8(Bytes bytes, int end) {
        if (isPrintableAscii(bytes)) {
            return Optional.of(new RecognizedText(bytes.decode(StandardCharsets.US_ASCII), end, false));
        }
        return strictly(bytes, StandardCharsets.UTF_8)
                .filter(RecognizedText::isText)
                .map(text -> new RecognizedText(text, end, false));
    }

    private static boolean isPrintableAscii(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.u8(i) < ' ' || bytes.u8(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static Optional<RecognizedText> utf16(Bytes bytes, int start, int end, boolean doubted) {
        int size = end - start;
        Bytes units = size % Character.BYTES == 0
                ? bytes.slice(start, size)
                : end < bytes.length() ? bytes.slice(start, size + 1) : withNul(bytes.slice(start, size));
        String text = Utf16.decode(units);
        if (!isText(text) && !(isNearlyText(text) && isMostlyLatin(text))) {
            return Optional.empty();
        }
        boolean hasNul = end < bytes.length()
                || text.chars().limit(size / Character.BYTES).anyMatch(unit -> unit < 0x100);
        return !doubted || (text.length() > 1 && hasNul && isPlausible(text, bytes.length() - end))
                ? Optional.of(new RecognizedText(text, Math.min(start + units.length(), bytes.length()), true))
                : Optional.empty();
    }

    private static Optional<RecognizedText> latin1(Bytes bytes, int end) {
        if (!isMostlyAscii(bytes)) {
            return Optional.empty();
        }
        return strictly(bytes, StandardCharsets.UTF_8)
                .filter(RecognizedText::isNearlyText)
                .or(() -> Optional.of(bytes.decode(StandardCharsets.ISO_8859_1))
                        .filter(text -> isText(text) || isNearlyText(text, beyondAscii(text))))
                .map(text -> new RecognizedText(text, end, false));
    }

    private static boolean isMostlyAscii(Bytes bytes) {
        int others = 0;
        for (int i = 0; i < bytes.length() && others * 8 <= bytes.length(); i++) {
            others += bytes.u8(i) < 0x80 && isOfText(bytes.u8(i)) ? 0 : 1;
        }
        return others * 8 <= bytes.length() && bytes.length() - others >= SHORTEST_LATIN;
    }

    private static Optional<RecognizedText> wide(Bytes bytes, int length) {
        int end = withoutNuls(bytes);
        return strictly(
                        bytes.slice(0, Math.min(end + end % Character.BYTES, bytes.length())),
                        StandardCharsets.UTF_16BE)
                .filter(text -> isText(text) || isNearlyText(text))
                .map(text -> new RecognizedText(text, length, true));
    }

    private static Bytes withNul(Bytes bytes) {
        byte[] padded = new byte[bytes.length() + 1];
        bytes.copyTo(padded, 0);
        return Bytes.wrap(padded);
    }

    /** Random bytes seldom are mostly Latin letters, or letters of one script with blanks between them or a terminator of 16 bits. */
    private static boolean isPlausible(String text, int nuls) {
        long latin = text.chars().filter(unit -> unit < FIRST_BEYOND_LATIN).count();
        boolean hasBlanks = latin * 8 >= text.length() && text.length() >= SHORTEST_WITHOUT_NUL;
        boolean isOfWords = latin * 5 >= text.length() && text.length() >= SHORTEST_OF_LETTERS && isOfWords(text);
        return isMostlyLatin(text) || ((nuls >= Character.BYTES || hasBlanks || isOfWords) && isOfOneScript(text));
    }

    private static boolean isMostlyLatin(String text) {
        return text.chars().filter(unit -> unit < FIRST_BEYOND_LATIN).count() * 2 >= text.length();
    }

    private static boolean isOfWords(String text) {
        return text.codePoints().allMatch(unit -> unit < 0x80 || Character.isLetter(unit));
    }

    private static boolean isOfOneScript(String text) {
        return text.codePoints()
                        .filter(Character::isLetter)
                        .mapToObj(RecognizedText::script)
                        .filter(script -> script != Character.UnicodeScript.LATIN)
                        .distinct()
                        .limit(2)
                        .count()
                <= 1;
    }

    private static Character.UnicodeScript script(int codePoint) {
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return switch (script) {
            case HIRAGANA, KATAKANA, BOPOMOFO -> Character.UnicodeScript.HAN;
            case COMMON, INHERITED -> Character.UnicodeScript.LATIN;
            default -> script;
        };
    }

    private static Optional<String> strictly(Bytes bytes, Charset charset) {
        try {
            ByteBuffer buffer = bytes.asByteBuffer();
            return Optional.of(charset.newDecoder().decode(buffer).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isText(String text) {
        int piece = 0;
        boolean several = text.indexOf('\0') >= 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (codePoint == 0 ? piece < SHORTEST_PIECE : !isOfText(codePoint)) {
                return false;
            }
            piece = codePoint == 0 ? 0 : piece + 1;
            i += Character.charCount(codePoint);
        }
        return !text.isEmpty() && (!several || piece >= SHORTEST_PIECE);
    }

    /** Text but for a few control characters, and NULs before it or two at a time within; data after a name are none. */
    private static boolean isNearlyText(String text) {
        return isNearlyText(text, 0);
    }

    private static boolean isNearlyText(String text, long doubtful) {
        if (!text.codePoints().allMatch(codePoint -> isOfText(codePoint) || isOdd(codePoint))) {
            return false;
        }
        String[] pieces = NULS.split(text, -1);
        int first = pieces[0].isEmpty() ? 1 : 0;
        long controls = text.codePoints().filter(RecognizedText::isOddity).count();
        long oddities = doubtful + controls + pieces.length - 1;
        long good = textLength(text) - doubtful;
        return good >= SHORTEST_WITH_ODDITIES
                && oddities * CHARACTERS_PER_ODDITY <= good
                && Arrays.stream(pieces).skip(first).allMatch(piece -> textLength(piece) >= SHORTEST_PIECE);
    }

    private static long beyondAscii(String text) {
        return text.chars().filter(unit -> unit >= 0x80 && isOfText(unit)).count();
    }

    private static long textLength(String piece) {
        return piece.codePoints().filter(RecognizedText::isOfText).count();
    }

    private static boolean isOddity(int codePoint) {
        return codePoint != 0 && !isOfText(codePoint);
    }

    /** A control character, or half of a pair of surrogates. */
    private static boolean isOdd(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    private static boolean isOfText(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
            case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
