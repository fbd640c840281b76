package io.github.measuredboot.internal.binary;

import io.github.measuredboot.bytes.Bytes;
import java.util.Arrays;

/**
 * Writes fields one after the other, little-endian unless the name says otherwise; of each number only the low bits that
 * the field holds.
 */
public final class ByteWriter {
    private static final int INITIAL_SIZE = 64;

    private byte[] buffer = new byte[INITIAL_SIZE];
    private int size;

    public ByteWriter u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public ByteWriter u16(int value) {
        return u8(value).u8(value >> 8);
    }

    public ByteWriter u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    public ByteWriter u64(long value) {
        return u32(value).u32(value >> 32);
    }

    public ByteWriter u16be(int value) {
        return u8(value >> 8).u8(value);
    }

    public ByteWriter u32be(long value) {
        return u16be((int) (value >> 16)).u16be((int) value);
    }

    public ByteWriter u64be(long value) {
        return u32be(value >> 32).u32be(value);
    }

    public ByteWriter bytes(Bytes value) {
        reserve(value.length());
        value.copyTo(buffer, size);
        size += value.length();
        return this;
    }

    public ByteWriter zeros(int count) {
        reserve(count);
        Arrays.fill(buffer, size, size + count, (byte) 0);
        size += count;
        return this;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(buffer, size));
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * buffer.length)));
        }
    }
}
