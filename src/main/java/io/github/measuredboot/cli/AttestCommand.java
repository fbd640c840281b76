package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.NvReading;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestVerifier;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.CreationData;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.TpmSignature;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attest",
        description = {
            "Decodes and verifies what a TPM states and signs: a quote, what it certifies of keys and NV indexes, its time, or"
                    + " an audit.",
            "The values of quoted PCRs are for verify to check."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:verified, and true of the objects that were given",
            "1:wrong usage, input that cannot be read, or malformed",
            "2:refused, or no --signature was given and everything is only claimed"
        },
        mixinStandardHelpOptions = true)
final class AttestCommand extends ReportingCommand {
    @Parameters(
            paramLabel = "FILE",
            description = "The TPMS_ATTEST, as tpm2-tools write it, or TPM2B_ATTEST; - for standard input.")
    private String file = "";

    @Option(names = "--signature", paramLabel = "FILE", description = "The signature over it (TPMT_SIGNATURE).")
    private @Nullable String signature;

    @Option(
            names = "--ak",
            paramLabel = "KEY",
            description = "The key that must have signed: TPM2B_PUBLIC, TPMT_PUBLIC, PEM or DER.")
    private @Nullable String key;

    @Option(
            names = "--qualified-name",
            paramLabel = "HEX",
            converter = Converters.Hex.class,
            description = "The qualified name that the signer must have.")
    private @Nullable Bytes qualifiedName;

    @Option(
            names = "--object",
            paramLabel = "PUBLIC",
            description = "The certified key: TPM2B_PUBLIC or TPMT_PUBLIC. The statement must be about it.")
    private @Nullable String object;

    @Option(
            names = "--creation-data",
            paramLabel = "FILE",
            description = "How the key was made (TPM2B_CREATION_DATA): it must be what is certified. Needs --object.")
    private @Nullable String creationData;

    @Option(
            names = "--nv-public",
            paramLabel = "FILE",
            description =
                    "The public area of the NV index (TPM2B_NV_PUBLIC): the statement must be about the whole index.")
    private @Nullable String nvPublic;

    @Mixin
    private NonceOptions nonce = new NonceOptions();

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Mixin
    private WeaknessOptions weaknesses = new WeaknessOptions();

    @Override
    String input() {
        return file;
    }

    @Override
    String inputMember() {
        return "file";
    }

    @Override
    void requireConsistent() throws InputException {
        if ((signature == null) != (key == null)) {
            throw new InputException("--signature and --ak go together");
        }
        boolean isVerified = signature != null;
        if (isVerified) {
            nonce.requireOneFor("--signature");
        }
        boolean hasMore = nonce.isGiven()
                || qualifiedName != null
                || object != null
                || creationData != null
                || nvPublic != null
                || identity.isGiven()
                || !weaknesses.allowed().isEmpty();
        if (!isVerified && hasMore) {
            throw new InputException("--signature and --ak are missing: without them nothing is verified");
        }
        if (creationData != null && object == null) {
            throw new InputException("--creation-data needs --object");
        }
        identity.requireComplete();
    }

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        Attest attest = Attest.decode(InputFile.read(file, InputFile.MAX_STRUCTURE));
        if (signature == null || key == null) {
            report(new AttestReport(file, attest, Optional.empty(), Optional.empty()));
            return Main.DIFFERENT;
        }
        requireObjectsOfType(attest);
        KeyIdentity signer = identity.of(IdentityOptions.read(key));
        AttestationKey expected =
                qualifiedName == null ? signer.key() : signer.key().withQualifiedName(qualifiedName);
        VerifiedAttest<Attested> verified = AttestVerifier.verify(
                attest,
                InputFile.decode(signature, TpmSignature::decode),
                Attested.class,
                expected,
                nonce.expected(attest.extraData()),
                weaknesses.allowed());
        requireObjects(verified.attested());
        requireIndex(verified);
        report(new AttestReport(file, attest, Optional.of(verified), Optional.of(signer)));
        return 0;
    }

    private void requireObjectsOfType(Attest attest) throws InputException {
        Attested attested = attest.attested();
        if (object != null && !(attested instanceof Attested.Certify) && !(attested instanceof Attested.Creation)) {
            throw new InputException("--object is given, and the statement is not about a key");
        }
        if (creationData != null && !(attested instanceof Attested.Creation)) {
            throw new InputException("--creation-data is given, and the statement is not about how a key was made");
        }
        if (nvPublic != null && !(attested instanceof Attested.Nv)) {
            throw new InputException("--nv-public is given, and the statement is not about the content of an NV index");
        }
    }

    private void requireObjects(Attested attested) throws InputException, AttestationRefusedException {
        if (object == null) {
            return;
        }
        PublicArea area = InputFile.decode(object, PublicArea::decode);
        Bytes name = attested instanceof Attested.Certify certify
                ? certify.name()
                : ((Attested.Creation) attested).objectName();
        if (!area.name().equals(Optional.of(name))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NAME_DIFFERS,
                    "the statement is about the key " + name.toHex() + ", the one given is "
                            + area.name().map(Bytes::toHex).orElse("of an unknown name"));
        }
        if (creationData != null && attested instanceof Attested.Creation creation) {
            CreationData data = InputFile.decode(creationData, CreationData::decode);
            Optional<Bytes> hash = HashAlgorithm.byId(area.nameAlg()).flatMap(data::hash);
            if (!hash.equals(Optional.of(creation.creationHash()))) {
                throw new AttestationRefusedException(
                        AttestationRefusal.CREATION_DIFFERS, "the creation data is not what the TPM certified");
            }
        }
    }

    private void requireIndex(VerifiedAttest<Attested> verified) throws InputException, AttestationRefusedException {
        Optional<VerifiedAttest<Attested.Nv>> statement = verified.as(Attested.Nv.class);
        if (nvPublic != null && statement.isPresent()) {
            NvReading.of(statement.get(), InputFile.decode(nvPublic, NvPublic::decode));
        }
    }
}
