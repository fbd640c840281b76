package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import java.util.Optional;
import java.util.Set;

/** The value that a verifier gave to the TPM for one quote, so that an older quote cannot be passed off as new. */
public final class Nonce {
    static final int ENOUGH_BYTES = 16;

    private final Optional<Bytes> value;

    private Nonce(Optional<Bytes> value) {
        this.value = value;
    }

    /**
     * Returns the nonce that the verifier chose for this quote, at random and never used before.
     *
     * @param value the bytes that the quote must carry; fewer than 16 are refused by default ({@link
     *     QuoteFinding#SHORT_NONCE})
     * @return the nonce
     * @throws IllegalArgumentException if there are no bytes
     */
    public static Nonce of(Bytes value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an empty nonce does not distinguish one quote from another");
        }
        return new Nonce(Optional.of(value));
    }

    /** {@return the same as {@link #of(Bytes)} of a copy of these bytes} */
    public static Nonce of(byte[] value) {
        return of(Bytes.copyOf(value));
    }

    /**
     * {@return no nonce: any quote that the key ever signed passes, including one of an earlier boot, recorded and replayed by
     * whoever sends it} {@link QuotedPcrs#isFresh} will be false, and {@link QuotedPcrs#findings} will contain {@link
     * QuoteFinding#NONCE_NOT_CHECKED}.
     */
    public static Nonce insecureUnchecked() {
        return new Nonce(Optional.empty());
    }

    void require(Bytes found, Set<QuoteFinding> findings) throws QuoteRefusedException {
        if (isShort()) {
            findings.add(QuoteFinding.SHORT_NONCE);
        }
        if (value.isEmpty()) {
            findings.add(QuoteFinding.NONCE_NOT_CHECKED);
        } else if (!value.get().equals(found)) {
            throw new QuoteRefusedException(
                    QuoteRefusal.NONCE_DIFFERS, "the statement was made for the nonce " + found + ", expected " + this);
        }
    }

    private boolean isShort() {
        return value.isPresent() && value.get().length() < ENOUGH_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nonce that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.map(Bytes::toHex).orElse("not checked");
    }
}
