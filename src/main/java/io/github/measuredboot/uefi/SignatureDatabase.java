package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of signature lists (UEFI 32.4.1): the content of PK, KEK, db, dbx, dbt, dbr, MokList and MokListX.
 *
 * @param lists the lists in their order; no lists at all are the content of a variable that is empty or does not exist
 */
public record SignatureDatabase(List<SignatureList> lists) {
    private static final String STRUCTURE = "EFI_SIGNATURE_LIST";

    public SignatureDatabase {
        lists = List.copyOf(lists);
    }

    /**
     * Decodes a database.
     *
     * @throws MalformedDataException if a list is malformed or bytes are left over
     */
    public static SignatureDatabase decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    private static SignatureDatabase read(ByteCursor cursor) throws MalformedDataException {
        List<SignatureList> lists = new ArrayList<>();
        cursor.items("signatureLists", database -> {
            while (database.remaining() > 0) {
                database.structure("signatureList", list -> lists.add(SignatureList.read(list)));
            }
        });
        return new SignatureDatabase(lists);
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, SignatureDatabase::read);
    }

    /** {@return the content of the variable} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        lists.forEach(list -> writer.bytes(list.encode()));
        return writer.toBytes();
    }
}
