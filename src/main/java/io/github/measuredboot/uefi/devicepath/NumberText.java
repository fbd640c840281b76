package io.github.measuredboot.uefi.devicepath;

/**
 * A number as EDK2 reads it: blanks and zeros are skipped, then as many digits are taken as there are, and a value that does
 * not fit into 64 bits becomes the largest one.
 *
 * @param value the number, unsigned
 * @param exact whether the text is nothing but the number
 * @param overflows whether the number has more than 64 bits
 */
record NumberText(long value, boolean exact, boolean overflows) {
    private static final NumberText NONE = new NumberText(0, false, false);

    /** Decimal, or hexadecimal after 0x. */
    static NumberText parse(String text) {
        int start = skipBlanksAndZeros(text);
        if (!isX(text, start)) {
            return digits(text, start, 10);
        }
        boolean afterZero = start > 0 && text.charAt(start - 1) == '0';
        return afterZero ? digits(text, start + 1, 16) : NONE;
    }

    /** Hexadecimal, with or without 0x. */
    static NumberText parseHex(String text) {
        int start = skipBlanksAndZeros(text);
        return digits(text, isX(text, start) ? start + 1 : start, 16);
    }

    boolean fits(int bits) {
        return !overflows && (bits == Long.SIZE || value >>> bits == 0);
    }

    private static int skipBlanksAndZeros(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        while (start < text.length() && text.charAt(start) == '0') {
            start++;
        }
        return start;
    }

    private static boolean isX(String text, int index) {
        return index < text.length() && (text.charAt(index) == 'x' || text.charAt(index) == 'X');
    }

    private static NumberText digits(String text, int start, int radix) {
        long value = 0;
        boolean overflows = false;
        int end = start;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                break;
            }
            overflows |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0;
            value = value * radix + digit;
        }
        boolean exact = end == text.length() && end > 0 && Character.digit(text.charAt(end - 1), radix) >= 0;
        return new NumberText(overflows ? -1L : value, exact && text.equals(text.strip()), overflows);
    }
}
