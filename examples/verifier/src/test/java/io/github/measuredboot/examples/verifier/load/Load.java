package io.github.measuredboot.examples.verifier.load;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.ServiceProcess;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.SoftwareTpm;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.FirstUsePins;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many attestations a second the service takes over loopback, from machines whose keys are in this process. Each is a fresh quote
 * and its verdict; the log is known. A row of a table is printed for each run. Arguments: H2 or POSTGRESQL, seconds of a run, seconds of
 * warming up, and the runs: MACHINES:RATE, with a rate of 0 for as many as possible, and {@code :reconnect} for a new connection each time.
 */
final class Load {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final int SECONDS_TO_START = 240;
    private static final int SECONDS_BETWEEN_RUNS = 60;
    private static final int SECONDS_OF_LIBRARY = 5;
    private static final int WARM_UP_MACHINES = 100;

    private record Run(int machines, double rate, boolean isReconnecting) {
        static Run parse(String text) {
            String[] parts = text.split(":");
            return new Run(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), parts.length > 2);
        }
    }

    private final Databases.Open database;
    private final ServiceProcess service;
    private final Path data;
    private final Crowd crowd = new Crowd();
    private final List<SimulatedMachine> machines = new ArrayList<>();

    private Load(Databases.Open database, ServiceProcess service, Path data) {
        this.database = database;
        this.service = service;
        this.data = data;
    }

    public static void main(String[] args) throws Exception {
        Databases kind = Databases.valueOf(args[0]);
        int seconds = Integer.parseInt(args[1]);
        int warmUp = Integer.parseInt(args[2]);
        List<Run> runs =
                List.of(args).subList(3, args.length).stream().map(Run::parse).toList();
        Path data = Files.createTempDirectory("load");
        try (Databases.Open database = kind.open();
                ServiceProcess service = new ServiceProcess(data, database.options())) {
            endAfter(SECONDS_TO_START + warmUp + runs.size() * (seconds + SECONDS_BETWEEN_RUNS), service);
            service.start(); // makes the certificate and the tables
            service.stop();
            Load load = new Load(database, service, data);
            load.enrol(Math.max(
                    WARM_UP_MACHINES,
                    runs.stream().mapToInt(Run::machines).max().orElseThrow()));
            double library = Library.cpuOfEach(GOOD, SECONDS_OF_LIBRARY);
            service.start();
            load.attest(new Run(WARM_UP_MACHINES, 0, false), warmUp);
            for (Run run : runs) {
                System.out.println(
                        "| " + kind + " | " + load.attest(run, seconds) + String.format(" %.2f ms |", library));
            }
        }
        System.exit(0);
    }

    /** Whatever waits for what: this process ends, and the service with it. */
    private static void endAfter(int seconds, ServiceProcess service) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(seconds * 1000L);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.err.println("not done after " + seconds + " s: " + Thread.getAllStackTraces());
            service.kill();
            Runtime.getRuntime().halt(1);
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Straight into the database: what is measured is attestation. */
    private void enrol(int count) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair ek = generator.generateKeyPair();
        for (int i = 0; i < count; i++) {
            machines.add(new SimulatedMachine(service.certificate(), service.port(), new SoftwareTpm(ek), GOOD));
        }
        String url = database.options().isEmpty()
                ? Database.h2Url(data.resolve("verifier"))
                : database.options().get(1);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        byte[] state = RunningVerifier.stateOf(GOOD).getBytes(StandardCharsets.UTF_8);
        try (Database open = Database.open(url)) {
            open.inTransaction(handle -> {
                Groups.put(handle, new Groups.GroupRow("servers", "first-use", "operator", false, "sha256"));
                Groups.addState(handle, "servers", Optional.empty(), "image", Blobs.put(handle, state), now);
                Blobs.put(handle, GOOD.log());
                for (int i = 0; i < count; i++) {
                    Machines.insert(handle, row(i, machines.get(i), now));
                }
                return count;
            });
        }
    }

    private static MachineRow row(int number, SimulatedMachine machine, Instant now) {
        return new MachineRow(
                "machine-" + number,
                "machine-" + number,
                "servers",
                "ek-" + number,
                machine.tpm().akPublic(),
                IdentityLevel.ASSERTED.id(),
                machine.identity().sha256(),
                AttestationRecordJson.write(AttestationRecord.enrol(1, now)),
                FirstUsePinsJson.write(FirstUsePins.NONE),
                "PENDING",
                now.plusSeconds(3600));
    }

    private String attest(Run run, int seconds) throws Exception {
        Cpu before = Cpu.now(service, database);
        Crowd.Times times = crowd.attest(machines.subList(0, run.machines), seconds, run.rate, run.isReconnecting);
        int count = times.nanos().length;
        Cpu each = Cpu.now(service, database).each(before, count);
        times.failures().stream().distinct().forEach(System.err::println);
        return String.format(
                "%d%s | %s | %.0f | %.1f ms, %.1f ms | %d | %.1f | %.2f ms | %.2f ms | %.2f ms |",
                run.machines,
                run.isReconnecting ? ", reconnecting" : "",
                run.rate == 0 ? "all" : String.format("%.0f", run.rate),
                count / times.seconds(),
                times.percentile(0.5),
                times.percentile(0.99),
                times.failures().size(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                each.service(),
                each.database(),
                each.machines());
    }
}
