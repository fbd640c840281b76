package io.github.measuredboot.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Runs the common commands on a sample, a boot that was captured for this project: what they load is what the launcher puts into its
 * archive of classes. With the name of a command it runs that alone, with nothing but a log.
 */
final class Warmup {
    private static final List<String> SAMPLES = List.of("sample-eventlog.bin", "sample-pcrs.json");

    private Warmup() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("measuredboot");
        try {
            for (String sample : SAMPLES) {
                try (InputStream in = Objects.requireNonNull(Warmup.class.getResourceAsStream(sample), sample)) {
                    Files.copy(in, folder.resolve(sample));
                }
            }
            List<String> failed = runAll(folder, List.of(args));
            if (!failed.isEmpty()) {
                throw new IllegalStateException("failed: " + failed);
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static List<String> runAll(Path folder, List<String> names) {
        String log = folder.resolve(SAMPLES.get(0)).toString();
        String pcrs = folder.resolve(SAMPLES.get(1)).toString();
        String state = folder.resolve("state.json").toString();
        List<List<String>> commands = List.of(
                List.of("replay", log),
                List.of("replay", "--json", "--bank", "sha256", "--pcr", "0-9,11-14", "--pcrs", pcrs, log),
                List.of("events", log),
                List.of("summary", log),
                List.of("events", "--json", log),
                List.of("events", "--format", "tpm2-yaml", "--eventlog-version", "2", log),
                List.of("summary", "--pcrs", pcrs, log),
                List.of("refstate", "create", "--log", log, "--pcrs", pcrs, "-o", state),
                List.of("check", log, "-r", state, "--pcrs", pcrs),
                List.of("diagnose", log, "-r", state, "--pcrs", pcrs),
                List.of("guid", "8be4df61-93ca-11d2-aa0d-00e098032b8c"),
                List.of("--help"));
        List<List<String>> chosen = names.isEmpty()
                ? commands
                : commands.stream()
                        .filter(command -> command.size() == 2 && names.contains(command.get(0)))
                        .toList();
        if (chosen.size() < names.size()) {
            return names;
        }
        List<String> failed = new ArrayList<>();
        for (List<String> command : chosen) {
            OutputStream nowhere = OutputStream.nullOutputStream();
            int exitCode = Main.run(
                    Main.commandLine(ThisMachine.LINUX, Terminal.ofThisProcess(), command.get(0)),
                    nowhere,
                    nowhere,
                    FileNames.arguments(command.toArray(new String[0])));
            if (exitCode != 0) {
                failed.add(String.join(" ", command));
            }
        }
        return failed;
    }
}
