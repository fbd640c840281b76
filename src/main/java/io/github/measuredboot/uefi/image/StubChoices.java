package io.github.measuredboot.uefi.image;

import java.util.OptionalInt;

/**
 * What is chosen when an image boots and cannot be seen in the image alone: the profile, and the sections that the stub selects according
 * to the hardware it runs on. By default, the profile is the first, and the hardware matches no section.
 *
 * <pre>{@code
 * UnifiedKernelImage uki = UnifiedKernelImage.of(image, StubChoices.DEFAULT.withProfile(1));
 * }</pre>
 */
public final class StubChoices {
    /** The first profile, no section that depends on hardware, and the stub's own version. */
    public static final StubChoices DEFAULT =
            new StubChoices(0, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private final int profile;
    private final OptionalInt dtbauto;
    private final OptionalInt efifw;
    private final OptionalInt stubVersion;

    private StubChoices(int profile, OptionalInt dtbauto, OptionalInt efifw, OptionalInt stubVersion) {
        this.profile = profile;
        this.dtbauto = dtbauto;
        this.efifw = efifw;
        this.stubVersion = stubVersion;
    }

    /**
     * Chooses a profile, as {@code @N} in the options of the stub does.
     *
     * @param number the number of the profile, from 0; an image without profiles has only 0
     * @return the choices with it
     */
    public StubChoices withProfile(int number) {
        return new StubChoices(number, dtbauto, efifw, stubVersion);
    }

    /**
     * Chooses a device tree, as a stub of version 257 or later does according to the hardware.
     *
     * @param number the number of the {@code .dtbauto} section among those that the profile can use, from 0
     * @return the choices with it
     */
    public StubChoices withDtbauto(int number) {
        return new StubChoices(profile, OptionalInt.of(number), efifw, stubVersion);
    }

    /**
     * Chooses a firmware image, as a stub of version 258 or later does according to the hardware.
     *
     * @param number the number of the {@code .efifw} section among those that the profile can use, from 0
     * @return the choices with it
     */
    public StubChoices withEfifw(int number) {
        return new StubChoices(profile, dtbauto, OptionalInt.of(number), stubVersion);
    }

    /**
     * Sets the version of the stub, for an image that does not name it.
     *
     * @param version the version of systemd that the stub is from
     * @return the choices with it
     * @throws IllegalArgumentException if the version is negative
     */
    public StubChoices withStubVersion(int version) {
        if (version < 0) {
            throw new IllegalArgumentException("a stub of version " + version);
        }
        return new StubChoices(profile, dtbauto, efifw, OptionalInt.of(version));
    }

    int profile() {
        return profile;
    }

    OptionalInt stubVersion() {
        return stubVersion;
    }

    /** The number of the chosen section with a given name, if there is one. */
    OptionalInt chosen(StubSection section) {
        return switch (section) {
            case DTBAUTO -> dtbauto;
            case EFIFW -> efifw;
            default -> OptionalInt.empty();
        };
    }
}
