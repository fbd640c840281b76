package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks that a quote proves PCR values: the signature over it, the nonce, the signer, the selection, and the digest over
 * the values in the order of the quote (TPM 2.0 Library, Part 3, TPM2_Quote).
 *
 * <p>Evidence that is too weak to prove anything is refused: a key whose attributes are known and are not those of an
 * attestation key (restricted, sign without decrypt, fixedTPM, fixedParent, sensitiveDataOrigin), an RSA key of fewer than 2048
 * bits, a TPM 2.0's signature with SHA-1, a nonce of fewer than 16 bytes. Each is a {@link QuoteFinding} that a caller can
 * tolerate by name.
 */
public final class QuoteVerifier {
    private final AttestationKey key;
    private final PcrValues values;
    private final Set<QuoteFinding> tolerated;
    private final Set<QuoteFinding> findings = EnumSet.noneOf(QuoteFinding.class);
    private final Map<HashAlgorithm, PcrBank> proved = new LinkedHashMap<>();

    private QuoteVerifier(AttestationKey key, PcrValues values, Set<QuoteFinding> tolerated) {
        this.key = key;
        this.values = values;
        this.tolerated = tolerated;
    }

    /**
     * Verifies a quote.
     *
     * @param quote the quote
     * @param key the key that must have signed it
     * @param nonce the nonce that it must carry
     * @param values the PCR values that it must be over; values of other PCRs are ignored
     * @param required the PCRs that it must be over, in any order; it may be over more
     * @return the values that are proved, and what is weak about the proof
     * @throws QuoteRefusedException if the quote does not prove them, or has a weakness that is refused by default
     */
    public static QuotedPcrs verify(
            Quote quote, AttestationKey key, Nonce nonce, PcrValues values, PcrSelection required)
            throws QuoteRefusedException {
        return verify(quote, key, nonce, values, required, Set.of());
    }

    /**
     * Verifies a quote and accepts it in spite of some weaknesses.
     *
     * @param quote the quote
     * @param key the key that must have signed it
     * @param nonce the nonce that it must carry
     * @param values the PCR values that it must be over; values of other PCRs are ignored
     * @param required the PCRs that it must be over, in any order; it may be over more
     * @param tolerated the weaknesses that become findings instead of refusals; those that are not refused by default need not
     *     be named
     * @return the values that are proved, and what is weak about the proof
     * @throws QuoteRefusedException if the quote does not prove them, or has another weakness that is refused by default
     */
    public static QuotedPcrs verify(
            Quote quote,
            AttestationKey key,
            Nonce nonce,
            PcrValues values,
            PcrSelection required,
            Set<QuoteFinding> tolerated)
            throws QuoteRefusedException {
        QuoteVerifier verifier = new QuoteVerifier(key, values, tolerated);
        if (quote instanceof Quote.Tpm20 tpm20) {
            return verifier.verify(tpm20, nonce, required);
        }
        return verifier.verify((Quote.Tpm12) quote, nonce, required);
    }

    private QuotedPcrs verify(Quote.Tpm20 quote, Nonce nonce, PcrSelection required) throws QuoteRefusedException {
        HashAlgorithm hash = quote.signature().hash();
        VerifiedAttest<Attested.Quote> statement =
                AttestVerifier.check(quote.attest(), quote.signature(), Attested.Quote.class, key, nonce);
        findings.addAll(statement.findings());
        Attested.Quote attested = statement.attested();
        requireSelected(required, attested.pcrSelect());
        MessageDigest digest = hash.newMessageDigest()
                .orElseThrow(() -> refused(QuoteRefusal.SCHEME_NOT_SUPPORTED, "this JVM does not have " + hash));
        for (Attest.BankSelection bank : attested.pcrSelect()) {
            if (bank.isEmpty()) {
                proveEmpty(bank);
            } else {
                prove(bank).values().values().forEach(value -> value.update(digest));
            }
        }
        requireDigest(attested.pcrDigest(), Bytes.wrap(digest.digest()), attested.pcrSelect());
        return result(Optional.of(statement));
    }

    private QuotedPcrs verify(Quote.Tpm12 quote, Nonce nonce, PcrSelection required) throws QuoteRefusedException {
        Tpm12Statement quoteInfo = quote.quoteInfo();
        new QuoteKey(key, findings).requireTpm12Signature(quote.signature(), quoteInfo.encode());
        nonce.require(quoteInfo.externalData(), findings);
        Tpm12PcrComposite composite = quote.composite();
        Attest.BankSelection bank = new Attest.BankSelection(HashAlgorithm.SHA1.id(), composite.pcrSelect());
        requireSelected(required, List.of(bank));
        MessageDigest digest = HashAlgorithm.SHA1
                .newMessageDigest()
                .orElseThrow(() -> refused(QuoteRefusal.SCHEME_NOT_SUPPORTED, "this JVM does not have SHA-1"));
        if (!quoteInfo.isAbout(composite)) {
            throw refused(
                    QuoteRefusal.PCR_DIGEST_DIFFERS, "the PCRs of the TPM_PCR_COMPOSITE are not those of the quote");
        }
        composite.encode().update(digest);
        requireDigest(quoteInfo.digestValue(), Bytes.wrap(digest.digest()), List.of(bank));
        if (!List.copyOf(prove(bank).values().values()).equals(composite.pcrValues())) {
            throw refused(QuoteRefusal.PCR_DIGEST_DIFFERS, "the values in the TPM_PCR_COMPOSITE are not those given");
        }
        return result(Optional.empty());
    }

    private static void requireSelected(PcrSelection required, List<Attest.BankSelection> quoted)
            throws QuoteRefusedException {
        if (selectsNone(quoted)) {
            throw refused(QuoteRefusal.NO_PCRS, "the quote is over no PCR");
        }
        for (PcrSelection.Bank bank : required.banks()) {
            for (int pcr : bank.pcrs()) {
                if (!isSelected(bank.algorithm().id(), pcr, quoted)) {
                    throw refused(
                            QuoteRefusal.REQUIRED_PCR_NOT_QUOTED,
                            "PCR " + pcr + " of the bank " + bank.algorithm() + " is not in the quote");
                }
            }
        }
    }

    private static boolean selectsNone(List<Attest.BankSelection> quoted) {
        for (Attest.BankSelection bank : quoted) {
            if (!bank.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSelected(int hash, int pcr, List<Attest.BankSelection> quoted) {
        for (Attest.BankSelection selected : quoted) {
            if (selected.hash() == hash && selected.contains(pcr)) {
                return true;
            }
        }
        return false;
    }

    private void proveEmpty(Attest.BankSelection selected) {
        findings.add(QuoteFinding.EMPTY_BANK);
        HashAlgorithm.byId(selected.hash())
                .ifPresent(algorithm -> proved.putIfAbsent(algorithm, PcrBank.of(algorithm, Map.of())));
    }

    private PcrBank prove(Attest.BankSelection selected) throws QuoteRefusedException {
        if (selected.hash() == HashAlgorithm.SHA1.id()) {
            findings.add(QuoteFinding.SHA1_BANK);
        }
        PcrBank quoted = given(selected);
        proved.merge(quoted.algorithm(), quoted, PcrBank::with);
        return quoted;
    }

    /** The given values of the selected PCRs, all of them. */
    private PcrBank given(Attest.BankSelection selected) throws QuoteRefusedException {
        Set<Integer> found = Set.of();
        for (PcrBank bank : values.banks()) {
            if (bank.algorithm().id() == selected.hash()) {
                PcrBank given = bank.only(selected);
                found = given.values().keySet();
                if (found.size() == selected.size()) {
                    return given;
                }
                break;
            }
        }
        List<Integer> missing = new ArrayList<>(selected.pcrs());
        missing.removeAll(found);
        throw refused(
                QuoteRefusal.PCR_VALUE_MISSING,
                String.format(
                        "the quote is over PCR %d of the bank %s, whose value was not given",
                        missing.get(0), bankName(selected.hash())));
    }

    private static String bankName(int id) {
        return HashAlgorithm.byId(id).map(HashAlgorithm::name).orElseGet(() -> String.format("0x%04x", id));
    }

    private static void requireDigest(Bytes quoted, Bytes computed, List<Attest.BankSelection> selected)
            throws QuoteRefusedException {
        if (!quoted.equals(computed)) {
            throw refused(
                    QuoteRefusal.PCR_DIGEST_DIFFERS,
                    "the quote's digest over " + text(selected) + " is " + quoted.toHex()
                            + ", that of the values it was checked with " + computed.toHex());
        }
    }

    private static String text(List<Attest.BankSelection> selected) {
        return selected.stream()
                .map(bank -> bankName(bank.hash()) + ":"
                        + bank.pcrs().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining("+"));
    }

    private QuotedPcrs result(Optional<VerifiedAttest<Attested.Quote>> statement) throws QuoteRefusedException {
        PcrValues quoted = new PcrValues(List.copyOf(proved.values()));
        return new QuotedPcrs(quoted, statement, findings)
                .requireNone(finding -> finding.isRefusedByDefault() && !tolerated.contains(finding));
    }

    static QuoteRefusedException refused(QuoteRefusal reason, String message) {
        return new QuoteRefusedException(reason, message);
    }
}
