package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.util.Optional;

/** What an NV index holds, as a TPM has certified it with TPM2_NV_Certify. Instances are created only by {@link #of}. */
public final class NvReading {
    private final VerifiedAttest<Attested.Nv> statement;
    private final NvPublic index;

    private NvReading(VerifiedAttest<Attested.Nv> statement, NvPublic index) {
        this.statement = statement;
        this.index = index;
    }

    /**
     * Ties a statement to the public area of an index.
     *
     * @param statement the statement, verified
     * @param index the public area of the index, which may come from anyone
     * @return the reading
     * @throws AttestationRefusedException if the statement is about an index of another public area ({@link
     *     AttestationRefusal#NAME_DIFFERS}), or the index is not written or not read as a whole ({@link
     *     AttestationRefusal#INDEX_DIFFERS})
     */
    public static NvReading of(VerifiedAttest<Attested.Nv> statement, NvPublic index)
            throws AttestationRefusedException {
        Attested.Nv nv = statement.attested();
        if (!index.name().equals(Optional.of(nv.indexName()))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NAME_DIFFERS,
                    "the certified index has the name " + nv.indexName().toHex() + ", the public area "
                            + index.name().map(Bytes::toHex).orElse("an unknown one"));
        }
        if (!index.has(NvPublic.WRITTEN)) {
            throw new AttestationRefusedException(AttestationRefusal.INDEX_DIFFERS, "the index was never written");
        }
        if (nv.offset() != 0 || nv.nvContents().length() != index.dataSize()) {
            throw new AttestationRefusedException(
                    AttestationRefusal.INDEX_DIFFERS,
                    nv.nvContents().length() + " bytes from " + nv.offset() + " are not the whole index of "
                            + index.dataSize());
        }
        return new NvReading(statement, index);
    }

    /** {@return the public area of the index: its handle, its attributes and who may write it} */
    public NvPublic index() {
        return index;
    }

    /** {@return all that the index holds} */
    public Bytes contents() {
        return statement.attested().nvContents();
    }

    /** {@return the statement, with its clock and its findings} */
    public VerifiedAttest<Attested.Nv> statement() {
        return statement;
    }
}
