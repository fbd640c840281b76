package io.github.measuredboot.tpm;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A quote, or another statement of a TPM, does not prove what it was given for. */
public final class QuoteRefusedException extends Exception {
    private static final long serialVersionUID = 2L;

    /** Why, for programs. */
    private final QuoteRefusal reason;

    /** Why it is too weak. */
    private final EnumSet<QuoteFinding> weaknesses;

    QuoteRefusedException(QuoteRefusal reason, String message) {
        super(message);
        this.reason = reason;
        this.weaknesses = EnumSet.noneOf(QuoteFinding.class);
    }

    QuoteRefusedException(EnumSet<QuoteFinding> weaknesses) {
        super(weaknesses.stream()
                .map(weakness -> weakness.id() + ": " + weakness.message())
                .collect(Collectors.joining("; ", "", " (refused unless tolerated)")));
        this.reason = QuoteRefusal.TOO_WEAK;
        this.weaknesses = EnumSet.copyOf(weaknesses);
    }

    /** {@return why the quote was refused; the message says what was found and what was expected} */
    public QuoteRefusal reason() {
        return reason;
    }

    /**
     * {@return the weaknesses for which the quote was refused although everything else about it is right, in the order of their
     * enum; empty unless {@link #reason} is {@link QuoteRefusal#TOO_WEAK}} A caller who knowingly accepts each of them can
     * tolerate them ({@link QuoteVerifier#verify(Quote, AttestationKey, Nonce, PcrValues, PcrSelection, Set)},
     * {@code Evidence.tolerating}).
     */
    public List<QuoteFinding> weaknesses() {
        return List.copyOf(weaknesses);
    }
}
