package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * What a TPM 1.2 states in answer to TPM_Quote: TPM_QUOTE_INFO, 48 bytes (TPM 1.2, Part 2, section 11.3).
 *
 * @param digestValue the SHA-1 hash of the {@link Tpm12PcrComposite}, 20 bytes
 * @param externalData the verifier's nonce, 20 bytes
 */
public record Tpm12QuoteInfo(Bytes digestValue, Bytes externalData) implements Tpm12Statement {
    private static final String STRUCTURE = "TPM_QUOTE_INFO";
    private static final Bytes VERSION = Bytes.parseHex("01010000");
    private static final Bytes FIXED = Bytes.encode("QUOT", StandardCharsets.US_ASCII);

    /** @throws IllegalArgumentException if a part does not have 20 bytes */
    public Tpm12QuoteInfo {
        Digest.requireDigestSize(HashAlgorithm.SHA1, digestValue);
        Digest.requireDigestSize(HashAlgorithm.SHA1, externalData);
    }

    /**
     * Whether some bytes begin like this structure.
     *
     * @param bytes what may be a statement of a TPM 1.2 or 2.0
     * @return true if they have its version and mark
     */
    public static boolean isQuoteInfo(Bytes bytes) {
        return bytes.startsWith(VERSION) && bytes.from(VERSION.length()).startsWith(FIXED);
    }

    /**
     * Decodes the structure.
     *
     * @param bytes the structure and nothing else
     * @return the statement, sharing {@code bytes}
     * @throws MalformedDataException if it does not have 48 bytes, or has another version or mark
     */
    public static Tpm12QuoteInfo decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        require(cursor, "version", VERSION);
        require(cursor, "fixed", FIXED);
        Bytes digestValue = cursor.bytes(HashAlgorithm.SHA1.digestSize(), "digestValue");
        Bytes externalData = cursor.bytes(HashAlgorithm.SHA1.digestSize(), "externalData");
        Sized.requireEnd(cursor);
        return new Tpm12QuoteInfo(digestValue, externalData);
    }

    static void require(ByteCursor cursor, String field, Bytes expected) throws MalformedDataException {
        Bytes found = cursor.bytes(expected.length(), field);
        if (!found.equals(expected)) {
            throw cursor.fault(field, found.toHex() + " instead of " + expected.toHex());
        }
    }

    @Override
    public boolean isAbout(Tpm12PcrComposite composite) {
        return true;
    }

    /** {@return what {@link #decode} reads} */
    @Override
    public Bytes encode() {
        return new ByteWriter()
                .bytes(VERSION)
                .bytes(FIXED)
                .bytes(digestValue)
                .bytes(externalData)
                .toBytes();
    }
}
