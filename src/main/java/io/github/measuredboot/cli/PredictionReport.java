package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.image.BootPhases;
import io.github.measuredboot.uefi.image.PeSection;
import io.github.measuredboot.uefi.image.UkiPrediction;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a unified kernel image will measure. */
record PredictionReport(String image, UnifiedKernelImage uki, List<UkiPrediction> predictions, List<BootPhases> phases)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(String.format(
                "%s: %d bytes, %s, profile %d, %s",
                image,
                uki.image().file().length(),
                uki.image().isSigned() ? "signed" : "not signed",
                uki.profile(),
                uki.stubVersion().isPresent() ? "stub " + uki.stubVersion().getAsInt() : "a stub of unknown version"));
        if (!uki.isStubKnown()) {
            out.accept("warning: PCR 11 is computed as by stub " + UnifiedKernelImage.NEWEST_KNOWN_STUB
                    + ", the newest that is known");
        } else if (uki.measuredSections().isEmpty()) {
            out.accept("note: this stub measures no section into PCR 11");
        }
        uki.kernelFault().ifPresent(fault -> out.accept("note: the kernel is no PE image: " + fault.message()));
        List<PeSection> left = new ArrayList<>(uki.sectionsChosenByHardware());
        left.removeAll(uki.measuredSections());
        if (!left.isEmpty()) {
            out.accept(
                    "note: PCR 11 is without " + names(left) + ", of which the stub measures what fits the hardware");
        }
        predictions.forEach(prediction -> addBank(out, prediction));
    }

    private void addBank(Consumer<String> out, UkiPrediction prediction) {
        HashAlgorithm bank = prediction.algorithm();
        out.accept(bank.name());
        ImageDigestsReport.lines(out, uki.image(), bank);
        prediction
                .kernel()
                .ifPresent(kernel -> out.accept("  PCR 4   " + kernel.value().toHex()
                        + "  kernel, if the stub lets the firmware load it and Secure Boot is off"));
        prediction
                .sections()
                .forEach(section ->
                        out.accept("  section " + section.content().value().toHex() + "  " + section.section()));
        phases.forEach(
                phase -> out.accept(("  PCR 11  " + prediction.pcr11(phase).toHex() + "  " + phase).stripTrailing()));
    }

    private static List<String> names(List<PeSection> sections) {
        return sections.stream().map(PeSection::name).toList();
    }

    /**
     * {@code image, size, signed, profile, stubVersion} (unless the image names none), {@code stubKnown, uki_digest} (as in a reference state), {@code sections, sectionsChosenByHardware} (names)
     * and {@code banks}: for each {@code file, authenticode, authenticodeOnceSigned, kernel, sections} (name to digest) and {@code
     * pcr11} (phase path to value; the empty path is what the stub leaves).
     */
    @Override
    public void members(DataWriter out) {
        out.put("image", image)
                .put("size", uki.image().file().length())
                .put("signed", uki.image().isSigned())
                .put("profile", uki.profile());
        uki.stubVersion().ifPresent(version -> out.put("stubVersion", version));
        out.put("stubKnown", uki.isStubKnown())
                .object(
                        "uki_digest",
                        () -> predictions.forEach(prediction -> out.put(
                                prediction.algorithm().name(),
                                "0x" + prediction.image().value().toHex())))
                .texts("sections", names(uki.measuredSections()))
                .texts("sectionsChosenByHardware", names(uki.sectionsChosenByHardware()))
                .object(
                        "banks",
                        () -> predictions.forEach(
                                prediction -> out.object(prediction.algorithm().name(), () -> bank(out, prediction))));
    }

    private void bank(DataWriter out, UkiPrediction prediction) {
        HashAlgorithm bank = prediction.algorithm();
        ImageDigestsReport.digests(out, uki.image(), bank);
        prediction.kernel().ifPresent(kernel -> out.put("kernel", kernel.value()));
        out.object(
                        "sections",
                        () -> prediction
                                .sections()
                                .forEach(section -> out.put(
                                        section.section(), section.content().value())))
                .object("pcr11", () -> phases.forEach(phase -> out.put(phase.toString(), prediction.pcr11(phase))));
    }
}
