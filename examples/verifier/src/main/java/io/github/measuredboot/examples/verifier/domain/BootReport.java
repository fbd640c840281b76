package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a machine booted, in a few lines; {@link Inspection#evidence} has all of it.
 *
 * @param bank the bank that the report is of
 * @param firmware the versions of the firmware
 * @param secureBoot whether Secure Boot was on, if that is proved
 * @param images the images that were loaded, in order
 * @param commandLines the command lines
 */
public record BootReport(
        String bank, List<Item> firmware, Optional<Boolean> secureBoot, List<Image> images, List<Item> commandLines) {
    /**
     * Something that the log says.
     *
     * @param text what
     * @param proved whether a quote proves it; otherwise the machine claims it
     */
    public record Item(String text, boolean proved) {}

    /**
     * A loaded image.
     *
     * @param digest its Authenticode digest; empty if the log has none
     * @param proved whether a quote proves that this digest was measured
     * @param claimedPath where it was loaded from, as the machine claims
     */
    public record Image(String digest, boolean proved, String claimedPath) {}

    /** {@return the report of a boot; empty if no bank can be read} */
    public static Optional<BootReport> of(ReplayedLog evidence) {
        return BootSummary.strongestBank(evidence).map(bank -> of(BootSummary.of(evidence, bank)));
    }

    private static BootReport of(BootSummary summary) {
        return new BootReport(
                summary.bank().name(),
                summary.firmwareVersions().stream()
                        .map(claim -> item(claim, FirmwareData.Version::text))
                        .toList(),
                summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT),
                summary.images().stream().map(BootReport::image).toList(),
                summary.commandLines().stream()
                        .flatMap(line -> line.text().stream())
                        .map(claim -> item(claim, text -> text))
                        .toList());
    }

    private static <T> Item item(Claim<T> claim, Function<T, String> text) {
        return new Item(text.apply(claim.claimedValue()), claim.covered().isPresent());
    }

    private static Image image(LoadedImage image) {
        return new Image(
                image.digest().map(Claim::claimedValue).map(Digest::toString).orElse(""),
                image.digest().flatMap(Claim::covered).isPresent(),
                image.claim().claimedValue().devicePath().map(Object::toString).orElse(""));
    }
}
