package io.github.measuredboot.examples.verifier;

import com.sun.management.OperatingSystemMXBean;
import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.examples.verifier.domain.Judge;
import io.github.measuredboot.examples.verifier.domain.KnownState;
import io.github.measuredboot.examples.verifier.domain.Submission;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.ServiceProcess;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.SoftwareTpm;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.PcrSelection;
import java.io.IOException;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many attestations a second the service takes over loopback, from machines whose keys are in this process. Each is a challenge, a
 * fresh quote and its verdict; the log is known. Arguments: H2 or POSTGRESQL, machines, seconds, and attestations a second to ask for
 * (0 for as many as possible).
 */
final class Load {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final int MOST_THREADS = 16;
    private static final int WARM_UP_SECONDS = Integer.getInteger("warm.up.seconds", 10);

    private Load() {}

    public static void main(String[] args) throws Exception {
        Databases kind = Databases.valueOf(args[0]);
        int count = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        double rate = Double.parseDouble(args[3]);
        if (!Boolean.getBoolean("no.judge")) {
            judge();
        }
        Path data = Files.createTempDirectory("load");
        try (Databases.Open database = kind.open();
                ServiceProcess service = new ServiceProcess(data, database.options())) {
            service.start(); // makes the certificate and the tables
            service.stop();
            List<SimulatedMachine> machines = machines(service, count);
            enrol(machines, database, data);
            service.start();
            attest(service, database, machines, WARM_UP_SECONDS, rate);
            System.out.println(
                    kind + ", " + count + " machines, " + attest(service, database, machines, seconds, rate));
        }
        System.exit(0);
    }

    private static List<SimulatedMachine> machines(ServiceProcess service, int count) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair ek = generator.generateKeyPair();
        List<SimulatedMachine> machines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            machines.add(new SimulatedMachine(service.certificate(), service.port(), new SoftwareTpm(ek), GOOD));
        }
        return machines;
    }

    /** Straight into the database: what is measured is attestation. */
    private static void enrol(List<SimulatedMachine> machines, Databases.Open open, Path data) throws Exception {
        String url = open.options().isEmpty()
                ? Database.h2Url(data.resolve("verifier"))
                : open.options().get(1);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        byte[] state = RunningVerifier.stateOf(GOOD).getBytes(StandardCharsets.UTF_8);
        try (Database database = Database.open(url)) {
            database.inTransaction(handle -> {
                Groups.put(handle, new Groups.GroupRow("servers", "first-use", "operator", false, "sha256"));
                Groups.addState(handle, "servers", Optional.empty(), "image", Blobs.put(handle, state), now);
                Blobs.put(handle, GOOD.log());
                int number = 0;
                for (SimulatedMachine machine : machines) {
                    Machines.insert(
                            handle,
                            new MachineRow(
                                    "machine-" + number,
                                    "machine-" + number,
                                    "servers",
                                    "ek-" + number++,
                                    machine.tpm().akPublic(),
                                    IdentityLevel.ASSERTED.id(),
                                    machine.identity().sha256(),
                                    AttestationRecordJson.write(AttestationRecord.enrol(1, now)),
                                    FirstUsePinsJson.write(FirstUsePins.NONE),
                                    "PENDING",
                                    now.plusSeconds(3600)));
                }
                return number;
            });
        }
    }

    /** The CPU time of each who takes part. */
    private record Cpu(double service, double database, double machines) {
        static Cpu now(ServiceProcess service, Databases.Open database) throws IOException {
            OperatingSystemMXBean self = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Cpu(service.cpu().toMillis(), database.cpu().toMillis(), self.getProcessCpuTime() / 1e6);
        }

        String since(Cpu before, int attestations) {
            return String.format(
                    "CPU of each attestation: service %.2f ms, database %.2f ms, machines %.2f ms",
                    (service - before.service) / attestations,
                    (database - before.database) / attestations,
                    (machines - before.machines) / attestations);
        }
    }

    /** What one attestation takes of the library alone: log, quote, signature, replay and policy. */
    private static void judge() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.create();
        PcrSelection pcrs = PcrSelection.parse("sha256:0,1,2,3,4,5,6,7,8,9,11,12,13,14");
        byte[] nonce = new byte[32];
        SoftwareTpm.Quoted quoted = tpm.quote(pcrs, GOOD.values(), nonce);
        Submission submission = new Submission(
                Bytes.wrap(nonce),
                pcrs,
                GOOD.log(),
                Optional.empty(),
                quoted.attest(),
                quoted.signature(),
                SoftwareTpm.values(pcrs, GOOD.values()));
        Bytes json = Bytes.encode(RunningVerifier.stateOf(GOOD), StandardCharsets.UTF_8);
        ReferenceState state = ReferenceStateJson.parse(json).state();
        PolicyOptions options =
                PolicyOptions.builderFor(state).allowSecureBootOff().build();
        List<KnownState> known = List.of(new KnownState(1, state, options));
        for (int seconds : new int[] {WARM_UP_SECONDS, WARM_UP_SECONDS}) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            int count = 0;
            for (; System.nanoTime() < end; count++) {
                KeyIdentity signer = KeyIdentity.asserted(AttestationKey.decode(Bytes.wrap(tpm.akPublic())));
                if (!Judge.judge(submission, signer, known, FirstUsePins.NONE).isAccepted()) {
                    throw new IllegalStateException("not accepted");
                }
            }
            double used = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6;
            System.out.printf("library alone: %.2f ms CPU of each attestation, %d in all%n", used / count, count);
        }
    }

    private static String attest(
            ServiceProcess service, Databases.Open database, List<SimulatedMachine> machines, int seconds, double rate)
            throws Exception {
        Cpu before = Cpu.now(service, database);
        BlockingQueue<SimulatedMachine> idle = new LinkedBlockingQueue<>(machines);
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        AtomicLong started = new AtomicLong();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_THREADS, machines.size()); i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        if (rate > 0) {
                            long due = start + (long) (started.getAndIncrement() / rate * 1e9);
                            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                        }
                        SimulatedMachine machine = idle.take();
                        nanos.add(attest(machine));
                        idle.add(machine);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format(
                "%.0f attestations/s, verdict p50 %.1f ms, p99 %.1f ms, %d in all%n%s, load of the system %.1f",
                sorted.length / elapsed,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted.length,
                Cpu.now(service, database).since(before, sorted.length),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** {@return how long the verdict took, from the evidence being sent to its answer} */
    private static long attest(SimulatedMachine machine) throws Exception {
        var evidence = machine.evidence(machine.challenge().json());
        evidence.withObject("/log").remove("content");
        long start = System.nanoTime();
        Client.Answer answer = machine.send(evidence);
        long took = System.nanoTime() - start;
        if (answer.status() != 200 || !answer.json().get("status").textValue().equals("PASS")) {
            throw new IllegalStateException(answer.toString());
        }
        return took;
    }
}
