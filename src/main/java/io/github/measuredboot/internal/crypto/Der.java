package io.github.measuredboot.internal.crypto;

import java.util.Arrays;

/** Reads the values of one level of DER, or of BER with definite lengths, which is what vendors write now and then. */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    private static final int LONG_TAG = 0x1f;
    private static final long INDEFINITE = Long.MAX_VALUE;

    private final byte[] data;
    private final int end;
    private int position;

    /** A tag, and where in the data the value is, with its header and without. */
    static final class Value {
        private final byte[] data;
        private final int tag;
        private final int start;
        private final int from;
        private final int to;
        private final boolean isWhole;

        private Value(byte[] data, int tag, int start, int from, int to, boolean isWhole) {
            this.data = data;
            this.tag = tag;
            this.start = start;
            this.from = from;
            this.to = to;
            this.isWhole = isWhole;
        }

        int tag() {
            return tag;
        }

        Der open() {
            return new Der(data, from, to);
        }

        byte[] content() {
            return Arrays.copyOfRange(data, from, to);
        }

        byte[] encoded() {
            return Arrays.copyOfRange(data, start, to);
        }

        int size() {
            return to - from;
        }

        boolean isWhole() {
            return isWhole;
        }
    }

    Der(byte[] data) {
        this(data, 0, data.length);
    }

    private Der(byte[] data, int from, int to) {
        this.data = data;
        this.position = from;
        this.end = to;
    }

    boolean hasMore() {
        return position < end;
    }

    boolean nextIs(int tag) {
        return hasMore() && (data[position] & 0xff) == tag;
    }

    Value next(int tag, String field) throws CertificateSyntaxException {
        return requireTag(tag, next(field), field);
    }

    /** A value that lacks bytes at its end, or whose length is indefinite, goes on to the end of what it is in. */
    Value nextOrRest(int tag, String field) throws CertificateSyntaxException {
        return requireTag(tag, next(field, true), field);
    }

    private static Value requireTag(int tag, Value value, String field) throws CertificateSyntaxException {
        if (value.tag != tag) {
            throw new CertificateSyntaxException(
                    field, String.format("has the tag 0x%02x instead of 0x%02x", value.tag, tag));
        }
        return value;
    }

    Value next(String field) throws CertificateSyntaxException {
        return next(field, false);
    }

    private Value next(String field, boolean orRest) throws CertificateSyntaxException {
        int start = position;
        int tag = octet(field);
        if ((tag & LONG_TAG) == LONG_TAG) {
            throw new CertificateSyntaxException(field, "has a tag of several bytes");
        }
        long length = length(field);
        int left = end - position;
        if (length > left && !orRest) {
            throw new CertificateSyntaxException(
                    field,
                    length == INDEFINITE
                            ? "has an indefinite length"
                            : "has a length of " + length + " bytes where " + left + " are left");
        }
        int from = position;
        position += (int) Math.min(length, left);
        return new Value(data, tag, start, from, position, length <= left);
    }

    private long length(String field) throws CertificateSyntaxException {
        int first = octet(field);
        int count = first & 0x7f;
        if (first < 0x80) {
            return first;
        }
        if (count == 0) {
            return INDEFINITE;
        }
        if (count > Integer.BYTES) {
            throw new CertificateSyntaxException(field, "has a length of " + count + " bytes");
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << Byte.SIZE | octet(field);
        }
        return length;
    }

    void requireEnd(String structure) throws CertificateSyntaxException {
        if (hasMore()) {
            throw new CertificateSyntaxException(structure, (end - position) + " bytes are left over");
        }
    }

    private int octet(String field) throws CertificateSyntaxException {
        if (!hasMore()) {
            throw new CertificateSyntaxException(field, "ends within a tag or a length");
        }
        return data[position++] & 0xff;
    }

    /** In dotted form; an arc beyond 2^31 is a fault. */
    static String oid(Value value, String field) throws CertificateSyntaxException {
        StringBuilder text = new StringBuilder();
        long arc = 0;
        for (int i = value.from; i < value.to; i++) {
            arc = arc << 7 | (value.data[i] & 0x7f);
            if (arc > Integer.MAX_VALUE || text.length() > 200) {
                throw new CertificateSyntaxException(field, "is not an object identifier");
            }
            if (value.data[i] >= 0) {
                if (text.isEmpty()) {
                    long first = Math.min(arc / 40, 2);
                    text.append(first).append('.').append(arc - 40 * first);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        if (text.isEmpty() || value.data[value.to - 1] < 0) {
            throw new CertificateSyntaxException(field, "is not an object identifier");
        }
        return text.toString();
    }
}
