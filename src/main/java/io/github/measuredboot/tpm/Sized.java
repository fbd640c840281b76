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

    static boolean readYesNo(ByteCursor cursor, String field) throws MalformedDataException {
        int value = cursor.u8(field);
        if (value > 1) {
            throw cursor.fault(field, value + " is neither 0 nor 1");
        }
        return value == 1;
    }

    /** Whether the first two bytes are the size of the rest. */
    static boolean isSized(Bytes bytes) {
        return bytes.length() >= Short.BYTES
                && (bytes.u8(0) << Byte.SIZE | bytes.u8(1)) == bytes.length() - Short.BYTES;
    }

    static void write(ByteWriter writer, Bytes value) {
        writer.u16be(value.length()).bytes(value);
    }

    static void requireEnd(ByteCursor cursor) throws MalformedDataException {
        if (cursor.remaining() > 0) {
            throw cursor.fault("end", cursor.remaining() + " bytes are left over");
        }
    }

    static void requireU16(int value, String field) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(field + " " + value + " is not 0 to 65535");
        }
    }

    static void requireU32(long value, String field) {
        if (value >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException(field + " " + value + " is not 0 to 4294967295");
        }
    }

    static void requireAtMost(int max, Bytes value, String field) {
        if (value.length() > max) {
            throw new IllegalArgumentException(field + " has " + value.length() + " bytes, at most " + max + " fit");
        }
    }
}
