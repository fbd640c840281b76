package io.github.measuredboot.examples.agent;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the verifier is, and who this machine wants to be there. */
final class ServerOptions {
    @Option(names = "--server", defaultValue = "https://localhost:8443", description = "(${DEFAULT-VALUE})")
    URI server;

    @Option(
            names = "--server-certificate",
            defaultValue = "verifier-data/server.pem",
            description = "the certificate of the verifier (${DEFAULT-VALUE})")
    Path certificate;

    @Option(names = "--group", defaultValue = "demo", description = "group to be enrolled in (${DEFAULT-VALUE})")
    String group;

    @Option(names = "--name", defaultValue = "machine-1", description = "name of the machine (${DEFAULT-VALUE})")
    String name;

    VerifierClient client(Path data) throws Exception {
        Files.createDirectories(data);
        return new VerifierClient(server, ClientKey.context(data, certificate));
    }
}
