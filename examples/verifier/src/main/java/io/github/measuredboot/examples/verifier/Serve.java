package io.github.measuredboot.examples.verifier;

import io.github.measuredboot.attest.CertificateFiles;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.examples.verifier.domain.Group;
import io.github.measuredboot.examples.verifier.domain.Timing;
import io.github.measuredboot.examples.verifier.domain.VerifierService;
import io.github.measuredboot.examples.verifier.http.Service;
import io.github.measuredboot.examples.verifier.http.Settings;
import io.github.measuredboot.examples.verifier.http.Tls;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.web.Pages;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the service. */
@Command(
        name = "serve",
        description = "Runs the service. Without options it makes all that it needs in the folder of its data.",
        mixinStandardHelpOptions = true)
public final class Serve implements Callable<Integer> {
    @Option(names = "--data", defaultValue = "verifier-data", description = "folder of its files (${DEFAULT-VALUE})")
    Path data;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on (${DEFAULT-VALUE})")
    String host;

    @Option(names = "--port", defaultValue = "8443", description = "port to listen on (${DEFAULT-VALUE})")
    int port;

    @Option(
            names = "--database",
            defaultValue = "${env:VERIFIER_DATABASE}",
            description =
                    "JDBC URL of PostgreSQL, or the environment's VERIFIER_DATABASE; by default H2 in the data folder")
    Optional<String> database = Optional.empty();

    @Option(names = "--ek-roots", description = "PEM files of certificates at which those of endorsement keys may end")
    List<Path> roots = new ArrayList<>();

    @Option(names = "--interval", defaultValue = "60", description = "seconds between reports (${DEFAULT-VALUE})")
    double interval;

    @Option(names = "--nonce-lifetime", defaultValue = "60", description = "seconds to answer (${DEFAULT-VALUE})")
    double nonceLifetime;

    @Option(
            names = "--history",
            defaultValue = "100",
            description = "attestations to keep of a machine (${DEFAULT-VALUE})")
    int history;

    @Option(names = "--rate", defaultValue = "50", description = "requests a second of a client (${DEFAULT-VALUE})")
    double rate;

    @Option(names = "--request-timeout", defaultValue = "10", description = "seconds for a request (${DEFAULT-VALUE})")
    double requestTimeout;

    @Option(names = "--operator-certificate", description = "SHA-256 of a client certificate of an operator")
    Set<String> operatorCertificates = Set.of();

    @Option(names = "--max-connections", defaultValue = "5000", description = "(${DEFAULT-VALUE})")
    int maxConnections;

    @Option(
            names = "--demo",
            description =
                    "make a group called demo, which takes any machine, and keeps it to its first TPM and its first boot")
    boolean demo;

    /** A running service. Closing it closes its database. */
    public record Running(Service service, VerifierService domain, Database store) implements AutoCloseable {
        @Override
        public void close() {
            service.close();
            store.close();
        }
    }

    @Override
    public Integer call() throws Exception {
        Running running = start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            stopped.countDown();
        }));
        System.out.println(
                "listening on https://" + host + ":" + running.service().port());
        stopped.await();
        return 0;
    }

    /** Starts the service. */
    public Running start() throws Exception {
        Files.createDirectories(data);
        Path keyStore = data.resolve("server.p12");
        String password = SelfSigned.secret(data.resolve("server.p12.password"));
        SelfSigned.keyStore(keyStore, password, data.resolve("server.pem"));
        byte[] token = SelfSigned.secret(data.resolve("operator.token")).getBytes(StandardCharsets.UTF_8);
        List<TpmCertificate> trusted = new ArrayList<>();
        for (Path file : roots) {
            trusted.addAll(CertificateFiles.read(file));
        }
        Database store = Database.open(
                database.filter(url -> !url.isBlank()).orElseGet(() -> Database.h2Url(data.resolve("verifier"))));
        Timing timing = new Timing(Clock.systemUTC(), seconds(interval), seconds(nonceLifetime));
        VerifierService domain = new VerifierService(store, timing, trusted, history);
        if (demo) {
            domain.groups()
                    .put(
                            new Group(
                                    "demo",
                                    Group.Trust.FIRST_USE,
                                    Group.Reference.FIRST_USE,
                                    false,
                                    HashAlgorithm.SHA256),
                            List.of());
        }
        Settings settings = new Settings(
                host,
                port,
                Tls.of(keyStore, password.toCharArray()),
                HashAlgorithm.SHA256.hash(Bytes.wrap(token)).orElseThrow().toByteArray(),
                operatorCertificates,
                seconds(requestTimeout),
                rate,
                maxConnections,
                Duration.ofMillis(Math.min(1000, (long) (interval * 1000))));
        return new Running(new Service(domain, settings, new Pages(domain)::addTo), domain, store);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
