package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.uefi.GuidFields;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * EFI_SIGNATURE_LIST (UEFI 32.4.1): entries of one type and one size.
 *
 * @param signatureType the type, known or not: see {@link #type()}
 * @param signatureHeader what precedes the entries; empty for all types that are known
 * @param signatures the entries
 * @param signatureSize the size of an entry including its owner, in bytes; a list without entries states it, too
 */
public record SignatureList(
        Guid signatureType, Bytes signatureHeader, List<SignatureData> signatures, long signatureSize) {
    /** The size of what precedes header and entries, in bytes. */
    public static final int HEADER_SIZE = Guid.SIZE + 3 * Integer.BYTES;

    private static final String STRUCTURE = "EFI_SIGNATURE_LIST";

    /** @throws IllegalArgumentException if an entry has a size other than {@code signatureSize} */
    public SignatureList {
        signatures = List.copyOf(signatures);
        for (SignatureData signature : signatures) {
            if (signature.size() != signatureSize) {
                throw new IllegalArgumentException(
                        "an entry of " + signature.size() + " bytes in a list of entries of " + signatureSize);
            }
        }
    }

    /**
     * Makes a list.
     *
     * @param type the type of all entries
     * @param first the first entry
     * @param more further entries of the same size
     * @return the list
     */
    public static SignatureList of(SignatureType type, SignatureData first, SignatureData... more) {
        List<SignatureData> signatures = new ArrayList<>(List.of(first));
        signatures.addAll(List.of(more));
        return new SignatureList(type.guid(), Bytes.EMPTY, signatures, first.size());
    }

    /**
     * Decodes one list.
     *
     * @throws MalformedDataException if the sizes do not match each other, the bytes that are there, or the type
     */
    public static SignatureList decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, STRUCTURE);
        SignatureList list = read(cursor);
        cursor.requireEnd();
        return list;
    }

    static SignatureList read(ByteCursor cursor) throws MalformedDataException {
        Guid signatureType = GuidFields.plain(cursor, "SignatureType");
        if (cursor.isRecording()) {
            String type =
                    SignatureType.of(signatureType).map(SignatureType::toString).orElseGet(signatureType::toString);
            cursor.text("signatureType", type, Guid.SIZE);
        }
        long signatureListSize = cursor.plain32("SignatureListSize");
        long signatureHeaderSize = cursor.plain32("SignatureHeaderSize");
        long signatureSize = cursor.plain32("SignatureSize");
        long signaturesSize = signatureListSize - HEADER_SIZE - signatureHeaderSize;
        if (signaturesSize < 0) {
            throw cursor.fault(
                    "SignatureListSize",
                    "is " + signatureListSize + ", less than " + HEADER_SIZE + " and a header of "
                            + signatureHeaderSize);
        }
        if (signatureListSize - HEADER_SIZE > cursor.remaining()) {
            throw cursor.fault(
                    "SignatureListSize",
                    "is " + signatureListSize + ", " + (HEADER_SIZE + cursor.remaining()) + " bytes are there");
        }
        if (signaturesSize > 0) {
            checkSignatureSize(cursor, signatureType, signatureSize, signaturesSize);
        }
        Bytes signatureHeader = cursor.plainBytes(signatureHeaderSize, "SignatureHeader");
        List<SignatureData> signatures = new ArrayList<>();
        cursor.items("signatures", entries -> {
            for (long left = signaturesSize; left > 0; left -= signatureSize) {
                entries.structure("signature", entry -> signatures.add(readEntry(entry, signatureType, signatureSize)));
            }
        });
        return new SignatureList(signatureType, signatureHeader, signatures, signatureSize);
    }

    private static SignatureData readEntry(ByteCursor cursor, Guid type, long size) throws MalformedDataException {
        Guid owner = SignatureData.readOwner(cursor);
        Bytes signature = cursor.plainBytes(size - Guid.SIZE, "signatureData");
        if (cursor.isRecording()) {
            int start = cursor.position() - signature.length();
            contentOf(type, signature, start).fields(start).forEach(cursor::add);
        }
        return new SignatureData(owner, signature);
    }

    private static SignatureContent contentOf(Guid type, Bytes signature, long start) {
        return SignatureType.of(type)
                .map(known -> known.content(signature, start))
                .orElseGet(() -> new SignatureContent.Opaque(signature));
    }

    private static void checkSignatureSize(ByteCursor cursor, Guid type, long signatureSize, long signaturesSize)
            throws MalformedDataException {
        if (signatureSize < Guid.SIZE) {
            throw cursor.fault("SignatureSize", "is " + signatureSize + ", less than the owner's 16 bytes");
        }
        if (signaturesSize % signatureSize != 0) {
            throw cursor.fault(
                    "SignatureSize",
                    "is " + signatureSize + ", of which " + signaturesSize + " bytes are no whole number");
        }
        Optional<SignatureType> known = SignatureType.of(type);
        if (known.isPresent() && !known.get().allows(signatureSize - Guid.SIZE)) {
            throw cursor.fault(
                    "SignatureSize",
                    "is " + signatureSize + ", entries of " + known.get() + " have "
                            + (Guid.SIZE + known.get().size().orElse(0)));
        }
    }

    /** {@return the type, or empty if this library does not know it} */
    public Optional<SignatureType> type() {
        return SignatureType.of(signatureType);
    }

    /**
     * Takes an entry apart. This never fails; an entry of an unknown type is opaque.
     *
     * @param index the number of the entry, from 0
     * @param offset where the list begins in the whole input
     * @return what the entry is
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public SignatureContent content(int index, long offset) {
        Bytes signature = signatures.get(index).signature();
        long start = offset + HEADER_SIZE + signatureHeader.length() + index * signatureSize + Guid.SIZE;
        return contentOf(signatureType, signature, start);
    }

    /** {@return the list as it is stored} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter()
                .bytes(signatureType.toBytes())
                .u32(size())
                .u32(signatureHeader.length())
                .u32(signatureSize)
                .bytes(signatureHeader);
        signatures.forEach(signature -> writer.bytes(signature.encode()));
        return writer.toBytes();
    }

    /** {@return the SignatureListSize: the size of the whole list in bytes} */
    public long size() {
        return HEADER_SIZE + signatureHeader.length() + signatures.size() * signatureSize;
    }
}
