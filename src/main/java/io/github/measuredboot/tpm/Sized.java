package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;

/** The TPM2B_ structures: a size of two bytes, and as many bytes. */
final class Sized {
    static final int MAX_DIGEST = 64;
    static final int MAX_NAME = Short.BYTES + MAX_DIGEST;

    private Sized() {}

    static Bytes read(ByteCursor cursor, String field, int max) throws MalformedDataException {
        int size = cursor.u16be(field + ".size");
        if (size > max) {
            throw cursor.fault(field + ".size", size + " is more than " + max);
        }
        return cursor.bytes(size, field);
    }

    static void write(ByteWriter writer, Bytes value) {
        writer.u16be(value.length()).bytes(value);
    }

    static void requireEnd(ByteCursor cursor) throws MalformedDataException {
        if (cursor.remaining() > 0) {
            throw cursor.fault("end", cursor.remaining() + " bytes are left over");
        }
    }

    static void requireAtMost(int max, Bytes value, String field) {
        if (value.length() > max) {
            throw new IllegalArgumentException(field + " has " + value.length() + " bytes, at most " + max + " fit");
        }
    }
}
