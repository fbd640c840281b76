package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A unified kernel image (UAPI.5): systemd's stub with a kernel, an initrd and more in sections of one PE image, and with
 * one profile chosen (a group of sections that begins with a {@code .profile} section and takes the place of those in front
 * of the first group).
 *
 * <p>Sections that a stub chooses by the hardware it finds ({@code .dtbauto}, {@code .efifw}) are not part of what is
 * predicted; {@link #sectionsChosenByHardware()} lists them.
 */
public final class UnifiedKernelImage {
    /** The most zeros, in bytes, that sections may have in memory beyond what the file holds: 256 MiB. */
    public static final long MAX_ZERO_FILL = 1 << 28;

    private static final String LINUX = ".linux";
    private static final String PROFILE = ".profile";

    /** The order of systemd's src/fundamental/uki.h; .pcrsig, before .pcrpkey, is not measured. */
    static final List<String> ORDER = List.of(
            LINUX,
            ".osrel",
            ".cmdline",
            ".initrd",
            ".ucode",
            ".splash",
            ".dtb",
            ".uname",
            ".sbat",
            ".pcrpkey",
            PROFILE,
            ".hwids");

    private static final List<String> CHOSEN_BY_HARDWARE = List.of(".dtbauto", ".efifw");

    private final PeImage image;
    private final int profile;
    private final List<PeSection> measured;
    private final List<PeSection> chosenByHardware;
    private final @Nullable PeImage kernel;
    private final @Nullable Fault kernelFault;

    private UnifiedKernelImage(PeImage image, int profile, List<PeSection> candidates) throws MalformedDataException {
        this.image = image;
        this.profile = profile;
        this.measured = inMeasuredOrder(candidates);
        this.chosenByHardware = candidates.stream()
                .filter(section -> CHOSEN_BY_HARDWARE.contains(section.name()))
                .toList();
        requireModestZeroFill(measured);
        PeImage parsed = null;
        Fault fault = null;
        try {
            PeSection linux = measured.get(0);
            parsed = PeImage.parse(linux.data(), linux.zeroFill());
        } catch (MalformedDataException e) {
            fault = e.fault();
        }
        this.kernel = parsed;
        this.kernelFault = fault;
    }

    /**
     * Reads the image as a stub does that is not told to use another profile than the first.
     *
     * @param image the PE image
     * @return the unified kernel image
     * @throws MalformedDataException if it has no {@code .linux} section, or one that would not be in memory as it is in the
     *     file
     */
    public static UnifiedKernelImage of(PeImage image) throws MalformedDataException {
        return of(image, 0);
    }

    /**
     * Reads the image as a stub does that is told to use a profile (by {@code @N} in its options).
     *
     * @param image the PE image
     * @param profile the number of the profile, from 0; an image without profiles has 0 only
     * @return the unified kernel image
     * @throws MalformedDataException if it has no {@code .linux} section or no such profile, or one that would not be in
     *     memory as it is in the file
     */
    public static UnifiedKernelImage of(PeImage image, int profile) throws MalformedDataException {
        requireNoOverlapInMemory(image.sections());
        List<List<PeSection>> groups = groups(image.sections());
        int profiles = Math.max(1, groups.size() - 1);
        if (profile < 0 || profile >= profiles) {
            throw fault("profile " + profile, "is not there, the image has " + profiles);
        }
        List<PeSection> ofProfile = profile + 1 < groups.size() ? groups.get(profile + 1) : List.of();
        List<PeSection> candidates = firstOfEachName(ofProfile, groups.get(0));
        if (candidates.stream().noneMatch(section -> section.name().equals(LINUX) && section.virtualSize() > 0)) {
            throw fault(LINUX, "is not there: no unified kernel image");
        }
        return new UnifiedKernelImage(image, profile, candidates);
    }

    private static List<List<PeSection>> groups(List<PeSection> sections) {
        List<List<PeSection>> groups = new ArrayList<>();
        groups.add(new ArrayList<>());
        for (PeSection section : sections) {
            if (section.name().equals(PROFILE)) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(section);
        }
        return groups;
    }

    private static List<PeSection> firstOfEachName(List<PeSection> ofProfile, List<PeSection> base) {
        Set<String> names = new HashSet<>();
        return Stream.concat(ofProfile.stream(), base.stream())
                .filter(section -> CHOSEN_BY_HARDWARE.contains(section.name()) || names.add(section.name()))
                .toList();
    }

    private static List<PeSection> inMeasuredOrder(List<PeSection> candidates) {
        return candidates.stream()
                .filter(section -> ORDER.contains(section.name()) && section.virtualSize() > 0)
                .sorted(Comparator.comparingInt(section -> ORDER.indexOf(section.name())))
                .toList();
    }

    private static void requireModestZeroFill(List<PeSection> measured) throws MalformedDataException {
        long zeroFill = measured.stream().mapToLong(PeSection::zeroFill).sum();
        if (zeroFill > MAX_ZERO_FILL) {
            throw fault(
                    "VirtualSize",
                    "adds " + zeroFill + " bytes of zeros to what the file holds, at most " + MAX_ZERO_FILL
                            + " are expected");
        }
    }

    private static void requireNoOverlapInMemory(List<PeSection> sections) throws MalformedDataException {
        long end = 0;
        for (PeSection section : sections.stream()
                .filter(section -> section.virtualSize() > 0)
                .sorted(Comparator.comparingLong(PeSection::virtualAddress))
                .toList()) {
            if (section.virtualAddress() < end) {
                throw fault(
                        section.name(),
                        "overlaps in memory with the section before it: it is not what will be measured");
            }
            end = section.virtualAddress() + section.virtualSize();
        }
    }

    private static MalformedDataException fault(String field, String reason) {
        return new MalformedDataException(new Fault(0, "unified kernel image", field, reason));
    }

    /** {@return the PE image} */
    public PeImage image() {
        return image;
    }

    /** {@return the number of the chosen profile, from 0} A stub measures any other than 0 into PCR 12. */
    public int profile() {
        return profile;
    }

    /**
     * {@return the sections that the stub measures into PCR 11, in its order: those of the profile and, where it has none of a
     * name, those in front of the first profile}
     */
    public List<PeSection> measuredSections() {
        return measured;
    }

    /**
     * {@return the sections of which the stub measures one or none of each name, by the hardware that it finds ({@code
     * .dtbauto}, {@code .efifw}); where there is one, a machine may have another PCR 11}
     */
    public List<PeSection> sectionsChosenByHardware() {
        return chosenByHardware;
    }

    /** {@return the {@code .linux} section as a PE image, or empty if it is none} */
    public Optional<PeImage> kernel() {
        return Optional.ofNullable(kernel);
    }

    /** {@return why there is no {@link #kernel()}: what is wrong with the {@code .linux} section, at an offset in it} */
    public Optional<Fault> kernelFault() {
        return Optional.ofNullable(kernelFault);
    }

    /**
     * What a machine measures when it boots this image.
     *
     * @param bank the hash algorithm of the PCR bank
     * @return the digests
     * @throws IllegalArgumentException if this JVM cannot compute {@code bank}
     */
    public UkiPrediction predict(HashAlgorithm bank) {
        List<SectionMeasurement> sections = measured.stream()
                .map(section -> new SectionMeasurement(
                        section.name(),
                        PeImage.digest(bank, digest -> updateName(digest, section.name())),
                        PeImage.digest(bank, section::updateAsLoaded)))
                .toList();
        return new UkiPrediction(
                image.authenticodeDigest(bank), kernel().map(pe -> pe.authenticodeDigest(bank)), sections);
    }

    private static void updateName(MessageDigest digest, String name) {
        Bytes.encode(name + '\0', StandardCharsets.US_ASCII).update(digest);
    }
}
