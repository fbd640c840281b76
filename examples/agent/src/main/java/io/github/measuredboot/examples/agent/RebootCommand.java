package io.github.measuredboot.examples.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a simulated machine to boot something else. */
@Command(
        name = "reboot",
        description = "Lets a machine that simulate runs boot something else.",
        mixinStandardHelpOptions = true)
final class RebootCommand implements Callable<Integer> {
    @Option(names = "--data", defaultValue = "machine-1", description = "folder of the machine (${DEFAULT-VALUE})")
    Path data;

    @Option(names = "--boot", required = true, description = "event log of the boot")
    Path boot;

    static Path request(Path data) {
        return data.resolve("reboot");
    }

    @Override
    public Integer call() throws IOException {
        Path written = Files.writeString(
                data.resolve("reboot.new"), boot.toAbsolutePath().toString());
        Files.move(written, request(data), StandardCopyOption.ATOMIC_MOVE);
        return 0;
    }
}
