package io.github.measuredboot.internal.crypto;

/**
 * Walks over the tags and lengths of DER before a parser that recurses is given it: definite lengths inside those that hold them, no
 * more than a few levels, nothing after the outermost value.
 */
final class DerFraming {
    private static final int MAX_DEPTH = 32;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;

    private final byte[] der;
    private int position;

    private DerFraming(byte[] der) {
        this.der = der;
    }

    static void check(byte[] der) throws CertificateSyntaxException {
        DerFraming framing = new DerFraming(der);
        framing.value(der.length, 0);
        if (framing.position != der.length) {
            throw framing.fault((der.length - framing.position) + " bytes follow the certificate");
        }
    }

    private void value(int end, int depth) throws CertificateSyntaxException {
        if (depth > MAX_DEPTH) {
            throw fault("more than " + MAX_DEPTH + " levels");
        }
        int tag = next(end);
        if ((tag & LONG_TAG) == LONG_TAG) {
            skipLongTag(end);
        }
        int length = length(end);
        int valueEnd = position + length;
        if ((tag & CONSTRUCTED) != 0) {
            while (position < valueEnd) {
                value(valueEnd, depth + 1);
            }
        }
        position = valueEnd;
    }

    private void skipLongTag(int end) throws CertificateSyntaxException {
        int octet = next(end);
        while (octet >= 0x80) {
            octet = next(end);
        }
    }

    private int length(int end) throws CertificateSyntaxException {
        int first = next(end);
        long length = first;
        if (first >= 0x80) {
            int count = first & 0x7f;
            if (count == 0 || count > Integer.BYTES) {
                throw fault(count == 0 ? "an indefinite length" : "a length of " + count + " bytes");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | next(end);
            }
        }
        if (length > end - position) {
            throw fault("a value of " + length + " bytes where " + (end - position) + " are left");
        }
        return (int) length;
    }

    private int next(int end) throws CertificateSyntaxException {
        if (position >= end) {
            throw fault("ends within a tag or a length");
        }
        return der[position++] & 0xff;
    }

    private CertificateSyntaxException fault(String reason) {
        return new CertificateSyntaxException("DER", "at byte " + position + ": " + reason);
    }
}
