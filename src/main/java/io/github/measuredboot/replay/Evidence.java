package io.github.measuredboot.replay;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a verifier was sent about one boot, and the PCRs that it asks for. {@link #evaluate} determines what the
 * evidence proves.
 *
 * <pre>{@code
 * ReplayedLog replayed = Evidence.of(Replay.of(EventLog.copyOf(log)))
 *         .withValues(pcrValues)
 *         .withQuote(Quote.decode(attest, signature), AttestationKey.decode(ak), Nonce.of(nonce))
 *         .forPcrs(PcrSelection.parse("sha256:0-7,11"))
 *         .evaluate();
 * boolean proved = replayed.provesAll(PcrSelection.parse("sha256:0-7,11"));
 * }</pre>
 *
 * <p>A quote that is too weak to prove anything is refused ({@link QuoteFinding#isRefusedByDefault}), unless the caller
 * tolerates that particular weakness.
 */
public final class Evidence {
    private record SignedQuote(Quote quote, KeyIdentity signer, Nonce nonce) {}

    private final Replay replay;
    private final Optional<PcrValues> values;
    private final Optional<SignedQuote> quote;
    private final Set<QuoteFinding> tolerated;
    private final Optional<PcrSelection> wanted;

    private Evidence(
            Replay replay,
            Optional<PcrValues> values,
            Optional<SignedQuote> quote,
            Set<QuoteFinding> tolerated,
            Optional<PcrSelection> wanted) {
        this.replay = replay;
        this.values = values;
        this.quote = quote;
        this.tolerated = tolerated;
        this.wanted = wanted;
    }

    /**
     * Returns evidence that consists of the logs, which are always required.
     *
     * @param replay the replay of all logs of the boot
     * @return evidence without PCR values: nothing can be reproduced
     */
    public static Evidence of(Replay replay) {
        return new Evidence(replay, Optional.empty(), Optional.empty(), Set.of(), Optional.empty());
    }

    /**
     * Adds PCR values.
     *
     * @param pcrValues the values; values that the quote is not over remain asserted
     * @return the evidence with them
     */
    public Evidence withValues(PcrValues pcrValues) {
        return new Evidence(replay, Optional.of(pcrValues), quote, tolerated, wanted);
    }

    /**
     * Adds a quote for whose key the caller vouches: {@link KeyIdentity#asserted}. Without PCR values, it is checked with those
     * that the log gives ({@link Replay#expectedValues}).
     *
     * @param signed the quote
     * @param key the key that must have signed it
     * @param nonce the nonce that it must carry
     * @return the evidence with it
     */
    public Evidence withQuote(Quote signed, AttestationKey key, Nonce nonce) {
        return withQuote(signed, KeyIdentity.asserted(key), nonce);
    }

    /**
     * Adds a quote, with the identity of its key and who vouches for it. Without PCR values, it is checked with those that the
     * log gives ({@link Replay#expectedValues}).
     *
     * @param signed the quote
     * @param signer the key that must have signed it, with the proof that it is in a TPM; {@link ReplayedLog#signer} returns it
     * @param nonce the nonce that it must carry
     * @return the evidence with it
     */
    public Evidence withQuote(Quote signed, KeyIdentity signer, Nonce nonce) {
        return new Evidence(replay, values, Optional.of(new SignedQuote(signed, signer, nonce)), tolerated, wanted);
    }

    /**
     * Accepts a quote that has some weaknesses, which are then among {@link QuotedPcrs#findings}. The {@link
     * QuoteFinding#message} of each weakness says what is given up.
     *
     * <pre>{@code
     * evidence.tolerating(Set.of(QuoteFinding.SHORT_NONCE))
     * }</pre>
     *
     * @param weaknesses all weaknesses to tolerate; those that are not refused by default need not be named
     * @return the evidence with this decision, which replaces any earlier one
     */
    public Evidence tolerating(Set<QuoteFinding> weaknesses) {
        return new Evidence(replay, values, quote, Set.copyOf(weaknesses), wanted);
    }

    /**
     * Asks for some PCRs only: the result will have each of them, and no others.
     *
     * @param pcrs the PCRs
     * @return the evidence with the question
     */
    public Evidence forPcrs(PcrSelection pcrs) {
        return new Evidence(replay, values, quote, tolerated, Optional.of(pcrs));
    }

    /**
     * Verifies the quote, if there is one, and compares.
     *
     * @return for each bank and PCR whether the log reproduces its value, and whether the quote proves it. A PCR that the quote
     *     is not over is not proved; the result reports that, and it is not an error.
     * @throws QuoteRefusedException if there is a quote that proves nothing or has a weakness that is not tolerated
     */
    public ReplayedLog evaluate() throws QuoteRefusedException {
        PcrSelection none = new PcrSelection(List.of());
        Optional<QuotedPcrs> quoted = Optional.empty();
        if (quote.isPresent()) {
            quoted = Optional.of(values.isPresent() ? verify(quote.get(), values.get()) : verify(quote.get()));
        }
        PcrValues asserted = values.orElseGet(() -> new PcrValues(List.of()));
        ReplayedLog replayed =
                ReplayedLog.of(replay, asserted, quoted, quote.map(SignedQuote::signer), wanted.orElse(none));
        return wanted.map(pcrs ->
                        replayed.restrictedTo(comparison -> pcrs.contains(comparison.algorithm(), comparison.pcr())))
                .orElse(replayed);
    }

    /** Without values, the digest of the quote shows how PCR 17 to 22 started, if it is over them. */
    private QuotedPcrs verify(SignedQuote signed) throws QuoteRefusedException {
        try {
            return verify(signed, replay.expectedValues());
        } catch (QuoteRefusedException asClaimed) {
            if (asClaimed.reason() != QuoteRefusal.PCR_DIGEST_DIFFERS) {
                throw asClaimed;
            }
            try {
                return verify(
                        signed, replay.expectedValues(replay.dynamicPcrStart().other()));
            } catch (QuoteRefusedException fromOtherStart) {
                asClaimed.addSuppressed(fromOtherStart);
                throw asClaimed;
            }
        }
    }

    private QuotedPcrs verify(SignedQuote signed, PcrValues quotedOver) throws QuoteRefusedException {
        return QuoteVerifier.verify(
                signed.quote(),
                signed.signer().key(),
                signed.nonce(),
                quotedOver,
                new PcrSelection(List.of()),
                tolerated);
    }
}
