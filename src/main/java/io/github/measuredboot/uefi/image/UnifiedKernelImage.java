package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A unified kernel image (UAPI.5): systemd's stub with a kernel, an initrd and more in sections of one PE image, and with
 * one profile chosen (a group of sections that begins with a {@code .profile} section and replaces those of the same name before
 * the first group).
 *
 * <p>Which sections are measured depends on the version of the stub. Versions {@value #OLDEST_MEASURING_STUB} to {@value
 * #NEWEST_KNOWN_STUB} are known; older ones measure no section. For an image whose stub is newer, or does not name its version,
 * the sections are those of the newest known one, and {@link #isStubKnown} is false.
 */
public final class UnifiedKernelImage {
    /** The maximum number of zeros, in bytes, that sections may have in memory beyond what the file holds: 256 MiB. */
    public static final long MAX_ZERO_FILL = 1 << 28;

    /** The first version of systemd whose stub measures the sections of an image into PCR 11. */
    public static final int OLDEST_MEASURING_STUB = 252;

    /** The newest version of systemd whose stub this library knows. */
    public static final int NEWEST_KNOWN_STUB = 262;

    private static final int FIRST_WITH_PROFILES = 257;

    private final PeImage image;
    private final int profile;
    private final OptionalInt stubVersion;
    private final Map<StubSection, PeSection> measured;
    private final List<PeSection> chosenByHardware;
    private final @Nullable PeImage kernel;
    private final @Nullable Fault kernelFault;

    private UnifiedKernelImage(PeImage image, StubChoices choices) throws MalformedDataException {
        requireNoOverlapInMemory(image.sections());
        this.image = image;
        this.profile = choices.profile();
        this.stubVersion =
                choices.stubVersion().isPresent() ? choices.stubVersion() : StubVersion.find(image.sections());
        int version = Math.min(stubVersion.orElse(NEWEST_KNOWN_STUB), NEWEST_KNOWN_STUB);
        Map<StubSection, List<PeSection>> candidates =
                version < FIRST_WITH_PROFILES ? lastOfEachName(image.sections()) : ofProfile(image.sections());
        List<PeSection> linux = candidates.getOrDefault(StubSection.LINUX, List.of());
        if (linux.isEmpty() || linux.get(0).virtualSize() == 0) {
            throw fault(StubSection.LINUX.sectionName(), "is missing: no unified kernel image");
        }
        this.measured = measured(candidates, version, choices);
        this.chosenByHardware = chosenByHardware(candidates, version);
        List<PeSection> hashed = new ArrayList<>(measured.values());
        hashed.add(linux.get(0));
        requireModestZeroFill(hashed.stream().distinct().toList());
        PeImage parsed = null;
        Fault fault = null;
        try {
            parsed = PeImage.parse(linux.get(0).data(), linux.get(0).zeroFill());
        } catch (MalformedDataException e) {
            fault = e.fault();
        }
        this.kernel = parsed;
        this.kernelFault = fault;
    }

    /**
     * Whether a PE image has a kernel in it.
     *
     * @param image the PE image
     * @return true if it has a {@code .linux} section, empty or not
     */
    public static boolean isUnifiedKernelImage(PeImage image) {
        return image.sections().stream().anyMatch(section -> section.name().equals(StubSection.LINUX.sectionName()));
    }

    /**
     * Reads the image with {@linkplain StubChoices#DEFAULT the default choices}.
     *
     * @param image the PE image
     * @return the unified kernel image
     * @throws MalformedDataException if it has no {@code .linux} section, or one that would not be in memory as it is in the
     *     file
     */
    public static UnifiedKernelImage of(PeImage image) throws MalformedDataException {
        return of(image, StubChoices.DEFAULT);
    }

    /**
     * Reads the image.
     *
     * @param image the PE image
     * @param choices what is chosen when the image boots
     * @return the unified kernel image
     * @throws MalformedDataException if it has no {@code .linux} section, or one that would not be in memory as it is in the
     *     file, or if it lacks a profile or section that is chosen
     */
    public static UnifiedKernelImage of(PeImage image, StubChoices choices) throws MalformedDataException {
        return new UnifiedKernelImage(image, choices);
    }

    private Map<StubSection, List<PeSection>> ofProfile(List<PeSection> sections) throws MalformedDataException {
        List<List<PeSection>> groups = groups(sections);
        int profiles = Math.max(1, groups.size() - 1);
        if (profile < 0 || profile >= profiles) {
            throw fault("profile " + profile, "is missing, the image has " + profiles);
        }
        List<PeSection> chosen = profile + 1 < groups.size() ? groups.get(profile + 1) : List.of();
        Map<StubSection, List<PeSection>> candidates = new EnumMap<>(StubSection.class);
        for (StubSection name : StubSection.values()) {
            List<PeSection> found = Stream.concat(chosen.stream(), groups.get(0).stream())
                    .filter(section -> section.name().equals(name.sectionName()))
                    .toList();
            candidates.put(name, found.isEmpty() || name.isChosenByHardware() ? found : found.subList(0, 1));
        }
        return candidates;
    }

    private static List<List<PeSection>> groups(List<PeSection> sections) {
        List<List<PeSection>> groups = new ArrayList<>();
        groups.add(new ArrayList<>());
        for (PeSection section : sections) {
            if (section.name().equals(StubSection.PROFILE.sectionName())) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(section);
        }
        return groups;
    }

    /** Older stubs know no profiles. They take the last section whose name begins with the one that they look for. */
    private Map<StubSection, List<PeSection>> lastOfEachName(List<PeSection> sections) throws MalformedDataException {
        if (profile != 0) {
            throw fault("profile " + profile, "is missing, stub " + stubVersion.orElse(0) + " knows no profiles");
        }
        Map<StubSection, List<PeSection>> candidates = new EnumMap<>(StubSection.class);
        for (PeSection section : sections) {
            for (StubSection name : StubSection.values()) {
                if (section.name().startsWith(name.sectionName())) {
                    candidates.put(name, List.of(section));
                }
            }
        }
        return candidates;
    }

    private static Map<StubSection, PeSection> measured(
            Map<StubSection, List<PeSection>> candidates, int version, StubChoices choices)
            throws MalformedDataException {
        Map<StubSection, PeSection> measured = new EnumMap<>(StubSection.class);
        for (StubSection name : StubSection.values()) {
            List<PeSection> found = name.isMeasuredBy(version) ? candidates.getOrDefault(name, List.of()) : List.of();
            OptionalInt chosen = choices.chosen(name);
            if (chosen.isPresent() && (chosen.getAsInt() < 0 || chosen.getAsInt() >= found.size())) {
                throw fault(
                        name.sectionName() + " number " + chosen.getAsInt(),
                        "is missing, the stub can choose among " + found.size());
            }
            int index = name.isChosenByHardware() ? chosen.orElse(-1) : 0;
            if (index >= 0 && index < found.size() && found.get(index).virtualSize() > 0) {
                measured.put(name, found.get(index));
            }
        }
        return measured;
    }

    private static List<PeSection> chosenByHardware(Map<StubSection, List<PeSection>> candidates, int version) {
        return candidates.entrySet().stream()
                .filter(entry ->
                        entry.getKey().isChosenByHardware() && entry.getKey().isMeasuredBy(version))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static void requireModestZeroFill(List<PeSection> hashed) throws MalformedDataException {
        long zeroFill = hashed.stream().mapToLong(PeSection::zeroFill).sum();
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
     * {@return the version of systemd that the stub is from, as its {@code .sdmagic} or {@code .sbat} section says unless it was chosen;
     * empty if the image names none}
     */
    public OptionalInt stubVersion() {
        return stubVersion;
    }

    /** {@return whether this library knows which sections a stub of this version measures} */
    public boolean isStubKnown() {
        return stubVersion.isPresent() && stubVersion.getAsInt() <= NEWEST_KNOWN_STUB;
    }

    /**
     * {@return the sections that the stub measures into PCR 11, in its order: those of the profile and, where the profile has none of a
     * name, those before the first profile}
     */
    public List<PeSection> measuredSections() {
        return List.copyOf(measured.values());
    }

    /**
     * {@return the sections of which the stub measures one or none of each name, according to the hardware that it finds ({@code
     * .dtbauto}, {@code .efifw}); if there are any, a machine's PCR 11 may differ from that of the choices}
     */
    public List<PeSection> sectionsChosenByHardware() {
        return chosenByHardware;
    }

    /** {@return the {@code .linux} section as a PE image, or empty if it is not one} */
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
        List<SectionMeasurement> sections = new ArrayList<>();
        measured.forEach((name, section) -> sections.add(new SectionMeasurement(
                name.sectionName(),
                PeImage.digest(bank, digest -> updateName(digest, name.sectionName())),
                PeImage.digest(bank, section::updateAsLoaded))));
        return new UkiPrediction(
                image.authenticodeDigest(bank), kernel().map(pe -> pe.authenticodeDigest(bank)), sections);
    }

    private static void updateName(MessageDigest digest, String name) {
        Bytes.encode(name + '\0', StandardCharsets.US_ASCII).update(digest);
    }
}
