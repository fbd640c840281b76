package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.Tpm12PcrComposite;
import io.github.measuredboot.tpm.Tpm12QuoteInfo2;
import io.github.measuredboot.tpm.Tpm12Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that make up a quote. */
final class QuoteOptions {
    @Option(
            names = "--quote",
            paramLabel = "ATTEST",
            description =
                    "What the TPM states: the file that tpm2_quote -m writes (TPMS_ATTEST), or TPM2B_ATTEST; for a TPM"
                            + " 1.2, the TPM_QUOTE_INFO, or the TPM_QUOTE_INFO2 with the version information that was signed with"
                            + " it.")
    private @Nullable String attest;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description =
                    "The signature: the file that tpm2_quote -s writes, or the bare signature: RSA, or ECDSA in DER or"
                            + " as r and s.")
    private @Nullable String signature;

    @Option(
            names = "--ak",
            paramLabel = "KEY",
            description =
                    "The key that must have signed: TPM2B_PUBLIC, TPMT_PUBLIC, PEM, DER or an X.509 certificate, which"
                            + " is not checked (see --ak-certificate); TPM_PUBKEY of a TPM 1.2.")
    private @Nullable String key;

    @Option(
            names = "--pcr-composite",
            paramLabel = "FILE",
            description =
                    "The TPM_PCR_COMPOSITE that a TPM 1.2 quoted. Default: made of the given SHA-1 values: of all or, in"
                            + " verify, of those that --require or --pcr names.")
    private @Nullable String composite;

    @Mixin
    private NonceOptions nonce = new NonceOptions();

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Mixin
    private WeaknessOptions weaknesses = new WeaknessOptions();

    boolean isGiven() {
        return attest != null;
    }

    void requireComplete() throws InputException {
        if (attest == null) {
            if (signature != null || key != null || composite != null || nonce.isGiven()) {
                throw new InputException("--signature, --ak, " + NonceOptions.NAMES
                        + " and --pcr-composite belong to --quote, which is missing");
            }
            if (identity.isGiven()) {
                throw new InputException(
                        "--ak-name, --ak-identity, --ak-certificate and --roots belong to --quote, which is missing");
            }
            if (!weaknesses.allowed().isEmpty()) {
                throw new InputException(WeaknessOptions.optionFor(List.copyOf(weaknesses.allowed()))
                        + " belongs to --quote, which is missing");
            }
            return;
        }
        identity.requireComplete();
        if (signature == null || key == null) {
            throw new InputException("--quote needs --signature and --ak");
        }
        nonce.requireOneFor("--quote");
    }

    /** With the values that the quote is over: of a TPM 1.2 these may be the quote's own, and the quote does not name its PCRs. */
    GivenEvidence read(Optional<PcrValues> values, Optional<UserspaceLog> userspaceLog, List<Integer> mayBeQuoted)
            throws InputException, AttestationRefusedException {
        if (attest == null || signature == null || key == null) {
            throw new IllegalStateException("no quote was given");
        }
        KeyIdentity signer = identity.of(IdentityOptions.read(key));
        Object statement = InputFile.decode(attest, QuoteOptions::statement);
        if (statement instanceof Tpm12Statement quoteInfo) {
            Tpm12PcrComposite pcrs = composite(quoteInfo, values, mayBeQuoted);
            Quote quote = new Quote.Tpm12(quoteInfo, pcrs, bytes(signature));
            return new GivenEvidence(
                    userspaceLog,
                    values.or(() -> Optional.of(pcrs.values())),
                    Optional.of(given(quote, signer, quoteInfo.externalData())));
        }
        if (composite != null) {
            throw new InputException("--pcr-composite belongs to the quote of a TPM 1.2");
        }
        Attest quoted = (Attest) statement;
        Quote quote = InputFile.decode(signature, bytes -> Quote.decode(quoted.encode(), bytes, signer.key()));
        return new GivenEvidence(userspaceLog, values, Optional.of(given(quote, signer, quoted.extraData())));
    }

    private GivenEvidence.GivenQuote given(Quote quote, KeyIdentity signer, Bytes quotedNonce) throws InputException {
        return new GivenEvidence.GivenQuote(quote, signer, nonce.expected(quotedNonce), weaknesses.allowed());
    }

    private static Object statement(Bytes bytes) throws MalformedDataException {
        return Tpm12Statement.isStatement(bytes) ? Tpm12Statement.decode(bytes) : Attest.decodeQuote(bytes);
    }

    private static Bytes bytes(String name) throws InputException {
        return InputFile.decode(name, bytes -> bytes);
    }

    private Tpm12PcrComposite composite(Tpm12Statement quoteInfo, Optional<PcrValues> values, List<Integer> mayBeQuoted)
            throws InputException {
        if (composite != null) {
            return InputFile.decode(composite, Tpm12PcrComposite::decode);
        }
        PcrBank bank = values.flatMap(given -> given.bank(HashAlgorithm.SHA1))
                .orElseThrow(
                        () -> new InputException(
                                "the quote of a TPM 1.2 is over a hash of PCR values, and no SHA-1"
                                        + " values were given: give them with --pcrs, or the TPM_PCR_COMPOSITE with --pcr-composite"));
        if (quoteInfo instanceof Tpm12QuoteInfo2 selected) {
            return selected.composite(bank)
                    .orElseThrow(() -> new InputException("the SHA-1 values that were given lack PCRs that the quote is"
                            + " over: give its TPM_PCR_COMPOSITE with --pcr-composite"));
        }
        return Stream.of(bank, only(bank, mayBeQuoted))
                .flatMap(some -> Tpm12PcrComposite.of(some, quoteInfo.digestValue()).stream())
                .findFirst()
                .orElseThrow(
                        () -> new InputException("the SHA-1 values that were given are not just those that the quote"
                                + " is over: name its PCRs to verify (--require sha1:...), give a file of their values alone"
                                + " with --pcrs, or its TPM_PCR_COMPOSITE with --pcr-composite"));
    }

    private static PcrBank only(PcrBank bank, List<Integer> pcrs) {
        Map<Integer, Bytes> values = new TreeMap<>(bank.values());
        values.keySet().retainAll(pcrs);
        return PcrBank.of(bank.algorithm(), values);
    }
}
