package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.JsonReports;
import io.github.measuredboot.json.PredictionJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.UkiRollout;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.image.BootPhases;
import io.github.measuredboot.uefi.image.PeImage;
import io.github.measuredboot.uefi.image.PeSection;
import io.github.measuredboot.uefi.image.StubChoices;
import io.github.measuredboot.uefi.image.UkiPrediction;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "predict",
        description = {
            "Prints what a machine will measure when it boots a unified kernel image: the digests of PCR 4 and the values"
                    + " of PCR 11.",
            "Where PCR 11 is given for no phase, it is what the stub leaves to the kernel."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "1:no unified kernel image, a file that cannot be read, or wrong usage"},
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final List<HashAlgorithm> USUAL_BANKS =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--bank",
            paramLabel = "BANK",
            converter = Converters.Algorithm.class,
            description = "This PCR bank, as in sha256. May be repeated. Default: sha1, sha256, sha384, sha512")
    private List<HashAlgorithm> banks = new ArrayList<>();

    @Option(
            names = "--phase",
            paramLabel = "PATH",
            description = "The boot phases that PCR 11 has gone through, with colons between them. May be repeated."
                    + " Default: none, and each from enter-initrd to enter-initrd:leave-initrd:sysinit:ready")
    private List<String> phases = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "N",
            description = "The profile of the image that is booted. Default: ${DEFAULT-VALUE}")
    private int profile;

    @Option(
            names = "--refstate",
            paramLabel = "OLD",
            description =
                    "Make a reference state with this image as the UKI and all else as in OLD; it is written to -o.")
    private @Nullable String reference;

    @Option(names = "-o", paramLabel = "NEW", description = "Where to write the reference state to.")
    private @Nullable Path output;

    @Parameters(paramLabel = "UKI", description = "The unified kernel image, at most 1 GiB.")
    private Path image = Path.of("");

    @Override
    public Integer call() {
        List<HashAlgorithm> selectedBanks = banks.isEmpty() ? USUAL_BANKS : banks;
        List<BootPhases> selectedPhases = phases.isEmpty()
                ? Stream.concat(Stream.of(BootPhases.NONE), BootPhases.STANDARD.stream())
                        .toList()
                : phases.stream().map(BootPhases::parse).toList();
        try {
            UnifiedKernelImage uki =
                    UnifiedKernelImage.of(PeImage.read(image), StubChoices.DEFAULT.withProfile(profile));
            if (reference != null || output != null) {
                writeState(uki);
            }
            if (json) {
                out().println(PredictionJson.prediction(image.toString(), uki, selectedBanks, selectedPhases));
            } else {
                print(uki, selectedBanks, selectedPhases);
            }
            return 0;
        } catch (MalformedDataException e) {
            return fail(image + ": " + e.getMessage(), JsonReports.malformed(image.toString(), e.fault()));
        } catch (IOException e) {
            String reason = LogInput.reason(image.toString(), e);
            return fail(reason, JsonReports.unreadable(image.toString(), reason));
        } catch (InputException e) {
            return fail(e.reason(), JsonReports.unreadable(image.toString(), e.reason()));
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
            StateInput.write(output, text);
        } catch (IllegalStateException e) {
            throw new InputException(reference + ": " + e.getMessage());
        }
    }

    private void print(UnifiedKernelImage uki, List<HashAlgorithm> selectedBanks, List<BootPhases> selectedPhases) {
        PrintWriter out = out();
        out.printf(
                "%s: %d bytes, %s, profile %d%n",
                image, uki.image().file().length(), uki.image().isSigned() ? "signed" : "not signed", uki.profile());
        uki.kernelFault().ifPresent(fault -> out.println("note: the kernel is no PE image: " + fault.message()));
        if (!uki.sectionsChosenByHardware().isEmpty()) {
            out.println("note: PCR 11 is without "
                    + uki.sectionsChosenByHardware().stream()
                            .map(PeSection::name)
                            .toList()
                    + ", of which the stub measures what fits the hardware");
        }
        selectedBanks.forEach(bank -> print(uki, bank, selectedPhases, out));
    }

    private static void print(
            UnifiedKernelImage uki, HashAlgorithm bank, List<BootPhases> selectedPhases, PrintWriter out) {
        UkiPrediction prediction = uki.predict(bank);
        String signed = uki.image().authenticodeDigestOnceSigned(bank).value().toHex();
        String image = prediction.image().value().toHex();
        out.println(bank);
        out.println("  PCR 4   " + image + "  image");
        if (!signed.equals(image)) {
            out.println("  PCR 4   " + signed + "  image, once it is signed");
        }
        prediction
                .kernel()
                .ifPresent(kernel -> out.println("  PCR 4   " + kernel.value().toHex()
                        + "  kernel, if the stub lets the firmware load it and Secure Boot is off"));
        prediction
                .sections()
                .forEach(section ->
                        out.println("  section " + section.content().value().toHex() + "  " + section.section()));
        selectedPhases.forEach(
                phase -> out.println(("  PCR 11  " + prediction.pcr11(phase).toHex() + "  " + phase).stripTrailing()));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private int fail(String message, String report) {
        if (json) {
            out().println(report);
        }
        spec.commandLine().getErr().println("measuredboot: " + message);
        return Main.ERROR;
    }
}
