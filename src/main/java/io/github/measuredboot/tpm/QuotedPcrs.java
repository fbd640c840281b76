package io.github.measuredboot.tpm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The PCR values that a quote proves: when it was made, the TPM that holds the key had these values in these PCRs. Instances
 * are created only by {@link QuoteVerifier}, and have nothing about any other PCR.
 */
public final class QuotedPcrs {
    private final PcrValues values;
    private final Optional<VerifiedAttest<Attested.Quote>> statement;
    private final List<QuoteFinding> findings;

    QuotedPcrs(PcrValues values, Optional<VerifiedAttest<Attested.Quote>> statement, Set<QuoteFinding> findings) {
        this.values = values;
        this.statement = statement;
        this.findings = List.copyOf(findings);
    }

    /** {@return the proved values: only the banks and PCRs of the quote. A bank that is quoted with no PCR has no value} */
    public PcrValues values() {
        return values;
    }

    /**
     * Whether the quote is over a PCR.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return true if {@link #values} has it
     */
    public boolean isQuoted(HashAlgorithm algorithm, int pcr) {
        return values.value(algorithm, pcr).isPresent();
    }

    /**
     * {@return the statement of the TPM 2.0, also proved, with the clock and restart counters by which quotes can be put in
     * order; empty for a TPM 1.2}
     */
    public Optional<Attest> attest() {
        return statement.map(VerifiedAttest::attest);
    }

    /**
     * The same statement in a form to which other statements of the same boot can be tied ({@link
     * VerifiedAttest#requireSameBootAs}).
     *
     * @return the statement; empty for a TPM 1.2
     */
    public Optional<VerifiedAttest<Attested.Quote>> statement() {
        return statement;
    }

    /** {@return the weaknesses of the quote, in the order of their enum} */
    public List<QuoteFinding> findings() {
        return findings;
    }

    /**
     * {@return whether the quote carries the nonce that the caller chose for this request} If not, it may be one that the
     * machine made when it was still good.
     */
    public boolean isFresh() {
        return !findings.contains(QuoteFinding.NONCE_NOT_CHECKED);
    }

    /**
     * Refuses the quote for weaknesses that are not refused by default or that were tolerated before.
     *
     * @param unacceptable the weaknesses
     * @return this
     * @throws QuoteRefusedException if the quote has one of them
     */
    public QuotedPcrs requireNone(Set<QuoteFinding> unacceptable) throws QuoteRefusedException {
        return requireNone(unacceptable::contains);
    }

    QuotedPcrs requireNone(Predicate<QuoteFinding> unacceptable) throws QuoteRefusedException {
        VerifiedAttest.requireNone(findings, unacceptable);
        return this;
    }

    @Override
    public String toString() {
        return "QuotedPcrs[" + values + ", findings=" + findings + "]";
    }
}
