package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import java.util.Optional;

/** The logs that machines send, or name by their hashes. Those that were used last are kept in memory. */
final class Logs {
    private static final long CAPACITY = 16 << 20;

    private final Database database;
    private final Recent<Measurements> recent = new Recent<>(CAPACITY, Measurements::size);

    Logs(Database database) {
        this.database = database;
    }

    Measurements find(Attestation.Part log, Optional<Attestation.Part> userspaceLog) {
        requireItsHash(log);
        userspaceLog.ifPresent(Logs::requireItsHash);
        String key = log.sha256() + userspaceLog.map(Attestation.Part::sha256).orElse("");
        return recent.get(key, unknown -> new Measurements(content(log), userspaceLog.map(this::content)));
    }

    private static void requireItsHash(Attestation.Part part) {
        if (part.content().isPresent() && !Blobs.hash(part.content().get()).equals(part.sha256())) {
            throw new RequestRefusedException(Reason.INVALID, "a log has another hash than the one that is given");
        }
    }

    private byte[] content(Attestation.Part part) {
        return part.content()
                .or(() -> database.alone(handle -> Blobs.find(handle, part.sha256())))
                .orElseThrow(() -> new RequestRefusedException(Reason.LOG_UNKNOWN, "send this log in full"));
    }
}
