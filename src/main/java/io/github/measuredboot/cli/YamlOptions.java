package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.yaml.EventLogYaml;
import io.github.measuredboot.eventlog.yaml.Tpm2ToolsRelease;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the output of tpm2_eventlog. */
final class YamlOptions {
    private static final Map<String, EventLogYaml.Version> VERSIONS =
            Map.of("1", EventLogYaml.Version.V1, "2", EventLogYaml.Version.V2);
    private static final Map<String, EventLogYaml.DevicePaths> DEVICE_PATHS = Map.of(
            "raw", EventLogYaml.DevicePaths.RAW,
            "pretty", EventLogYaml.DevicePaths.PRETTY,
            "pretty-39", EventLogYaml.DevicePaths.PRETTY_39);

    @Option(
            names = "--format",
            paramLabel = "tpm2-yaml",
            description = "tpm2-yaml: what tpm2_eventlog of tpm2-tools prints, byte for byte.")
    private @Nullable String format;

    @Option(
            names = "--eventlog-version",
            paramLabel = "1|2",
            description = "With --format tpm2-yaml: the version of the YAML. Default: 1, as with tpm2_eventlog")
    private @Nullable String version;

    @Option(
            names = "--device-paths",
            paramLabel = "raw|pretty|pretty-39",
            description =
                    "With --format tpm2-yaml: device paths in hexadecimal digits, as a tpm2_eventlog without libefivar"
                            + " prints them, or as text, as one with libefivar up to 38 or 39 does. Default: raw")
    private @Nullable String devicePaths;

    @Option(
            names = "--tpm2-tools",
            paramLabel = "5.4|5.7",
            description = "With --format tpm2-yaml: the release of tpm2-tools. Default: 5.7")
    private @Nullable String release;

    /** The YAML, if it is asked for. */
    Optional<EventLogYaml> yaml() throws InputException {
        if (format == null) {
            if (Stream.of(version, devicePaths, release).anyMatch(option -> option != null)) {
                throw new InputException(
                        "--eventlog-version, --device-paths and --tpm2-tools belong to --format tpm2-yaml");
            }
            return Optional.empty();
        }
        if (!format.equals("tpm2-yaml")) {
            throw unknown("--format", format, "tpm2-yaml");
        }
        EventLogYaml yaml = EventLogYaml.of(version());
        if (devicePaths != null) {
            yaml = yaml.withDevicePaths(form(devicePaths));
        }
        if (release != null) {
            String given = release;
            yaml = yaml.asPrintedBy(
                    Tpm2ToolsRelease.byVersion(given).orElseThrow(() -> unknown("--tpm2-tools", given, "5.4 or 5.7")));
        }
        return Optional.of(yaml);
    }

    static void write(EventLogYaml yaml, EventLog log, Writer out) {
        BufferedWriter buffered = new BufferedWriter(out);
        try {
            yaml.write(log, buffered);
            buffered.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventLogYaml.Version version() throws InputException {
        String given = version == null ? "1" : version;
        return Optional.ofNullable(VERSIONS.get(given))
                .orElseThrow(() -> unknown("--eventlog-version", given, "1 or 2"));
    }

    private static EventLogYaml.DevicePaths form(String given) throws InputException {
        return Optional.ofNullable(DEVICE_PATHS.get(given))
                .orElseThrow(() -> unknown("--device-paths", given, "raw, pretty or pretty-39"));
    }

    private static InputException unknown(String option, String given, String expected) {
        return new InputException(option + " " + given + ": expected " + expected);
    }
}
