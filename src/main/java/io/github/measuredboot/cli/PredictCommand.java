package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.UkiRollout;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.image.BootPhases;
import io.github.measuredboot.uefi.image.PeImage;
import io.github.measuredboot.uefi.image.StubChoices;
import io.github.measuredboot.uefi.image.UkiPrediction;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "predict",
        description = {
            "Prints what a machine will measure when it boots a unified kernel image: the digests of PCR 4 and the values"
                    + " of PCR 11.",
            "PCR 11 without a phase is what the stub leaves to the kernel."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:no PE image, a file that cannot be read, or wrong usage",
            "2:the version of the stub is not known: it may measure other sections"
        },
        mixinStandardHelpOptions = true)
final class PredictCommand extends ReportingCommand {
    private static final List<HashAlgorithm> USUAL_BANKS =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);

    @Mixin
    private BankOption banks = new BankOption();

    @Option(
            names = "--phase",
            paramLabel = "PATH",
            description =
                    "The boot phases that PCR 11 has gone through, separated by colons. May be repeated. Default: none,"
                            + " and each from enter-initrd to enter-initrd:leave-initrd:sysinit:ready")
    private List<String> phases = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "N",
            description = "The profile of the image that is booted. Default: ${DEFAULT-VALUE}")
    private int profile;

    @Option(
            names = "--dtbauto",
            paramLabel = "N",
            description = "The .dtbauto section that fits the hardware, counted from 0. Default: none")
    private @Nullable Integer dtbauto;

    @Option(
            names = "--efifw",
            paramLabel = "N",
            description = "The .efifw section that fits the hardware, counted from 0. Default: none")
    private @Nullable Integer efifw;

    @Option(
            names = "--stub-version",
            paramLabel = "N",
            description = "The version of systemd that the stub is from. Default: the version that the image names")
    private @Nullable Integer stubVersion;

    @Option(
            names = "--accept-unknown-stub",
            description =
                    "Exit with 0, and write the reference state, even if the version of the stub is not known and PCR 11"
                            + " is computed as the newest known version would.")
    private boolean acceptUnknownStub;

    @Option(
            names = "--refstate",
            paramLabel = "OLD",
            description =
                    "Make a reference state with this image as the UKI and everything else as in OLD, and write it to -o.")
    private @Nullable String reference;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "NEW",
            description = "Where to write the reference state; - for standard output, without the prediction.")
    private @Nullable String output;

    @Parameters(paramLabel = "UKI", description = "The unified kernel image, or another PE image, at most 1 GiB.")
    private String image = "";

    @Override
    String input() {
        return image;
    }

    @Override
    int execute() throws InputException, MalformedDataException {
        PeImage pe = read();
        List<HashAlgorithm> selected = banks.isGiven() ? banks.list() : USUAL_BANKS;
        if (!UnifiedKernelImage.isUnifiedKernelImage(pe)) {
            if (reference != null || output != null) {
                throw new InputException(InputFile.called(image)
                        + ": no unified kernel image, of which a reference state could be made");
            }
            requireNoUkiOptions();
            report(new ImageDigestsReport(image, pe, selected));
            return 0;
        }
        UnifiedKernelImage uki = UnifiedKernelImage.of(pe, choices());
        boolean accepted = uki.isStubKnown() || acceptUnknownStub;
        if (accepted && (reference != null || output != null)) {
            writeState(uki);
        }
        if (accepted && output != null && InputFile.isStandardOutput(output)) {
            return 0;
        }
        List<UkiPrediction> predictions = selected.stream().map(uki::predict).toList();
        report(new PredictionReport(image, uki, predictions, phases()));
        if (!accepted) {
            complain("the version of the stub is not known: give --stub-version or --accept-unknown-stub"
                    + (reference != null || output != null ? ", no reference state was written" : ""));
        }
        return accepted ? 0 : Main.DIFFERENT;
    }

    /** What a person asks for and does not get is no success. */
    private void requireNoUkiOptions() throws InputException {
        boolean isAsked = !phases.isEmpty()
                || profile != 0
                || dtbauto != null
                || efifw != null
                || stubVersion != null
                || acceptUnknownStub;
        if (isAsked) {
            throw new InputException(
                    InputFile.called(image) + ": no unified kernel image, for which alone there are --phase, --profile,"
                            + " --dtbauto, --efifw, --stub-version and --accept-unknown-stub");
        }
    }

    private StubChoices choices() throws InputException {
        StubChoices choices = StubChoices.DEFAULT.withProfile(profile);
        choices = dtbauto == null ? choices : choices.withDtbauto(dtbauto);
        choices = efifw == null ? choices : choices.withEfifw(efifw);
        if (stubVersion != null && stubVersion < 0) {
            throw new InputException("--stub-version " + stubVersion + " is negative");
        }
        return stubVersion == null ? choices : choices.withStubVersion(stubVersion);
    }

    private List<BootPhases> phases() {
        return phases.isEmpty()
                ? Stream.concat(Stream.of(BootPhases.NONE), BootPhases.STANDARD.stream())
                        .toList()
                : phases.stream().map(BootPhases::of).toList();
    }

    private PeImage read() throws InputException, MalformedDataException {
        if (image.equals(InputFile.STANDARD_INPUT)) {
            return PeImage.parse(InputFile.read(image, PeImage.MAX_SIZE + 1));
        }
        try {
            return PeImage.read(InputFile.path(image));
        } catch (IOException e) {
            throw new InputException(InputFile.reason(image, e));
        }
    }

    private void writeState(UnifiedKernelImage uki) throws InputException {
        if (reference == null || output == null) {
            throw new InputException("--refstate and -o belong together");
        }
        ReferenceState old = StateInput.read(reference).reading().state();
        try {
            ReferenceState state = UkiRollout.withUki(old, uki);
            String text = ReferenceStateJson.write(state, state.isFull() ? Form.FULL : Form.FIELD);
            if (InputFile.isStandardOutput(output)) {
                print(text);
            } else {
                InputFile.write(output, text);
            }
        } catch (IllegalStateException e) {
            throw new InputException(InputFile.called(reference) + ": " + e.getMessage());
        }
    }
}
