package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The PCRs of one bank after the replay of a log. */
public final class ReplayedBank {
    private final HashAlgorithm algorithm;
    private final boolean replayable;
    private final @Nullable Bytes[] values;
    private final int[] extendCounts;

    ReplayedBank(HashAlgorithm algorithm, boolean replayable, @Nullable Bytes[] values, int[] extendCounts) {
        this.algorithm = algorithm;
        this.replayable = replayable;
        this.values = values;
        this.extendCounts = extendCounts;
    }

    /**
     * The hash algorithm.
     *
     * @return the algorithm of the bank
     */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Whether the algorithm can be computed.
     *
     * @return false if this bank has no values although the log has digests for it
     */
    public boolean isReplayable() {
        return replayable;
    }

    /**
     * All values.
     *
     * @return those of the PCRs that at least one event extends in this bank
     */
    public PcrBank pcrs() {
        SortedMap<Integer, Bytes> extended = new TreeMap<>();
        for (int pcr = 0; pcr < values.length; pcr++) {
            Bytes value = values[pcr];
            if (value != null) {
                extended.put(pcr, value);
            }
        }
        return new PcrBank(algorithm, extended);
    }

    /**
     * One value.
     *
     * @param pcr the PCR index
     * @return its value, or empty if no event extends the PCR in this bank, or the bank cannot be computed
     */
    public Optional<Bytes> value(int pcr) {
        return pcr < values.length ? Optional.ofNullable(values[pcr]) : Optional.empty();
    }

    /**
     * How many events and userspace records extend a PCR in this bank.
     *
     * @param pcr the PCR index
     * @return the number of those that have a digest of this bank, EV_NO_ACTION events aside
     */
    public int extendCount(int pcr) {
        return pcr < extendCounts.length ? extendCounts[pcr] : 0;
    }
}
