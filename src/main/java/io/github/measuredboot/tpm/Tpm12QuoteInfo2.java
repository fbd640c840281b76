package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a TPM 1.2 states in answer to TPM_Quote2: TPM_QUOTE_INFO2 with its TPM_PCR_INFO_SHORT (TPM 1.2, Part 2, sections 11.4 and 8.5), and
 * the TPM_CAP_VERSION_INFO that is signed after it, if that was asked for.
 *
 * @param externalData the verifier's nonce, 20 bytes
 * @param pcrSelect a bit for each quoted PCR, the lowest bit of the first byte for PCR 0; at most 4 bytes
 * @param localityAtRelease a bit for each locality, as the TPM has it
 * @param digestValue digestAtRelease: the SHA-1 hash of the {@link Tpm12PcrComposite}, 20 bytes
 * @param versionInfo the TPM_CAP_VERSION_INFO (Part 2, section 21.6)
 */
public record Tpm12QuoteInfo2(
        Bytes externalData, Bytes pcrSelect, int localityAtRelease, Bytes digestValue, Optional<Bytes> versionInfo)
        implements Tpm12Statement {
    private static final String STRUCTURE = "TPM_QUOTE_INFO2";
    private static final Bytes TAG = Bytes.parseHex("0036");
    private static final Bytes FIXED = Bytes.encode("QUT2", StandardCharsets.US_ASCII);
    private static final Bytes VERSION_INFO_TAG = Bytes.parseHex("0030");
    private static final int VERSION_SIZE = 4;
    private static final int VENDOR_ID_SIZE = 4;
    private static final int MAX_VENDOR_DATA = 0xffff;

    /** @throws IllegalArgumentException if a part does not have its size, or the version information is malformed */
    public Tpm12QuoteInfo2 {
        Digest.requireDigestSize(HashAlgorithm.SHA1, digestValue);
        Digest.requireDigestSize(HashAlgorithm.SHA1, externalData);
        Sized.requireAtMost(Attest.BankSelection.MAX_OCTETS, pcrSelect, "pcrSelect");
        if (localityAtRelease < 0 || localityAtRelease > 0xff) {
            throw new IllegalArgumentException("localityAtRelease " + localityAtRelease + " is not 0 to 255");
        }
        if (versionInfo.isPresent()) {
            try {
                requireVersionInfo(new ByteCursor(versionInfo.get(), 0, STRUCTURE));
            } catch (MalformedDataException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    /**
     * Whether some bytes begin like this structure.
     *
     * @param bytes what may be a statement of a TPM 1.2 or 2.0
     * @return true if they have its tag and mark
     */
    public static boolean isQuoteInfo2(Bytes bytes) {
        return bytes.startsWith(TAG) && bytes.from(TAG.length()).startsWith(FIXED);
    }

    /**
     * Decodes the structure.
     *
     * @param bytes the TPM_QUOTE_INFO2, with or without the TPM_CAP_VERSION_INFO after it, and nothing else
     * @return the statement, sharing {@code bytes}
     * @throws MalformedDataException if a size does not fit, or it has another tag or mark
     */
    public static Tpm12QuoteInfo2 decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        Tpm12QuoteInfo.require(cursor, "tag", TAG);
        Tpm12QuoteInfo.require(cursor, "fixed", FIXED);
        Bytes externalData = cursor.bytes(HashAlgorithm.SHA1.digestSize(), "externalData");
        Bytes pcrSelect = Sized.read(cursor, "infoShort.pcrSelection", Attest.BankSelection.MAX_OCTETS);
        int locality = cursor.u8("infoShort.localityAtRelease");
        Bytes digest = cursor.bytes(HashAlgorithm.SHA1.digestSize(), "infoShort.digestAtRelease");
        Optional<Bytes> versionInfo = Optional.empty();
        if (cursor.remaining() > 0) {
            Bytes rest = bytes.from(bytes.length() - cursor.remaining());
            requireVersionInfo(cursor);
            versionInfo = Optional.of(rest);
        }
        return new Tpm12QuoteInfo2(externalData, pcrSelect, locality, digest, versionInfo);
    }

    private static void requireVersionInfo(ByteCursor cursor) throws MalformedDataException {
        Tpm12QuoteInfo.require(cursor, "versionInfo.tag", VERSION_INFO_TAG);
        cursor.bytes(VERSION_SIZE, "versionInfo.version");
        cursor.u16be("versionInfo.specLevel");
        cursor.u8("versionInfo.errataRev");
        cursor.bytes(VENDOR_ID_SIZE, "versionInfo.tpmVendorID");
        Sized.read(cursor, "versionInfo.vendorSpecific", MAX_VENDOR_DATA);
        Sized.requireEnd(cursor);
    }

    /** {@return the indexes of the quoted PCRs, ascending} */
    public List<Integer> pcrs() {
        return new Attest.BankSelection(HashAlgorithm.SHA1.id(), pcrSelect).pcrs();
    }

    /**
     * The composite whose digest {@link #digestValue} has to be.
     *
     * @param bank values, in a SHA-1 bank; those of other PCRs are left out
     * @return the selected PCRs with their values, whose digest may be another; empty if a value is missing
     */
    public Optional<Tpm12PcrComposite> composite(PcrBank bank) {
        List<Bytes> values = new ArrayList<>();
        for (int pcr : pcrs()) {
            bank.value(pcr).ifPresent(values::add);
        }
        return values.size() == pcrs().size()
                ? Optional.of(new Tpm12PcrComposite(pcrSelect, values))
                : Optional.empty();
    }

    @Override
    public boolean isAbout(Tpm12PcrComposite composite) {
        return composite.pcrs().equals(pcrs());
    }

    /** {@return what {@link #decode} reads} */
    @Override
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().bytes(TAG).bytes(FIXED).bytes(externalData);
        Sized.write(writer, pcrSelect);
        writer.u8(localityAtRelease).bytes(digestValue);
        versionInfo.ifPresent(writer::bytes);
        return writer.toBytes();
    }
}
