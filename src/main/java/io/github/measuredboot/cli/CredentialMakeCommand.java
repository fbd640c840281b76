package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CredentialBlob;
import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "make",
        description = {
            "Makes a credential for tpm2_activatecredential, without a TPM.",
            "With --ak and --challenge, credential check can later say whether the answer proves that the key is"
                    + " in the TPM. With --ak-name and --secret-out, does what tpm2_makecredential does, with a random"
                    + " secret: nothing is known about the key."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:made",
            "1:wrong usage, or input that cannot be read",
            "2:refused: one of the keys is not of the required kind"
        },
        mixinStandardHelpOptions = true)
final class CredentialMakeCommand extends ReportingCommand {
    private static final int MAX_NAME = 66;
    private static final int SECRET_SIZE = 32;

    @Option(
            names = "--ek",
            paramLabel = "PUBLIC",
            required = true,
            description = "The endorsement key: TPM2B_PUBLIC or TPMT_PUBLIC, as tpm2_createek -u writes it.")
    private String ek = "";

    @Option(
            names = "--ak",
            paramLabel = "PUBLIC",
            description = "The attestation key: TPM2B_PUBLIC or TPMT_PUBLIC, as tpm2_createak -u writes it.")
    private @Nullable String ak;

    @Option(
            names = "--ak-name",
            paramLabel = "HEX|FILE",
            description = "The name of the attestation key, or the file that tpm2_createak -n writes.")
    private @Nullable String akName;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write the credential, which goes to the machine.")
    private String output = "";

    @Option(
            names = "--challenge",
            paramLabel = "FILE",
            description =
                    "Where to write what credential check needs. The file is not secret, but must not be changed.")
    private @Nullable String challenge;

    @Option(
            names = "--valid-for",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long the answer may take. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--secret-out",
            paramLabel = "FILE",
            description = "Where to write the secret, which must not leave the verifier. Needs --ak-name.")
    private @Nullable String secretOut;

    @Override
    String input() {
        return ek;
    }

    @Override
    String inputMember() {
        return "ek";
    }

    @Override
    void requireConsistent() throws InputException {
        boolean isChallenge = ak != null && challenge != null && akName == null && secretOut == null;
        boolean isBare = akName != null && secretOut != null && ak == null && challenge == null;
        if (!isChallenge && !isBare) {
            throw new InputException("give either --ak and --challenge, or --ak-name and --secret-out");
        }
        if (seconds <= 0) {
            throw new InputException("--valid-for is not positive");
        }
    }

    @Override
    int execute() throws InputException, MalformedDataException, AttestationRefusedException {
        EndorsementKey endorsementKey = EndorsementKey.of(InputFile.decode(ek, PublicArea::decode));
        return ak == null ? makeBare(endorsementKey) : makeChallenge(endorsementKey, IdentityOptions.read(ak));
    }

    private int makeChallenge(EndorsementKey endorsementKey, AttestationKey key)
            throws InputException, AttestationRefusedException {
        Instant expires = Instant.now().plus(Duration.ofSeconds(seconds));
        CredentialChallenge.Issued issued = CredentialChallenge.issue(endorsementKey, key, new SecureRandom(), expires);
        InputFile.writeBytes(output, issued.credential().encode());
        InputFile.writeBytes(
                Objects.requireNonNull(challenge), issued.challenge().encode());
        report(new CredentialReport(
                output,
                Optional.of(issued.challenge().endorsementKeyName()),
                issued.challenge().attestationKeyName(),
                Optional.of(issued.challenge().expires())));
        return 0;
    }

    private int makeBare(EndorsementKey endorsementKey) throws InputException, AttestationRefusedException {
        Bytes name = name(Objects.requireNonNull(akName));
        int size = Math.min(
                SECRET_SIZE,
                HashAlgorithm.byId(endorsementKey.publicArea().nameAlg())
                        .map(HashAlgorithm::digestSize)
                        .orElse(SECRET_SIZE));
        byte[] secret = new byte[size];
        SecureRandom random = new SecureRandom();
        random.nextBytes(secret);
        CredentialBlob blob = endorsementKey.makeCredential(name, Bytes.wrap(secret), random);
        InputFile.writeBytes(output, blob.encode());
        InputFile.writeSecret(Objects.requireNonNull(secretOut), Bytes.wrap(secret));
        report(new CredentialReport(output, endorsementKey.publicArea().name(), name, Optional.empty()));
        return 0;
    }

    /** A name begins with a hash algorithm and has the size of its digests, which tells its bytes from their digits. */
    private static Bytes name(String text) throws InputException {
        Optional<Bytes> digits = Optional.empty();
        try {
            digits = Optional.of(Bytes.parseHex(text));
        } catch (IllegalArgumentException notDigits) {
            // the name of a file
        }
        Bytes name = digits.filter(CredentialMakeCommand::isName).isPresent()
                ? digits.get()
                : InputFile.read(text, MAX_NAME + 1);
        if (!isName(name)) {
            throw new InputException(
                    InputFile.called(text) + ": not the name of a key: the id of a hash algorithm and a digest");
        }
        return name;
    }

    private static boolean isName(Bytes name) {
        return name.length() > Short.BYTES
                && HashAlgorithm.byId(name.u8(0) << Byte.SIZE | name.u8(1))
                        .filter(hash -> hash.digestSize() == name.length() - Short.BYTES)
                        .isPresent();
    }
}
