package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.TpmSignature;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that make up a quote. */
final class QuoteOptions {
    private static final int MAX_SIZE = (1 << 16) + 1;

    @Option(
            names = "--quote",
            paramLabel = "ATTEST",
            description = "What the TPM states: the file that tpm2_quote -m writes.")
    private @Nullable String attest;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "The signature: the file that tpm2_quote -s writes, format tss.")
    private @Nullable String signature;

    @Option(
            names = "--ak",
            paramLabel = "KEY",
            description =
                    "The key that must have signed: TPM2B_PUBLIC, TPMT_PUBLIC, PEM, DER or an X.509 certificate, which"
                            + " is not checked.")
    private @Nullable String key;

    @Option(
            names = "--nonce",
            paramLabel = "HEX",
            converter = Converters.Hex.class,
            description = "What the quote was asked for with.")
    private @Nullable Bytes nonce;

    @Option(
            names = "--no-nonce",
            description = "Take the quote although it may be an old one: that it is fresh is not proved.")
    private boolean noNonce;

    @Mixin
    private WeaknessOptions weaknesses = new WeaknessOptions();

    boolean isGiven() {
        return attest != null;
    }

    void requireComplete() throws InputException {
        if (attest == null) {
            if (signature != null || key != null || nonce != null || noNonce) {
                throw new InputException(
                        "--signature, --ak, --nonce and --no-nonce belong to --quote, which is missing");
            }
            if (!weaknesses.allowed().isEmpty()) {
                throw new InputException(WeaknessOptions.optionFor(List.copyOf(weaknesses.allowed()))
                        + " belongs to --quote, which is missing");
            }
            return;
        }
        if (signature == null || key == null) {
            throw new InputException("--quote needs --signature and --ak");
        }
        if ((nonce == null) != noNonce) {
            throw new InputException(
                    "--quote needs either --nonce or --no-nonce: without a nonce it may be the quote of an earlier boot");
        }
        if (nonce != null && nonce.isEmpty()) {
            throw new InputException("--nonce is empty");
        }
    }

    Evidence addTo(Evidence evidence) throws InputException {
        if (attest == null || signature == null || key == null) {
            throw new IllegalStateException("no quote was given");
        }
        Attest statement = InputFile.decode(attest, MAX_SIZE, Attest::decodeQuote);
        AttestationKey attestationKey = InputFile.decode(key, MAX_SIZE, AttestationKey::decode);
        return evidence.withQuote(
                        new Quote.Tpm20(statement, InputFile.decode(signature, MAX_SIZE, TpmSignature::decode)),
                        attestationKey,
                        nonce == null ? Nonce.insecureUnchecked() : Nonce.of(nonce))
                .tolerating(weaknesses.allowed());
    }
}
