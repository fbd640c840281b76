package io.github.measuredboot.examples.agent;

import io.github.measuredboot.attest.CertificateFiles;
import io.github.measuredboot.attest.TpmCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the agent on a machine with a TPM. */
@Command(
        name = "run",
        description = "Reports the boot of this machine. The TPM is /dev/tpmrm0, or that of TPM2TOOLS_TCTI.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Option(names = "--data", defaultValue = "/var/lib/measuredboot-agent", description = "(${DEFAULT-VALUE})")
    Path data;

    @Option(names = "--log", description = "the firmware's log (that of the kernel)")
    Path log = Logs.FIRMWARE;

    @Option(names = "--userspace-log", description = "systemd's log (its usual place)")
    Path userspaceLog = Logs.USERSPACE;

    @Option(names = "--ek-authority", description = "PEM files of authorities between the EK's certificate and a root")
    List<Path> authorities = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<TpmCertificate> chain = new ArrayList<>();
        for (Path file : authorities) {
            chain.addAll(CertificateFiles.read(file));
        }
        VerifierClient client = server.client(data);
        Tpm tpm = new Tpm(Files.createDirectories(data.resolve("tpm")), Map.of());
        new Agent(
                        new Agent.Options(server.group, server.name, log, userspaceLog, chain),
                        tpm,
                        client,
                        System.out::println)
                .run();
        return 0;
    }
}
