package io.github.measuredboot.examples.agent;

import io.github.measuredboot.attest.CertificateFiles;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A machine that does not exist: swtpm, whose PCRs are extended with the digests of a captured boot. Its endorsement key has a
 * certificate of swtpm's own authority.
 */
public final class SimulatedBoot implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    private final Path folder;
    private Process emulator;
    private int port;
    private boolean isClosed;

    /** Makes a machine with a folder of its own. */
    public SimulatedBoot(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
    }

    /** {@return the log of the boot, for the agent} */
    public Path log() {
        return folder.resolve("eventlog.bin");
    }

    /** {@return what tpm2-tools need to find the TPM} */
    public Map<String, String> environment() {
        return Map.of("TPM2TOOLS_TCTI", "swtpm:host=127.0.0.1,port=" + port, "TSS2_LOG", "all+none");
    }

    /** {@return the root of the authority that certified the endorsement key, once it has booted} */
    public Path ekRoot() {
        return folder.resolve("ca/swtpm-localca-rootca-cert.pem");
    }

    /** {@return what is between that root and the certificate of the endorsement key} */
    public Path ekAuthority() {
        return folder.resolve("ca/issuercert.pem");
    }

    List<TpmCertificate> authorities() throws IOException, MalformedDataException {
        List<TpmCertificate> all = new ArrayList<>(CertificateFiles.read(ekRoot()));
        all.addAll(CertificateFiles.read(ekAuthority()));
        return all;
    }

    /** Boots, as if the power had been switched on; what ran before is gone. */
    public synchronized void boot(Path eventLog) throws IOException, InterruptedException, MalformedDataException {
        if (isClosed) {
            throw new IOException("the machine does not exist any more");
        }
        switchOff();
        if (Files.notExists(folder.resolve("state"))) {
            manufacture();
        }
        for (int attempt = 0; attempt < ATTEMPTS && emulator == null; attempt++) {
            start();
        }
        if (emulator == null) {
            throw new IOException("swtpm does not start: " + Files.readString(folder.resolve("swtpm.log")));
        }
        Tpm tpm = new Tpm(folder, environment());
        tpm.run("tpm2_startup", "--clear");
        extend(tpm, EventLog.read(eventLog));
        Path next = folder.resolve("eventlog.new");
        Files.copy(eventLog, next, StandardCopyOption.REPLACE_EXISTING);
        Files.move(next, log(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void extend(Tpm tpm, EventLog log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tpm2_pcrextend"));
        for (Event event : log.events()) {
            if (!event.claimedType().equals(EventType.EV_NO_ACTION)) {
                command.add(event.pcrIndex() + ":"
                        + event.digests().stream()
                                .map(digest -> digest.algorithm() + "="
                                        + digest.value().toHex())
                                .collect(Collectors.joining(",")));
            }
        }
        tpm.run(command.toArray(String[]::new));
    }

    private void manufacture() throws IOException, InterruptedException {
        Path authority = Files.createDirectories(folder.resolve("ca"));
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(
                folder.resolve("ca.conf"),
                String.format(
                        "statedir = %1$s%nsigningkey = %1$s/signkey.pem%nissuercert = %1$s/issuercert.pem%ncertserial = %1$s/certserial%n",
                        authority));
        Files.writeString(folder.resolve("ca.options"), "");
        Files.writeString(
                folder.resolve("setup.conf"),
                String.format(
                        "create_certs_tool = /usr/bin/swtpm_localca%ncreate_certs_tool_config = %s%ncreate_certs_tool_options = %s%n",
                        folder.resolve("ca.conf"), folder.resolve("ca.options")));
        new Tpm(folder, Map.of())
                .run(
                        "swtpm_setup",
                        "--tpm2",
                        "--tpmstate",
                        state.toString(),
                        "--create-ek-cert",
                        "--pcr-banks",
                        "sha1,sha256,sha384,sha512",
                        "--config",
                        folder.resolve("setup.conf").toString());
    }

    private void start() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process started = new ProcessBuilder(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + folder.resolve("state"),
                        "--server",
                        "type=tcp,bindaddr=127.0.0.1,port=" + port,
                        "--ctrl",
                        "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                        "--flags",
                        "not-need-init")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("swtpm.log").toFile())
                .start();
        if (isListening(started)) {
            emulator = started;
        } else {
            started.destroyForcibly().waitFor();
        }
    }

    private boolean isListening(Process started) throws InterruptedException {
        for (int i = 0; i < 100 && started.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port + 1)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        return false;
    }

    private void switchOff() {
        if (emulator != null) {
            emulator.destroy();
            try {
                if (!emulator.waitFor(10, TimeUnit.SECONDS)) {
                    emulator.destroyForcibly();
                }
            } catch (InterruptedException e) {
                emulator.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            emulator = null;
        }
    }

    /** Switches the machine off, for good. */
    @Override
    public synchronized void close() {
        isClosed = true;
        switchOff();
    }
}
