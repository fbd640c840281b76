package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Nonce;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what a statement of a TPM was asked for with. */
final class NonceOptions {
    static final String NAMES = "--nonce, --nonce-file, --no-nonce";

    @Option(
            names = "--nonce",
            paramLabel = "HEX",
            converter = Converters.Hex.class,
            description = "The nonce with which the quote, or another statement, was requested.")
    private @Nullable Bytes nonce;

    @Option(
            names = "--nonce-file",
            paramLabel = "FILE",
            description =
                    "A file that holds the nonce. If it is nothing but hexadecimal digits, they are decoded: white"
                            + " space, colons, a byte order mark and a leading 0x are skipped, and an odd number of digits is an"
                            + " error. Otherwise the nonce is the bytes of the file. The quote may also carry the bytes of the"
                            + " file themselves.")
    private @Nullable String nonceFile;

    @Option(
            names = "--no-nonce",
            description = "Accept the quote although it may be an old one: nothing proves that it is fresh.")
    private boolean noNonce;

    boolean isGiven() {
        return nonce != null || nonceFile != null || noNonce;
    }

    /**
     * Just one of them is needed.
     *
     * @param option what needs it
     */
    void requireOneFor(String option) throws InputException {
        if (Stream.of(nonce != null, nonceFile != null, noNonce)
                        .filter(given -> given)
                        .count()
                != 1) {
            throw new InputException(
                    option
                            + " needs either --nonce or --no-nonce (or --nonce-file): without a nonce it may be from an earlier boot");
        }
        if (nonce != null && nonce.isEmpty()) {
            throw new InputException("--nonce is empty");
        }
    }

    /**
     * What to check the nonce with.
     *
     * @param carried the nonce in the statement
     */
    Nonce expected(Bytes carried) throws InputException {
        if (nonceFile != null) {
            return Nonce.of(NonceFile.read(nonceFile, carried));
        }
        return nonce == null ? Nonce.insecureUnchecked() : Nonce.of(nonce);
    }
}
