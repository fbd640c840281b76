package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;
import java.util.List;

/** What an element, or a field of a structure, holds. */
public sealed interface SipaValue
        permits SipaValue.Flag,
                SipaValue.Unsigned,
                SipaValue.Text,
                SipaValue.Binary,
                SipaValue.Items,
                SipaValue.Malformed,
                SipaStructure {
    /** {@return the data that the value was decoded from} */
    Bytes encode();

    /**
     * Yes or no: one byte, 1 or 0.
     *
     * @param value which of the two
     */
    record Flag(boolean value) implements SipaValue {
        @Override
        public Bytes encode() {
            return new ByteWriter().u8(value ? 1 : 0).toBytes();
        }
    }

    /**
     * A number.
     *
     * @param value the number; one of 8 bytes that is 2<sup>63</sup> or more comes out negative
     * @param size the number of bytes: 1, 2, 4 or 8
     * @param hexadecimal whether it is a mask, an address or an identifier, and best shown in hexadecimal
     */
    record Unsigned(long value, int size, boolean hexadecimal) implements SipaValue {
        @Override
        public Bytes encode() {
            ByteWriter writer = new ByteWriter();
            for (int i = 0; i < size; i++) {
                writer.u8((int) (value >> (Byte.SIZE * i)));
            }
            return writer.toBytes();
        }
    }

    /**
     * UTF-16 text.
     *
     * @param text the text without the NUL at its end; it may hold others, other control characters, and unpaired
     *     surrogates
     * @param terminated whether the text ends with a NUL
     */
    record Text(String text, boolean terminated) implements SipaValue {
        static Text of(Bytes bytes) {
            String units = Utf16.decode(bytes);
            boolean terminated = units.endsWith("\0");
            return new Text(terminated ? units.substring(0, units.length() - 1) : units, terminated);
        }

        @Override
        public Bytes encode() {
            return Utf16.encode(terminated ? text + '\0' : text);
        }
    }

    /** Bytes without a structure that is known. */
    record Binary(Bytes bytes) implements SipaValue {
        @Override
        public Bytes encode() {
            return bytes;
        }
    }

    /**
     * Structures of one kind, one behind the other.
     *
     * @param items a field each, all of one name; offsets count from the start of the first
     */
    record Items(List<SipaField> items) implements SipaValue {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Bytes encode() {
            return SipaField.encode(items);
        }
    }

    /**
     * Data that break the layout of their type.
     *
     * @param bytes the data
     * @param fault what is wrong; its offset counts from the start of the event data
     */
    record Malformed(Bytes bytes, Fault fault) implements SipaValue {
        @Override
        public Bytes encode() {
            return bytes;
        }
    }
}
