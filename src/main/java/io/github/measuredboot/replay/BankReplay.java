package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.ExtendTable;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The replay of one bank. Used by one thread. */
final class BankReplay {

    private final HashAlgorithm algorithm;
    private final int digestSize;
    private final MessageDigest digest;
    private final InitialPcrValues initialValues;
    private final byte[][] values = new byte[PcrBank.PCR_COUNT][];

    private BankReplay(HashAlgorithm algorithm, MessageDigest digest, InitialPcrValues initialValues) {
        this.algorithm = algorithm;
        this.digestSize = algorithm.digestSize();
        this.digest = digest;
        this.initialValues = initialValues;
    }

    /** The values of all PCRs that the logs extend, null for the others, or for all if the bank cannot be computed. */
    static @Nullable Bytes[] values(
            EventLog log,
            ExtendTable logExtends,
            @Nullable UserspaceLog userspaceLog,
            HashAlgorithm algorithm,
            InitialPcrValues initialValues) {
        MessageDigest digest = algorithm.newMessageDigest().orElse(null);
        if (digest == null) {
            return new Bytes[PcrBank.PCR_COUNT];
        }
        BankReplay replay = new BankReplay(algorithm, digest, initialValues);
        replay.extendAll(log, logExtends);
        if (userspaceLog != null) {
            userspaceLog.records().forEach(replay::extend);
        }
        return replay.toValues();
    }

    private void extendAll(EventLog log, ExtendTable logExtends) {
        int bank = log.algorithms().indexOf(algorithm);
        for (int i = 0; bank >= 0 && i < logExtends.size(); i++) {
            int offset = logExtends.digestOffset(i, bank);
            if (offset >= 0) {
                extend(logExtends.pcr(i), log.bytes().slice(offset, digestSize));
            }
        }
    }

    /** Extends a PCR, whose value is the first half of its array; the digest goes to the other half, for a single update. */
    private void extend(int pcr, Bytes eventDigest) {
        byte[] value = values[pcr];
        if (value == null) {
            value = Arrays.copyOf(initialValues.of(algorithm, pcr), 2 * digestSize);
            values[pcr] = value;
        }
        eventDigest.copyTo(value, digestSize);
        digest.update(value);
        try {
            digest.digest(value, 0, digestSize);
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
            replayed[pcr] = value == null ? null : Bytes.wrap(value).slice(0, digestSize);
        }
        return replayed;
    }
}
