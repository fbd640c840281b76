package io.github.measuredboot.examples.verifier.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the service is. By default all is in the folder of a service on this machine. */
final class ServerOptions {
    @Option(names = "--server", defaultValue = "https://localhost:8443", description = "(${DEFAULT-VALUE})")
    URI server;

    @Option(names = "--data", defaultValue = "verifier-data", description = "folder of the service (${DEFAULT-VALUE})")
    Path data;

    @Option(names = "--server-certificate", description = "(server.pem in the folder)")
    Optional<Path> certificate = Optional.empty();

    @Option(names = "--token-file", description = "file with the operators' token (operator.token in the folder)")
    Optional<Path> token = Optional.empty();

    OperatorClient client() throws Exception {
        return new OperatorClient(
                server, certificate.orElse(data.resolve("server.pem")), token.orElse(data.resolve("operator.token")));
    }
}
