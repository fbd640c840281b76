package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.Optional;

/**
 * The public area of an NV index: TPMS_NV_PUBLIC (TPM 2.0 Library, Part 2, section 13.6). All numbers are big-endian. Its
 * {@link #name} changes when the index is first written, because {@link #WRITTEN} is one of the attributes.
 *
 * @param nvIndex the handle, 0x01000000 to 0x01ffffff
 * @param nameAlg the TPM_ALG_ID of the hash algorithm of the name, and of extends
 * @param attributes the TPMA_NV bits, u32
 * @param authPolicy the policy digest, at most 64 bytes
 * @param dataSize how many bytes the index holds, 0 to 65535
 */
public record NvPublic(long nvIndex, int nameAlg, long attributes, Bytes authPolicy, int dataSize) {
    /** TPMA_NV_POLICY_DELETE: only a policy can delete the index. */
    public static final long POLICY_DELETE = 1L << 10;

    /** TPMA_NV_ORDERLY: until an orderly shutdown, the contents may be only in RAM. */
    public static final long ORDERLY = 1L << 26;

    /** TPMA_NV_CLEAR_STCLEAR: a reset or restart of the TPM makes the index unwritten. */
    public static final long CLEAR_STCLEAR = 1L << 27;

    /** TPMA_NV_WRITTEN: the index was written. */
    public static final long WRITTEN = 1L << 29;

    /** TPMA_NV_PLATFORMCREATE: the platform defined the index. */
    public static final long PLATFORMCREATE = 1L << 30;

    private static final String STRUCTURE = "TPMS_NV_PUBLIC";
    private static final int INDEX_BITS = 24;
    private static final int HANDLE_TYPE = 0x01;
    private static final long POLICYWRITE = 1 << 3;
    private static final long WRITE_BITS = 0xf;
    private static final int TYPE_SHIFT = 4;
    private static final int TYPE_MASK = 0xf;
    private static final int TYPE_EXTEND = 4;

    /** @throws IllegalArgumentException if a number does not fit its field, or the policy is too long */
    public NvPublic {
        if (nvIndex >>> INDEX_BITS != HANDLE_TYPE) {
            throw new IllegalArgumentException(
                    "the handle " + Long.toHexString(nvIndex) + " is not that of an NV index");
        }
        Sized.requireU16(nameAlg, "nameAlg");
        Sized.requireU32(attributes, "attributes");
        Sized.requireAtMost(Sized.MAX_DIGEST, authPolicy, "authPolicy");
        Sized.requireU16(dataSize, "dataSize");
    }

    /**
     * Decodes a TPMS_NV_PUBLIC, or a TPM2B_NV_PUBLIC, which is the same structure preceded by its size.
     *
     * @param bytes the structure and nothing else
     * @return the public area, sharing {@code bytes}
     * @throws MalformedDataException if a size does not fit, or bytes are left over
     */
    public static NvPublic decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        if (Sized.isSized(bytes)) {
            cursor.u16be("size");
        }
        long nvIndex = cursor.u32be("nvIndex");
        if (nvIndex >>> INDEX_BITS != HANDLE_TYPE) {
            throw cursor.fault("nvIndex", String.format("0x%08x is not the handle of an NV index", nvIndex));
        }
        NvPublic area = new NvPublic(
                nvIndex,
                cursor.u16be("nameAlg"),
                cursor.u32be("attributes"),
                Sized.read(cursor, "authPolicy", Sized.MAX_DIGEST),
                cursor.u16be("dataSize"));
        Sized.requireEnd(cursor);
        return area;
    }

    /** {@return the structure as a TPMS_NV_PUBLIC} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().u32be(nvIndex).u16be(nameAlg).u32be(attributes);
        Sized.write(writer, authPolicy);
        return writer.u16be(dataSize).toBytes();
    }

    /**
     * The name of the index: the id of {@code nameAlg}, and the hash of the public area.
     *
     * @return the name, or empty if {@code nameAlg} cannot be computed
     */
    public Optional<Bytes> name() {
        return HashAlgorithm.nameOf(nameAlg, encode());
    }

    /**
     * Whether an attribute is set.
     *
     * @param attribute its bit, such as {@link #WRITTEN}
     * @return true if it is
     */
    public boolean has(long attribute) {
        return (attributes & attribute) == attribute;
    }

    /** {@return whether the index can only be extended, like a PCR (TPM_NT_EXTEND)} */
    public boolean isExtend() {
        return ((attributes >> TYPE_SHIFT) & TYPE_MASK) == TYPE_EXTEND;
    }
    /**
     * Whether the index can be written only under its policy: neither the platform, nor the owner, nor whoever knows its
     * authorization value can write it otherwise, and it does not keep what an earlier boot wrote.
     *
     * @return true if TPMA_NV_POLICYWRITE and TPMA_NV_CLEAR_STCLEAR are set, and TPMA_NV_PPWRITE, OWNERWRITE and AUTHWRITE are not
     */
    public boolean isWrittenByPolicyAlone() {
        return (attributes & WRITE_BITS) == POLICYWRITE && (attributes & CLEAR_STCLEAR) != 0;
    }
}
