package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.security.DigestException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The replay of one bank. Used by one thread. */
final class BankReplay {

    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private final InitialPcrValues initialValues;
    private final byte[][] values = new byte[PcrBank.PCR_COUNT][];

    private BankReplay(HashAlgorithm algorithm, MessageDigest digest, InitialPcrValues initialValues) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.initialValues = initialValues;
    }

    /** The values of all PCRs that the logs extend, null for the others, or for all if the bank cannot be computed. */
    static @Nullable Bytes[] values(
            EventLog log,
            @Nullable UserspaceLog userspaceLog,
            HashAlgorithm algorithm,
            InitialPcrValues initialValues) {
        MessageDigest digest = algorithm.newMessageDigest().orElse(null);
        if (digest == null) {
            return new Bytes[PcrBank.PCR_COUNT];
        }
        BankReplay replay = new BankReplay(algorithm, digest, initialValues);
        int index = log.algorithms().indexOf(algorithm);
        if (index >= 0) {
            replay.extendAll(log, index);
        }
        if (userspaceLog != null) {
            userspaceLog.records().forEach(replay::extend);
        }
        return replay.toValues();
    }

    private void extendAll(EventLog log, int index) {
        int[] digestOffsets = new int[log.algorithms().size()];
        for (Event event : log.events()) {
            if (event.isMeasured()) {
                event.digestOffsets(digestOffsets);
                if (digestOffsets[index] >= 0) {
                    extend((int) event.pcrIndex(), log.bytes().slice(digestOffsets[index], algorithm.digestSize()));
                }
            }
        }
    }

    private void extend(int pcr, Bytes eventDigest) {
        byte[] value = values[pcr];
        if (value == null) {
            value = initialValues.of(algorithm, pcr);
            values[pcr] = value;
        }
        digest.update(value);
        eventDigest.update(digest);
        try {
            digest.digest(value, 0, value.length);
        } catch (DigestException e) {
            throw new IllegalStateException(algorithm + " gives digests of another size than it should", e);
        }
    }

    private void extend(CelRecord record) {
        if (record.register() instanceof CelRecord.Register.Pcr pcr) {
            record.digest(algorithm).ifPresent(eventDigest -> extend(pcr.index(), eventDigest.value()));
        }
    }

    private @Nullable Bytes[] toValues() {
        @Nullable Bytes[] replayed = new Bytes[PcrBank.PCR_COUNT];
        for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
            byte[] value = values[pcr];
            replayed[pcr] = value == null ? null : Bytes.wrap(value);
        }
        return replayed;
    }
}
