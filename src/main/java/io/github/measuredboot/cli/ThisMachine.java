package io.github.measuredboot.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the machine that a command runs on has its evidence: what every command takes that is given no other. */
record ThisMachine(String log, String tpm, String userspaceLog) {
    static final ThisMachine LINUX = new ThisMachine(
            "/sys/kernel/security/tpm0/binary_bios_measurements",
            "/sys/class/tpm/tpm0",
            "/run/log/systemd/tpm2-measure.log");

    /** Systemd measures only on some machines. */
    Optional<String> readableUserspaceLog() {
        return Optional.of(userspaceLog).filter(file -> Files.isReadable(Path.of(file)));
    }
}
