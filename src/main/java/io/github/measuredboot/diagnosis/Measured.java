package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A measurement as the logs have it. */
record Measured(
        Measurement id,
        boolean isNoAction,
        List<Digest> digests,
        @Nullable Bytes data) {
    /** All measurements of a replay by PCR, each list in the order of the logs. */
    static List<List<Measured>> byPcr(Replay replay) {
        List<List<Measured>> byPcr = new ArrayList<>();
        for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
            byPcr.add(new ArrayList<>());
        }
        for (Event event : replay.log().events()) {
            if (event.pcrIndex() < PcrBank.PCR_COUNT) {
                byPcr.get((int) event.pcrIndex())
                        .add(new Measured(
                                new Measurement(false, event.number()),
                                event.claimedType().equals(EventType.EV_NO_ACTION),
                                event.digests(),
                                event.data()));
            }
        }
        List<CelRecord> records =
                replay.userspaceLog().map(log -> log.records()).orElse(List.of());
        for (int i = 0; i < records.size(); i++) {
            CelRecord record = records.get(i);
            if (record.register() instanceof CelRecord.Register.Pcr pcr) {
                byPcr.get(pcr.index()).add(new Measured(new Measurement(true, i), false, record.digests(), null));
            }
        }
        return byPcr;
    }

    @Nullable
    Bytes digest(HashAlgorithm algorithm) {
        for (Digest digest : digests) {
            if (digest.algorithm().equals(algorithm)) {
                return digest.value();
            }
        }
        return null;
    }

    boolean isExtended(HashAlgorithm algorithm) {
        return !isNoAction && digest(algorithm) != null;
    }

    boolean isAction(List<Bytes> texts) {
        return data != null && texts.contains(data);
    }
}
