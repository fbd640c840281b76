package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.uefi.GuidFields;
import io.github.measuredboot.uefi.guid.Guid;

/**
 * EFI_SIGNATURE_DATA (UEFI 32.4.1): an entry of a signature list, and what an EV_EFI_VARIABLE_AUTHORITY event holds of db.
 *
 * @param signatureOwner who added the entry, if that is true
 * @param signature the entry, whose form depends on the type of its list: see {@link SignatureType#content(Bytes, long)}
 */
public record SignatureData(Guid signatureOwner, Bytes signature) implements Comparable<SignatureData> {
    /**
     * Decodes one entry.
     *
     * @throws MalformedDataException if there are fewer than 16 bytes
     */
    public static SignatureData decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "EFI_SIGNATURE_DATA");
        return new SignatureData(readOwner(cursor), cursor.rest());
    }

    static Guid readOwner(ByteCursor cursor) throws MalformedDataException {
        return GuidFields.readNamed(cursor, "signatureOwner");
    }

    /** {@return the entry as it is stored} */
    public Bytes encode() {
        return new ByteWriter().bytes(signatureOwner.toBytes()).bytes(signature).toBytes();
    }

    /** Compares the signatures, then the owners. */
    @Override
    public int compareTo(SignatureData other) {
        int signatures = signature.compareTo(other.signature);
        return signatures != 0 ? signatures : signatureOwner.compareTo(other.signatureOwner);
    }

    int size() {
        return Guid.SIZE + signature.length();
    }
}
