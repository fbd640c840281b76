package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of load options (UEFI 3.1.2 and 3.3): the content of BootOrder, DriverOrder and SysPrepOrder; BootNext and BootCurrent
 * hold just one, see {@link #decodeSingle}.
 *
 * @param options the numbers in the order of the list, each 0 to 65535
 */
public record BootOrder(List<Integer> options) {
    /** @throws IllegalArgumentException if a number has more than 16 bits */
    public BootOrder {
        options = List.copyOf(options);
        options.forEach(BootOrder::requireOption);
    }

    /**
     * Decodes a list.
     *
     * @throws MalformedDataException if the number of bytes is odd
     */
    public static BootOrder decode(Bytes data, long offset) throws MalformedDataException {
        if (data.length() % Short.BYTES != 0) {
            throw new MalformedDataException(new Fault(
                    offset,
                    "BootOrder",
                    "options",
                    "has " + data.length() + " bytes, which is no whole number of 16-bit integers"));
        }
        return read(new ByteCursor(data, offset, "BootOrder"));
    }

    private static BootOrder read(ByteCursor cursor) throws MalformedDataException {
        List<Integer> options = new ArrayList<>();
        cursor.items("order", order -> {
            while (order.remaining() > 0) {
                options.add(readOption(order));
            }
        });
        return new BootOrder(options);
    }

    private static int readOption(ByteCursor cursor) throws MalformedDataException {
        int option = cursor.plain16("option");
        if (cursor.isRecording()) {
            cursor.text("option", String.format("%04X", option), Short.BYTES);
        }
        return option;
    }

    /** {@return the numbers for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, "BootOrder", BootOrder::read);
    }

    /**
     * Decodes a single number.
     *
     * @param data the content of BootNext or BootCurrent
     * @param offset where it begins in the whole input
     * @return 0 to 65535
     * @throws MalformedDataException if there are not 2 bytes
     */
    public static int decodeSingle(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "BootNext");
        int option = readOption(cursor);
        cursor.requireEnd();
        return option;
    }

    /** {@return the content of the variable} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        options.forEach(writer::u16);
        return writer.toBytes();
    }

    /**
     * The name of the variable that a number of BootOrder, BootNext or BootCurrent refers to.
     *
     * @param option 0 to 65535
     * @return {@code Boot} and four upper-case hexadecimal digits
     */
    public static String variableName(int option) {
        return String.format("Boot%04X", requireOption(option));
    }

    private static int requireOption(int option) {
        if (option < 0 || option > 0xffff) {
            throw new IllegalArgumentException("a load option's number is 0 to 65535, not " + option);
        }
        return option;
    }
}
