package io.github.measuredboot.cli;

import io.github.measuredboot.tpm.QuoteFinding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that take a quote which is refused by default, one for each weakness. */
final class WeaknessOptions {
    private static final String UNRESTRICTED_KEY = "--allow-unrestricted-key";
    private static final String KEY_NOT_FIXED_TO_TPM = "--allow-key-not-fixed-to-tpm";
    private static final String KEY_NOT_FIXED_TO_PARENT = "--allow-key-not-fixed-to-parent";
    private static final String IMPORTED_KEY = "--allow-imported-key";
    private static final String KEY_NOT_SIGNING = "--allow-key-not-signing";
    private static final String DECRYPTION_KEY = "--allow-decryption-key";
    private static final String SHORT_RSA_KEY = "--allow-short-rsa-key";
    private static final String SHA1_SIGNATURE = "--allow-sha1-signature";
    private static final String SHORT_NONCE = "--allow-short-nonce";

    private final Set<QuoteFinding> allowed = EnumSet.noneOf(QuoteFinding.class);

    @Option(
            names = UNRESTRICTED_KEY,
            description = "Take a key without the attribute restricted. Whoever may use it can forge quotes.")
    void allowUnrestrictedKey(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.KEY_NOT_RESTRICTED);
    }

    @Option(
            names = KEY_NOT_FIXED_TO_TPM,
            description = "Take a key without the attribute fixedTPM. It may be outside of any TPM.")
    void allowKeyNotFixedToTpm(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.KEY_NOT_FIXED_TO_TPM);
    }

    @Option(
            names = KEY_NOT_FIXED_TO_PARENT,
            description = "Take a key without the attribute fixedParent. It may be outside of any TPM.")
    void allowKeyNotFixedToParent(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.KEY_NOT_FIXED_TO_PARENT);
    }

    @Option(
            names = IMPORTED_KEY,
            description =
                    "Take a key without the attribute sensitiveDataOrigin. Whoever made it outside of the TPM can forge"
                            + " quotes.")
    void allowImportedKey(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.KEY_NOT_MADE_BY_TPM);
    }

    @Option(
            names = KEY_NOT_SIGNING,
            description = "Take a key without the attribute sign. No TPM signs with such a key.")
    void allowKeyNotSigning(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.KEY_NOT_SIGNING);
    }

    @Option(
            names = DECRYPTION_KEY,
            description = "Take a key with the attribute decrypt. No TPM makes a restricted signing key like that.")
    void allowDecryptionKey(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.KEY_DECRYPTING);
    }

    @Option(names = SHORT_RSA_KEY, description = "Take an RSA key of fewer than 2048 bits. It can be factored.")
    void allowShortRsaKey(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.SHORT_RSA_KEY);
    }

    @Option(
            names = SHA1_SIGNATURE,
            description = "Take a signature with SHA-1. One for another statement may fit a forged quote.")
    void allowSha1Signature(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.SHA1_SIGNATURE);
    }

    @Option(
            names = SHORT_NONCE,
            description = "Take a nonce of fewer than 16 bytes. An old quote may carry the same one.")
    void allowShortNonce(boolean isAllowed) {
        allow(isAllowed, QuoteFinding.SHORT_NONCE);
    }

    private void allow(boolean isAllowed, QuoteFinding weakness) {
        if (isAllowed) {
            allowed.add(weakness);
        } else {
            allowed.remove(weakness);
        }
    }

    Set<QuoteFinding> allowed() {
        return allowed;
    }

    /** What takes a quote with these weaknesses all the same. */
    static String optionsFor(List<QuoteFinding> weaknesses) {
        return weaknesses.stream().map(WeaknessOptions::optionFor).collect(Collectors.joining(" "));
    }

    private static String optionFor(QuoteFinding weakness) {
        return switch (weakness) {
            case KEY_NOT_RESTRICTED -> UNRESTRICTED_KEY;
            case KEY_NOT_FIXED_TO_TPM -> KEY_NOT_FIXED_TO_TPM;
            case KEY_NOT_FIXED_TO_PARENT -> KEY_NOT_FIXED_TO_PARENT;
            case KEY_NOT_MADE_BY_TPM -> IMPORTED_KEY;
            case KEY_NOT_SIGNING -> KEY_NOT_SIGNING;
            case KEY_DECRYPTING -> DECRYPTION_KEY;
            case SHORT_RSA_KEY -> SHORT_RSA_KEY;
            case SHA1_SIGNATURE -> SHA1_SIGNATURE;
            case SHORT_NONCE -> SHORT_NONCE;
            case NONCE_NOT_CHECKED, KEY_ATTRIBUTES_UNKNOWN, TPM12_SIGNATURE, SHA1_BANK, EMPTY_BANK, CLOCK_NOT_SAFE ->
                throw new IllegalArgumentException(weakness + " is not refused by default");
        };
    }
}
