package io.github.measuredboot.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A window over a byte array. Making one or slicing one copies nothing; two windows are equal when their bytes are.
 *
 * <p>Windows are ordered as {@link #compareTo} says. This order also keeps hash tables fast when an attacker chooses keys with the same
 * {@linkplain #hashCode hash codes}: {@link java.util.HashMap} searches such keys by their order, while {@link java.util.Map#copyOf} and
 * {@link java.util.Set#copyOf} go through them one by one.
 *
 * <p>All accessors check their bounds against the window, never against the underlying array, and throw {@link
 * IndexOutOfBoundsException}. Multi-byte integers are read little-endian, the byte order of TCG event logs and UEFI.
 */
public final class Bytes implements Comparable<Bytes> {
    private static final VarHandle SHORT_LE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHOWN_BYTES = 32;

    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Shares {@code array}: nothing is copied, and later changes to the array show through.
     *
     * @param array the bytes
     * @return a window over the whole array
     */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /**
     * Copies {@code array}.
     *
     * @param array the bytes
     * @return a window over a copy that nobody else can change
     */
    public static Bytes copyOf(byte[] array) {
        return wrap(array.clone());
    }

    /**
     * Encodes text.
     *
     * @param text the text
     * @param charset the encoding
     * @return the encoded text, with no terminator added
     */
    public static Bytes encode(String text, Charset charset) {
        return wrap(text.getBytes(charset));
    }

    /**
     * Reads hexadecimal digits of either case, two for each byte, with nothing between them.
     *
     * @param hex the digits
     * @return the bytes
     * @throws IllegalArgumentException if {@code hex} has an odd length or another character
     */
    public static Bytes parseHex(CharSequence hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** {@return the number of bytes} */
    public int length() {
        return length;
    }

    /** {@return whether there are no bytes} */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * Reads one unsigned byte.
     *
     * @param index its position
     * @return 0 to 255
     */
    public int u8(int index) {
        return array[offset + Objects.checkIndex(index, length)] & 0xff;
    }

    /**
     * Reads two bytes, little-endian and unsigned.
     *
     * @param index the position of the first
     * @return 0 to 65535
     */
    public int u16(int index) {
        return (short) SHORT_LE.get(array, offset + Objects.checkFromIndexSize(index, Short.BYTES, length)) & 0xffff;
    }

    /**
     * Reads four bytes, little-endian and unsigned.
     *
     * @param index the position of the first
     * @return 0 to 4294967295
     */
    public long u32(int index) {
        return (int) INT_LE.get(array, offset + Objects.checkFromIndexSize(index, Integer.BYTES, length))
                & 0xffff_ffffL;
    }

    /**
     * Reads eight bytes, little-endian. A value of 2<sup>63</sup> or more comes out negative.
     *
     * @param index the position of the first
     * @return the 64 bits
     */
    public long u64(int index) {
        return (long) LONG_LE.get(array, offset + Objects.checkFromIndexSize(index, Long.BYTES, length));
    }

    /**
     * A part of this window, sharing its array.
     *
     * @param index where the part begins
     * @param size how many bytes it has
     * @return the part
     */
    public Bytes slice(int index, int size) {
        Objects.checkFromIndexSize(index, size, length);
        return new Bytes(array, offset + index, size);
    }

    /**
     * What follows {@code index}, sharing its array.
     *
     * @param index where the part begins
     * @return the part up to the end of this window
     */
    public Bytes from(int index) {
        return slice(index, length - Objects.checkIndex(index, length + 1));
    }

    /**
     * Whether this window begins with the bytes of another.
     *
     * @param prefix the other
     * @return true if all bytes of {@code prefix} are here, in its order and at the start
     */
    public boolean startsWith(Bytes prefix) {
        return prefix.length <= length && slice(0, prefix.length).equals(prefix);
    }

    /**
     * Whether every byte has a given value.
     *
     * @param value the value, its low eight bits
     * @return true if no byte differs from it; true for an empty window
     */
    public boolean isFilledWith(int value) {
        for (int i = offset; i < offset + length; i++) {
            if (array[i] != (byte) value) {
                return false;
            }
        }
        return true;
    }

    /**
     * Feeds these bytes to a digest.
     *
     * @param digest the digest to update
     */
    public void update(MessageDigest digest) {
        digest.update(array, offset, length);
    }

    /**
     * The hash of these bytes.
     *
     * @param digest the algorithm, to which nothing has been fed yet
     * @return the digest
     */
    public Bytes hash(MessageDigest digest) {
        update(digest);
        return wrap(digest.digest());
    }

    /**
     * Decodes text. Malformed input is replaced as {@link String#String(byte[], Charset)} does.
     *
     * @param charset the encoding
     * @return the text
     */
    public String decode(Charset charset) {
        return new String(array, offset, length, charset);
    }

    /** {@return a copy of the bytes} */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /**
     * Copies the bytes into an array.
     *
     * @param target the array
     * @param position where in the array the first byte goes
     */
    public void copyTo(byte[] target, int position) {
        System.arraycopy(array, offset, target, position, length);
    }

    /** {@return a new read-only buffer over the same bytes, big-endian as every new buffer is} */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** {@return the bytes in lower-case hexadecimal, two digits each} */
    public String toHex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    /**
     * Compares byte by byte, each as a number from 0 to 255; of two windows that begin alike the shorter one comes first. The
     * order is consistent with equals.
     *
     * @param other the other window
     * @return a negative number, zero or a positive number as this window comes before, equals or comes after {@code other}
     */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The length and the digits, cut off after 32 bytes: for messages, not for parsing. */
    @Override
    public String toString() {
        return length <= SHOWN_BYTES ? toHex() : slice(0, SHOWN_BYTES).toHex() + "... (" + length + " bytes)";
    }
}
