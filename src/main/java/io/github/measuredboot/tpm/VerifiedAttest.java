package io.github.measuredboot.tpm;

import static io.github.measuredboot.tpm.QuoteVerifier.refused;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A statement that a key signed for a nonce. Instances are created only by {@link AttestVerifier} and {@link QuoteVerifier}.
 *
 * @param <T> what it is about
 */
public final class VerifiedAttest<T extends Attested> {
    private final Attest attest;
    private final T attested;
    private final AttestationKey key;
    private final List<QuoteFinding> findings;

    VerifiedAttest(Attest attest, T attested, AttestationKey key, Collection<QuoteFinding> findings) {
        this.attest = attest;
        this.attested = attested;
        this.key = key;
        this.findings = List.copyOf(findings);
    }

    /** {@return the whole statement, with its clock and its counters} */
    public Attest attest() {
        return attest;
    }

    /** {@return what the statement is about} */
    public T attested() {
        return attested;
    }

    /**
     * The same statement, typed by what it is about.
     *
     * @param <S> the type
     * @param type what it may be about, such as {@code Attested.Nv.class}
     * @return the statement, or empty if it is about something else
     */
    public <S extends Attested> Optional<VerifiedAttest<S>> as(Class<S> type) {
        return type.isInstance(attested)
                ? Optional.of(new VerifiedAttest<>(attest, type.cast(attested), key, findings))
                : Optional.empty();
    }

    /** {@return what is weak about the statement, in the order of the enum} */
    public List<QuoteFinding> findings() {
        return findings;
    }

    /** {@return whether a nonce was checked; false for {@link Nonce#insecureUnchecked}} */
    public boolean isFresh() {
        return !findings.contains(QuoteFinding.NONCE_NOT_CHECKED);
    }

    /**
     * Ties two statements of one key together: the TPM was neither reset nor restarted between them, and this one was not made
     * before the other. What one of them proves then holds for the boot of the other.
     *
     * @param earlier the statement that came first
     * @return this
     * @throws QuoteRefusedException if another key signed ({@link QuoteRefusal#SIGNER_DIFFERS}), the counters differ ({@link
     *     QuoteRefusal#BOOT_DIFFERS}), or the clock runs backwards ({@link QuoteRefusal#CLOCK_NOT_IN_ORDER})
     */
    public VerifiedAttest<T> requireSameBootAs(VerifiedAttest<?> earlier) throws QuoteRefusedException {
        if (!isSignedBy(earlier.key) || !attest.qualifiedSigner().equals(earlier.attest.qualifiedSigner())) {
            throw refused(QuoteRefusal.SIGNER_DIFFERS, "the two statements are not signed by the same key");
        }
        Attest.ClockInfo then = earlier.attest.clockInfo();
        Attest.ClockInfo now = attest.clockInfo();
        if (then.resetCount() != now.resetCount() || then.restartCount() != now.restartCount()) {
            throw refused(
                    QuoteRefusal.BOOT_DIFFERS,
                    String.format(
                            "the TPM was reset or restarted in between: counters %d and %d, then %d and %d",
                            then.resetCount(), then.restartCount(), now.resetCount(), now.restartCount()));
        }
        if (Long.compareUnsigned(now.clock(), then.clock()) < 0) {
            throw refused(
                    QuoteRefusal.CLOCK_NOT_IN_ORDER,
                    "the clock runs backwards, from " + Long.toUnsignedString(then.clock()) + " to "
                            + Long.toUnsignedString(now.clock()));
        }
        return this;
    }

    /**
     * Whether the statement was verified with a key.
     *
     * @param other the key
     * @return true if the key has the same public area or, where that is not known, the same numbers
     */
    public boolean isSignedBy(AttestationKey other) {
        if (!key.publicArea().equals(other.publicArea())) {
            return false;
        }
        return key.publicArea().isPresent()
                || (key.publicKey().isPresent() && key.publicKey().equals(other.publicKey()));
    }

    VerifiedAttest<T> requireTolerated(Set<QuoteFinding> tolerated) throws QuoteRefusedException {
        requireNone(findings, finding -> finding.isRefusedByDefault() && !tolerated.contains(finding));
        return this;
    }

    static void requireNone(List<QuoteFinding> findings, Predicate<QuoteFinding> unacceptable)
            throws QuoteRefusedException {
        EnumSet<QuoteFinding> found = EnumSet.noneOf(QuoteFinding.class);
        findings.stream().filter(unacceptable).forEach(found::add);
        if (!found.isEmpty()) {
            throw new QuoteRefusedException(found);
        }
    }

    @Override
    public String toString() {
        return "VerifiedAttest[" + attest + ", findings=" + findings + "]";
    }
}
