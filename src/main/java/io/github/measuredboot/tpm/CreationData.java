package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.List;
import java.util.Optional;

/**
 * How a TPM came to make an object: TPMS_CREATION_DATA (TPM 2.0 Library, Part 2, section 15.1), as {@code tpm2_create
 * --creation-data} writes it. All numbers are big-endian. A signed {@link Attested.Creation} holds its hash.
 *
 * @param pcrSelect the PCRs that were selected for the record, at most 16 banks
 * @param pcrDigest the hash of their values when the object was made, by the object's nameAlg, at most 64 bytes
 * @param locality the TPMA_LOCALITY bits, 0 to 255
 * @param parentNameAlg the TPM_ALG_ID of the parent's name, or TPM_ALG_NULL (0x0010) for a primary object
 * @param parentName the parent's name or, for a primary object, the four bytes of the hierarchy's handle; at most 66 bytes
 * @param parentQualifiedName the parent's qualified name, at most 66 bytes
 * @param outsideInfo what the caller of the command supplied, at most 66 bytes
 */
public record CreationData(
        List<Attest.BankSelection> pcrSelect,
        Bytes pcrDigest,
        int locality,
        int parentNameAlg,
        Bytes parentName,
        Bytes parentQualifiedName,
        Bytes outsideInfo) {
    private static final String STRUCTURE = "TPMS_CREATION_DATA";

    /** @throws IllegalArgumentException if a part is too long or a number does not fit */
    public CreationData {
        pcrSelect = Attest.BankSelection.requireFew(pcrSelect);
        Sized.requireAtMost(Sized.MAX_DIGEST, pcrDigest, "pcrDigest");
        if (locality < 0 || locality > 0xff) {
            throw new IllegalArgumentException("locality " + locality + " is not 0 to 255");
        }
        Sized.requireU16(parentNameAlg, "parentNameAlg");
        Sized.requireAtMost(Sized.MAX_NAME, parentName, "parentName");
        Sized.requireAtMost(Sized.MAX_NAME, parentQualifiedName, "parentQualifiedName");
        Sized.requireAtMost(Sized.MAX_NAME, outsideInfo, "outsideInfo");
    }

    /**
     * Decodes a TPMS_CREATION_DATA, or a TPM2B_CREATION_DATA, which is the same structure preceded by its size.
     *
     * @param bytes the structure and nothing else
     * @return the data, sharing {@code bytes}
     * @throws MalformedDataException if a size does not fit, or bytes are left over
     */
    public static CreationData decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        if (Sized.isSized(bytes)) {
            cursor.u16be("size");
        }
        CreationData data = new CreationData(
                Attest.BankSelection.readAll(cursor, "pcrSelect"),
                Sized.read(cursor, "pcrDigest", Sized.MAX_DIGEST),
                cursor.u8("locality"),
                cursor.u16be("parentNameAlg"),
                Sized.read(cursor, "parentName", Sized.MAX_NAME),
                Sized.read(cursor, "parentQualifiedName", Sized.MAX_NAME),
                Sized.read(cursor, "outsideInfo", Sized.MAX_NAME));
        Sized.requireEnd(cursor);
        return data;
    }

    /** {@return a TPMS_CREATION_DATA} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        Attest.BankSelection.writeAll(writer, pcrSelect);
        Sized.write(writer, pcrDigest);
        writer.u8(locality).u16be(parentNameAlg);
        Sized.write(writer, parentName);
        Sized.write(writer, parentQualifiedName);
        Sized.write(writer, outsideInfo);
        return writer.toBytes();
    }

    /**
     * The creation hash that {@link Attested.Creation} states.
     *
     * @param nameAlg the hash algorithm of the object's name
     * @return the hash, or empty if this JVM cannot compute it
     */
    public Optional<Bytes> hash(HashAlgorithm nameAlg) {
        return nameAlg.hash(encode());
    }
}
