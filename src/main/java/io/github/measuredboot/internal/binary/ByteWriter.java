package io.github.measuredboot.internal.binary;

import io.github.measuredboot.bytes.Bytes;
import java.io.ByteArrayOutputStream;

/**
 * Writes fields one after the other, little-endian unless the name says otherwise; of each number only the low bits that
 * the field holds.
 */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ByteWriter u8(int value) {
        out.write(value);
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
        out.writeBytes(value.toByteArray());
        return this;
    }

    public ByteWriter zeros(int count) {
        for (int i = 0; i < count; i++) {
            u8(0);
        }
        return this;
    }

    public boolean isEmpty() {
        return out.size() == 0;
    }

    public Bytes toBytes() {
        return Bytes.wrap(out.toByteArray());
    }
}
