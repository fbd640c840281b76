package io.github.measuredboot.uefi.guid;

import io.github.measuredboot.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An EFI_GUID (UEFI 2.11, 2.3.1 and appendix A). In memory its first three fields are little-endian and the rest are bytes in
 * order; its canonical text is {@code a5c059a1-94e4-4aa7-87b5-ab155c2bf072}, lower case, each field as a number.
 *
 * <p>Some tools print the 16 bytes one after the other instead, as {@code a159c0a5-e494-a74a-87b5-ab155c2bf072}. That text also looks
 * like a GUID, and is one, but of something else: {@link #byteSwapped()} converts one into the other.
 */
public final class Guid implements Comparable<Guid> {
    /** The size of a GUID in memory, in bytes. */
    public static final int SIZE = 16;

    /** The GUID that is all zero. */
    public static final Guid ZERO = new Guid(new UUID(0, 0));

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final UUID uuid;

    private Guid(UUID uuid) {
        this.uuid = uuid;
    }

    /**
     * The GUID of a canonical text, in either case, that is written in a program. For text from elsewhere, use {@link #tryParse}.
     *
     * @param text 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between
     * @return the GUID
     * @throws IllegalArgumentException if {@code text} has another form
     */
    public static Guid of(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a GUID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx: " + shortened(text)));
    }

    /**
     * Parses the canonical text, if it is one.
     *
     * @param text any text
     * @return the GUID, or empty if {@code text} has another form
     */
    public static Optional<Guid> tryParse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(new Guid(UUID.fromString(text))) : Optional.empty();
    }

    /**
     * Reads a GUID from memory.
     *
     * @param bytes the 16 bytes, the first three fields little-endian
     * @return the GUID
     * @throws IllegalArgumentException if {@code bytes} has more or fewer than 16 bytes
     */
    public static Guid of(Bytes bytes) {
        if (bytes.length() != SIZE) {
            throw new IllegalArgumentException("a GUID has " + SIZE + " bytes, not " + bytes.length());
        }
        return at(bytes, 0);
    }

    /**
     * Reads a GUID out of a structure in memory.
     *
     * @param bytes the structure
     * @param index where its 16 bytes begin, the first three fields little-endian
     * @return the GUID
     * @throws IndexOutOfBoundsException if they are not all inside {@code bytes}
     */
    public static Guid at(Bytes bytes, int index) {
        long timeFields = (bytes.u32(index) << 32) | ((long) bytes.u16(index + 4) << 16) | bytes.u16(index + 6);
        return new Guid(new UUID(timeFields, Long.reverseBytes(bytes.u64(index + 8))));
    }

    /**
     * The GUID of a UUID with the same text.
     *
     * @param uuid the UUID
     * @return the GUID
     */
    public static Guid of(UUID uuid) {
        return new Guid(uuid);
    }

    /** {@return the UUID with the same text} */
    public UUID toUuid() {
        return uuid;
    }

    /** {@return the 16 bytes as they are stored, the first three fields little-endian} */
    public Bytes toBytes() {
        long timeFields = uuid.getMostSignificantBits();
        return Bytes.wrap(ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (timeFields >>> 32))
                .putShort((short) (timeFields >>> 16))
                .putShort((short) timeFields)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /**
     * {@return the GUID with the bytes of each of the first three fields reversed: its text is what is printed by tools that take the
     * stored bytes in order}
     */
    public Guid byteSwapped() {
        return new Guid(new UUID(
                toBytes().asByteBuffer().order(ByteOrder.BIG_ENDIAN).getLong(0), uuid.getLeastSignificantBits()));
    }

    /** Compares as the canonical texts do. */
    @Override
    public int compareTo(Guid other) {
        int timeFields = Long.compareUnsigned(uuid.getMostSignificantBits(), other.uuid.getMostSignificantBits());
        return timeFields != 0
                ? timeFields
                : Long.compareUnsigned(uuid.getLeastSignificantBits(), other.uuid.getLeastSignificantBits());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Guid that && uuid.equals(that.uuid);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }

    /** {@return the canonical text, 36 characters in lower case} */
    @Override
    public String toString() {
        return uuid.toString();
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
