package io.github.measuredboot.internal.binary;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;

/** Reads the fields of one structure in their order, each by name, so that a fault can tell which one it was. */
public final class ByteCursor {
    private final Bytes bytes;
    private final long inputOffset;
    private final String structure;
    private int position;

    /**
     * @param bytes the structure
     * @param inputOffset where the structure begins in the whole input
     * @param structure its name in the specification
     */
    public ByteCursor(Bytes bytes, long inputOffset, String structure) {
        this.bytes = bytes;
        this.inputOffset = inputOffset;
        this.structure = structure;
    }

    public int u8(String field) throws MalformedDataException {
        return bytes.u8(advance(1, field));
    }

    public int u16(String field) throws MalformedDataException {
        return bytes.u16(advance(Short.BYTES, field));
    }

    public long u32(String field) throws MalformedDataException {
        return bytes.u32(advance(Integer.BYTES, field));
    }

    /** A value of 2^63 or more comes out negative. */
    public long u64(String field) throws MalformedDataException {
        return bytes.u64(advance(Long.BYTES, field));
    }

    /** A size of 2^63 or more may come as a negative number: it is a fault like any other that is too large. */
    public Bytes bytes(long size, String field) throws MalformedDataException {
        return bytes.slice(advance(size, field), (int) size);
    }

    public Bytes rest() {
        Bytes rest = bytes.from(position);
        position = bytes.length();
        return rest;
    }

    public int remaining() {
        return bytes.length() - position;
    }

    public long inputPosition() {
        return inputOffset + position;
    }

    public MalformedDataException fault(String field, String reason) {
        return new MalformedDataException(new Fault(inputPosition(), structure, field, reason));
    }

    private int advance(long size, String field) throws MalformedDataException {
        if (size < 0 || size > remaining()) {
            throw fault(field, "needs " + Long.toUnsignedString(size) + " bytes, " + remaining() + " are left");
        }
        int start = position;
        position += (int) size;
        return start;
    }
}
