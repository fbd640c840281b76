package io.github.measuredboot.cli;

import io.github.measuredboot.tpm.QuoteFinding;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that takes a quote which is refused by default, and the spellings for one weakness each, which help does not show. */
final class WeaknessOptions {
    private static final String OPTION = "--allow-weakness";

    /** What can be allowed, and the former spelling of it. */
    private enum Weakness {
        KEY_NOT_RESTRICTED(QuoteFinding.KEY_NOT_RESTRICTED, "--allow-unrestricted-key"),
        KEY_NOT_FIXED_TO_TPM(QuoteFinding.KEY_NOT_FIXED_TO_TPM, "--allow-key-not-fixed-to-tpm"),
        KEY_NOT_FIXED_TO_PARENT(QuoteFinding.KEY_NOT_FIXED_TO_PARENT, "--allow-key-not-fixed-to-parent"),
        KEY_NOT_MADE_BY_TPM(QuoteFinding.KEY_NOT_MADE_BY_TPM, "--allow-imported-key"),
        KEY_NOT_SIGNING(QuoteFinding.KEY_NOT_SIGNING, "--allow-key-not-signing"),
        KEY_DECRYPTING(QuoteFinding.KEY_DECRYPTING, "--allow-decryption-key"),
        KEY_WITHOUT_SCHEME(QuoteFinding.KEY_WITHOUT_SCHEME, "--allow-key-without-scheme"),
        KEY_NAME_WEAK(QuoteFinding.KEY_NAME_WEAK, "--allow-weak-key-name"),
        SHORT_RSA_KEY(QuoteFinding.SHORT_RSA_KEY, "--allow-short-rsa-key"),
        SHA1_SIGNATURE(QuoteFinding.SHA1_SIGNATURE, "--allow-sha1-signature"),
        SHORT_NONCE(QuoteFinding.SHORT_NONCE, "--allow-short-nonce");

        private final QuoteFinding finding;
        private final String spelling;

        Weakness(QuoteFinding finding, String spelling) {
            this.finding = finding;
            this.spelling = spelling;
        }
    }

    private final Set<QuoteFinding> allowed = EnumSet.noneOf(QuoteFinding.class);

    @Option(
            names = OPTION,
            paramLabel = "WEAKNESS",
            split = ",",
            converter = ById.class,
            description =
                    "Accept a quote despite this weakness, such as short-nonce or sha1-signature. Each makes a quote"
                            + " easier to forge.")
    void allow(List<QuoteFinding> weaknesses) {
        allowed.addAll(weaknesses);
    }

    @Spec(Spec.Target.MIXEE)
    void addSpellings(CommandSpec command) {
        for (Weakness weakness : Weakness.values()) {
            ISetter setter = new ISetter() {
                @Override
                public <T> T set(T value) {
                    if (Boolean.TRUE.equals(value)) {
                        allowed.add(weakness.finding);
                    }
                    return value;
                }
            };
            command.addOption(OptionSpec.builder(weakness.spelling)
                    .arity("0")
                    .type(boolean.class)
                    .hidden(true)
                    .description("The same as " + OPTION + " " + weakness.finding.id() + ".")
                    .setter(setter)
                    .build());
        }
    }

    static final class ById extends Converters.ById<QuoteFinding> {
        ById() {
            super(
                    Arrays.stream(Weakness.values())
                            .map(weakness -> weakness.finding)
                            .toList(),
                    QuoteFinding::id);
        }
    }

    Set<QuoteFinding> allowed() {
        return allowed;
    }

    /** What takes a quote with these weaknesses all the same. */
    static String optionFor(List<QuoteFinding> weaknesses) {
        return OPTION + " " + weaknesses.stream().map(QuoteFinding::id).collect(Collectors.joining(","));
    }
}
