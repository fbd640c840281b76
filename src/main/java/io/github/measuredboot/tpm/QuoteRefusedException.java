package io.github.measuredboot.tpm;

/** A quote does not prove what it was given for. */
public final class QuoteRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for programs. */
    private final QuoteRefusal reason;

    QuoteRefusedException(QuoteRefusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Why, for programs.
     *
     * @return the reason; the message says what was found and what was expected
     */
    public QuoteRefusal reason() {
        return reason;
    }
}
