package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.eventlog.EventLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes event logs as YAML, as {@code tpm2_eventlog} of tpm2-tools does; see the package documentation for where the output
 * differs. What is written is what the log claims.
 */
public final class EventLogYaml {
    /** The versions of the format, between which {@code tpm2_eventlog --eventlog-version} chooses. */
    public enum Version {
        /** Variables and partition tables as hexadecimal digits: the default of {@code tpm2_eventlog}. */
        V1(1),

        /** Signature lists, boot options, partition tables and the startup locality field by field. */
        V2(2);

        private final int number;

        Version(int number) {
            this.number = number;
        }

        /** {@return the number in the output} */
        public int number() {
            return number;
        }
    }

    /** The forms of device paths, of which any one build of tpm2-tools has one. */
    public enum DevicePaths {
        /** Hexadecimal digits, as from a build without libefivar: Debian's. */
        RAW,

        /** Text, as from a build with libefivar up to 38: {@code HD(...)/File(\EFI\BOOT\BOOTX64.EFI)}. */
        PRETTY,

        /** Text, as from a build with libefivar 39: {@code HD(...)/\EFI\BOOT\BOOTX64.EFI}. */
        PRETTY_39
    }

    private final Version version;
    private final DevicePaths devicePaths;
    private final Tpm2ToolsRelease release;

    private EventLogYaml(Version version, DevicePaths devicePaths, Tpm2ToolsRelease release) {
        this.version = version;
        this.devicePaths = devicePaths;
        this.release = release;
    }

    /**
     * The format of the newest release of tpm2-tools with raw device paths.
     *
     * @param version the version of the format
     * @return the format
     */
    public static EventLogYaml of(Version version) {
        return new EventLogYaml(version, DevicePaths.RAW, Tpm2ToolsRelease.V5_7);
    }

    /**
     * The same format with another form of device paths.
     *
     * @param form the form
     * @return the format
     */
    public EventLogYaml withDevicePaths(DevicePaths form) {
        return new EventLogYaml(version, form, release);
    }

    /**
     * The same format as another release of tpm2-tools prints it.
     *
     * @param other the release
     * @return the format
     */
    public EventLogYaml asPrintedBy(Tpm2ToolsRelease other) {
        return new EventLogYaml(version, devicePaths, other);
    }

    /** {@return the version of the format} */
    public Version version() {
        return version;
    }

    /** {@return the form of device paths} */
    public DevicePaths devicePaths() {
        return devicePaths;
    }

    /** {@return the release of tpm2-tools} */
    public Tpm2ToolsRelease release() {
        return release;
    }

    /**
     * Writes a log event by event.
     *
     * @param log the log; an incomplete one from {@link EventLog#examine} gets no {@code pcrs}
     * @param out where to write
     * @throws IOException if that fails
     */
    public void write(EventLog log, Appendable out) throws IOException {
        new LogWriter(log, this, new Yaml(out)).write();
    }

    /**
     * Writes a log in UTF-8.
     *
     * @param log the log, as in {@link #write(EventLog, Appendable)}
     * @param out where to write; it is flushed and not closed
     * @throws IOException if that fails
     */
    public void writeUtf8(EventLog log, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        write(log, writer);
        writer.flush();
    }

    /**
     * Writes a log into a string.
     *
     * @param log the log, as in {@link #write(EventLog, Appendable)}
     * @return the YAML
     */
    public String toText(EventLog log) {
        StringBuilder text = new StringBuilder();
        try {
            write(log, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventLogYaml that
                && version == that.version
                && devicePaths == that.devicePaths
                && release == that.release;
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, devicePaths, release);
    }

    @Override
    public String toString() {
        return "EventLogYaml[version " + version.number + ", " + devicePaths + ", tpm2-tools " + release + "]";
    }
}
