package io.github.measuredboot.examples.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The logs of this machine, as they are now. */
record Logs(byte[] firmware, byte[] userspace) {
    static final Path FIRMWARE = Path.of("/sys/kernel/security/tpm0/binary_bios_measurements");
    static final Path USERSPACE = Path.of("/run/log/systemd/tpm2-measure.log");

    static Logs read(Path firmware, Path userspace) throws IOException {
        return new Logs(
                Files.readAllBytes(firmware),
                Files.isReadable(userspace) ? Files.readAllBytes(userspace) : new byte[0]);
    }

    /** Adds them to the evidence: in full, or only as what they are known by. */
    void addTo(Map<String, Object> evidence, boolean inFull) {
        evidence.put("log", part(firmware, inFull));
        if (userspace.length > 0) {
            evidence.put("userspaceLog", part(userspace, inFull));
        }
    }

    private static Map<String, Object> part(byte[] log, boolean inFull) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("sha256", sha256(log));
        if (inFull) {
            part.put("content", log);
        }
        return part;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
