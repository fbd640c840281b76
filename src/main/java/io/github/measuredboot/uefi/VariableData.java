package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.internal.uefi.GuidFields;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;

/**
 * UEFI_VARIABLE_DATA (PFP 10.2.6): a UEFI variable as events hold it. The variable is identified by both its GUID and its text; see
 * {@link KnownVariable#of(Guid, String)}.
 *
 * @param variableName the GUID of the name's vendor
 * @param unicodeName the name, every UTF-16 unit of it, unpaired surrogates and NULs included
 * @param data the content of the variable
 * @param trailing bytes after the structure, which some firmware leaves there
 */
public record VariableData(Guid variableName, String unicodeName, Bytes data, Bytes trailing) {
    /** The size of what precedes the name, in bytes: the GUID and two lengths of 64 bits. */
    public static final int HEADER_SIZE = Guid.SIZE + 2 * Long.BYTES;

    private static final String STRUCTURE = "UEFI_VARIABLE_DATA";

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if a length exceeds the bytes that are there
     */
    public static VariableData decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    private static VariableData read(ByteCursor cursor) throws MalformedDataException {
        Guid variableName = GuidFields.readNamed(cursor, "variableName");
        long unicodeNameLength = cursor.plain64("UnicodeNameLength");
        long variableDataLength = cursor.plain64("VariableDataLength");
        if (Long.compareUnsigned(unicodeNameLength, cursor.remaining() / Character.BYTES) > 0) {
            throw cursor.fault(
                    "UnicodeName",
                    "needs " + Long.toUnsignedString(unicodeNameLength) + " characters, " + cursor.remaining()
                            + " bytes are left");
        }
        Bytes name = cursor.plainBytes(unicodeNameLength * Character.BYTES, "UnicodeName");
        String unicodeName = cursor.text("unicodeName", Utf16.decode(name), name.length());
        Bytes variableData = cursor.plainBytes(variableDataLength, "VariableData");
        return new VariableData(variableName, unicodeName, variableData, cursor.rest());
    }

    /** {@return where the content begins, counted from the start of the structure} */
    public int dataOffset() {
        return HEADER_SIZE + unicodeName.length() * Character.BYTES;
    }

    /** {@return the GUID and the name for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, VariableData::read);
    }

    /** {@return the structure and what trails it} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter()
                .bytes(variableName.toBytes())
                .u64(unicodeName.length())
                .u64(data.length());
        return Char16Text.write(writer, unicodeName).bytes(data).bytes(trailing).toBytes();
    }
}
