package io.github.measuredboot.examples.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a machine that does not exist, with its agent. */
@Command(
        name = "simulate",
        description =
                "Boots a machine that does not exist (swtpm, whose PCRs are extended from a captured boot), and reports.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Option(names = "--data", defaultValue = "machine-1", description = "folder of the machine (${DEFAULT-VALUE})")
    Path data;

    @Option(names = "--boot", required = true, description = "event log of the boot")
    Path boot;

    @Override
    public Integer call() throws Exception {
        try (SimulatedMachine machine = new SimulatedMachine(data, server.client(data), System.out::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(machine)));
            machine.boot(boot, server.group, server.name);
            while (true) {
                Thread.sleep(200);
                Path request = RebootCommand.request(data);
                if (Files.exists(request)) {
                    Path next = Path.of(Files.readString(request));
                    Files.delete(request);
                    machine.boot(next, server.group, server.name);
                }
            }
        }
    }

    /** When this process is asked to end, its TPM ends with it. */
    private static void close(SimulatedMachine machine) {
        try {
            machine.close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
