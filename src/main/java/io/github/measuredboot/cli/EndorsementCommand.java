package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.PublicArea;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ek",
        description = {
            "Says who made a TPM: reads the certificate of an endorsement key, or of an attestation key, and verifies that its"
                    + " chain leads to a root that you trust.",
            "Anyone who may issue certificates under that root can make one for any key: a software TPM has one"
                    + " too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:verified",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:refused, or no --roots were given and everything is only what the certificate claims"
        },
        mixinStandardHelpOptions = true)
final class EndorsementCommand extends ReportingCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "CERT",
            description =
                    "The certificate in DER or PEM, optionally followed by those of its issuers; - for standard input.")
    private @Nullable String file;

    @Option(
            names = "--tpm-nv",
            paramLabel = "FILE",
            description = "The same, as the content of an NV index (tpm2_nvread): with padding, or a TCG header.")
    private @Nullable String nv;

    @Option(
            names = "--attestation-key",
            description = "The certificate must be for an attestation key instead of an endorsement key.")
    private boolean isOfAttestationKey;

    @Option(
            names = "--key",
            paramLabel = "PUBLIC",
            description = "The TPM's key (TPM2B_PUBLIC or TPMT_PUBLIC): the certificate must be for it.")
    private @Nullable String key;

    @Mixin
    private CertificateOptions options = new CertificateOptions();

    @Override
    String input() {
        return nv != null ? nv : Objects.requireNonNullElse(file, "");
    }

    @Override
    String inputMember() {
        return "file";
    }

    @Override
    void requireConsistent() throws InputException {
        if ((file == null) == (nv == null)) {
            throw new InputException("give a certificate, either CERT or --tpm-nv");
        }
        if (!options.isGiven() && options.isAnyGiven()) {
            throw new InputException("--roots is missing: without a root nothing is verified");
        }
    }

    @Override
    int execute() throws InputException, MalformedDataException {
        List<TpmCertificate> certificates = CertificateOptions.read(input());
        TpmCertificate certificate = certificates.get(0);
        if (!options.isGiven()) {
            report(new EndorsementReport(input(), certificate, Optional.empty(), otherKey(certificate)));
            return Main.DIFFERENT;
        }
        try {
            VerifiedCertificate verified = options.verify(
                    certificates,
                    isOfAttestationKey
                            ? TpmCertificate.Purpose.ATTESTATION_KEY
                            : TpmCertificate.Purpose.ENDORSEMENT_KEY);
            requireKey(verified);
            report(new EndorsementReport(input(), certificate, Optional.of(verified), Optional.empty()));
            return 0;
        } catch (AttestationRefusedException e) {
            report(new EndorsementReport(input(), certificate, Optional.empty(), Optional.of(e)));
            return Main.DIFFERENT;
        }
    }

    /** What is wrong whoever issued the certificate. */
    private Optional<AttestationRefusedException> otherKey(TpmCertificate certificate)
            throws InputException, MalformedDataException {
        if (key == null) {
            return Optional.empty();
        }
        try {
            certificate.requireKey(givenKey(key));
            return Optional.empty();
        } catch (AttestationRefusedException e) {
            return Optional.of(e);
        }
    }

    private PublicKey givenKey(String name) throws InputException, MalformedDataException, AttestationRefusedException {
        return isOfAttestationKey
                ? IdentityOptions.read(name)
                        .publicKey()
                        .orElseThrow(() -> new AttestationRefusedException(
                                AttestationRefusal.NOT_SUPPORTED, "certificates for SM2 keys are not supported"))
                : EndorsementKey.of(InputFile.decode(name, PublicArea::decode)).publicKey();
    }

    private void requireKey(VerifiedCertificate verified)
            throws InputException, MalformedDataException, AttestationRefusedException {
        if (key == null) {
            return;
        }
        if (isOfAttestationKey) {
            IdentityOptions.requireCertificate(IdentityOptions.read(key), verified);
        } else {
            EndorsementKey.of(InputFile.decode(key, PublicArea::decode)).requireCertificate(verified);
        }
    }
}
