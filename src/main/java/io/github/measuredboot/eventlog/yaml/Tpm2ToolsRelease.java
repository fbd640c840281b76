package io.github.measuredboot.eventlog.yaml;

import java.util.Optional;

/** A release of tpm2-tools, by what its {@code tpm2_eventlog} prints. */
public enum Tpm2ToolsRelease {
    /** 5.4 of November 2022, which Debian 12 has. */
    V5_4("5.4"),

    /** 5.7 of April 2024, which Debian 13 has: the newest. */
    V5_7("5.7");

    private final String version;

    Tpm2ToolsRelease(String version) {
        this.version = version;
    }

    /** {@return the version number} */
    public String version() {
        return version;
    }

    /**
     * The release with a version number.
     *
     * @param version the number, as {@code 5.7}
     * @return the release, or empty if this is none of them
     */
    public static Optional<Tpm2ToolsRelease> byVersion(String version) {
        for (Tpm2ToolsRelease release : values()) {
            if (release.version.equals(version)) {
                return Optional.of(release);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return version;
    }
}
