package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.AttestationKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who vouches for the key that must have signed. */
final class IdentityOptions {
    @Option(
            names = "--ak-name",
            paramLabel = "HEX",
            converter = Converters.Hex.class,
            description = "The name of the key as recorded at its enrolment: the key must have it.")
    private @Nullable Bytes name;

    @Option(
            names = "--ak-identity",
            paramLabel = "LEVEL",
            converter = Level.class,
            description = "How far the enrolment proved that the key is in a TPM, as credential check printed it.")
    private @Nullable IdentityLevel level;

    @Option(
            names = "--ak-certificate",
            paramLabel = "CERT",
            description = "A certificate for the key, which must lead to one of --roots.")
    private @Nullable String certificate;

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    boolean isGiven() {
        return name != null || level != null || certificate != null || certificates.isAnyGiven();
    }

    void requireComplete() throws InputException {
        if (level != null && name == null) {
            throw new InputException("--ak-identity needs --ak-name: it is said of the key on record");
        }
        if ((certificate != null) != certificates.isGiven() || (certificate == null && certificates.isAnyGiven())) {
            throw new InputException("--ak-certificate and --roots go together");
        }
        if (certificate != null && level != null) {
            throw new InputException("give either --ak-identity or --ak-certificate");
        }
    }

    /** The identity of a key, which the caller vouches for unless the options say more. */
    KeyIdentity of(AttestationKey key) throws InputException, AttestationRefusedException {
        KeyIdentity asserted = name == null
                ? KeyIdentity.asserted(key)
                : KeyIdentity.enrolled(key, name, level == null ? IdentityLevel.ASSERTED : level);
        return certificate == null
                ? asserted
                : KeyIdentity.byCertificate(
                        key,
                        certificates.verify(
                                CertificateOptions.read(certificate), TpmCertificate.Purpose.ATTESTATION_KEY));
    }

    static AttestationKey read(String file) throws InputException {
        return InputFile.decode(file, AttestationKey::decode);
    }

    static void requireCertificate(AttestationKey key, VerifiedCertificate certificate)
            throws AttestationRefusedException {
        KeyIdentity.byCertificate(key, certificate);
    }

    static final class Level extends Converters.ById<IdentityLevel> {
        Level() {
            super(List.of(IdentityLevel.values()), IdentityLevel::id);
        }
    }
}
