package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.PublicArea;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Says whether the answer of tpm2_activatecredential proves that an attestation key is in the TPM that holds an"
                    + " endorsement key.",
            "It accepts the same answer every time: delete a challenge once it has been answered."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:proved", "1:wrong usage, or input that cannot be read", "2:refused"},
        mixinStandardHelpOptions = true)
final class CredentialCheckCommand extends ReportingCommand {
    private static final int MAX_ANSWER = 1 << 10;

    @Option(
            names = "--challenge",
            paramLabel = "FILE",
            required = true,
            description = "The file that credential make wrote with --challenge.")
    private String challenge = "";

    @Option(
            names = "--answer",
            paramLabel = "FILE",
            required = true,
            description = "What the machine sent: the output of tpm2_activatecredential.")
    private String answer = "";

    @Option(
            names = "--ek",
            paramLabel = "PUBLIC",
            required = true,
            description = "The endorsement key: TPM2B_PUBLIC or TPMT_PUBLIC.")
    private String ek = "";

    @Option(
            names = "--ak",
            paramLabel = "PUBLIC",
            required = true,
            description = "The attestation key: TPM2B_PUBLIC or TPMT_PUBLIC.")
    private String ak = "";

    @Option(
            names = "--ek-certificate",
            paramLabel = "CERT",
            description = "The certificate of the endorsement key, which must lead to one of --roots.")
    private @Nullable String certificate;

    @Option(
            names = "--known-ek",
            description =
                    "Accept the endorsement key without a certificate, because you know it from somewhere other than the"
                            + " machine, such as a cloud's own interface.")
    private boolean isKnown;

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    @Override
    String input() {
        return answer;
    }

    @Override
    String inputMember() {
        return "answer";
    }

    @Override
    void requireConsistent() throws InputException {
        if ((certificate == null) != isKnown) {
            throw new InputException("give either --ek-certificate and --roots, or --known-ek");
        }
        if ((certificate != null) != certificates.isGiven()) {
            throw new InputException("--ek-certificate and --roots go together");
        }
    }

    @Override
    int execute() throws InputException, MalformedDataException, AttestationRefusedException {
        CredentialChallenge issued = InputFile.decode(challenge, CredentialChallenge::decode);
        EndorsementKey endorsementKey = EndorsementKey.of(InputFile.decode(ek, PublicArea::decode));
        AttestationKey key = IdentityOptions.read(ak);
        Bytes given = InputFile.read(answer, MAX_ANSWER);
        Instant now = certificates.time();
        KeyIdentity identity = certificate == null
                ? KeyIdentity.byKnownEndorsementKey(issued, given, now, endorsementKey, key)
                : KeyIdentity.byEndorsementKey(
                        issued,
                        given,
                        now,
                        endorsementKey,
                        certificates.verify(
                                CertificateOptions.read(certificate), TpmCertificate.Purpose.ENDORSEMENT_KEY),
                        key);
        report(new IdentityReport(answer, identity));
        return 0;
    }
}
