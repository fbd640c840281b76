package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The PCRs of one bank after the replay of a log. They are computed once, when the first value is requested. */
public final class ReplayedBank {
    private final HashAlgorithm algorithm;
    private final int[] extendCounts;
    private final Supplier<@Nullable Bytes[]> replay;
    private volatile @Nullable Bytes @Nullable [] values;

    ReplayedBank(HashAlgorithm algorithm, int[] extendCounts, Supplier<@Nullable Bytes[]> replay) {
        this.algorithm = algorithm;
        this.extendCounts = extendCounts;
        this.replay = replay;
    }

    ReplayedBank replayedBy(Supplier<@Nullable Bytes[]> other) {
        return new ReplayedBank(algorithm, extendCounts, other);
    }

    private @Nullable Bytes[] values() {
        @Nullable Bytes[] known = values;
        if (known == null) {
            known = replay.get();
            values = known;
        }
        return known;
    }

    /** {@return the algorithm of the bank} */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * {@return whether the algorithm can be computed: false if this bank has no values although the log has digests for it}
     */
    public boolean isReplayable() {
        return algorithm.isComputable();
    }

    /** {@return the values of the PCRs that at least one event extends in this bank} */
    public PcrBank pcrs() {
        SortedMap<Integer, Bytes> extended = new TreeMap<>();
        @Nullable Bytes[] all = values();
        for (int pcr = 0; pcr < all.length; pcr++) {
            Bytes value = all[pcr];
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
        return extendCount(pcr) > 0 ? Optional.ofNullable(values()[pcr]) : Optional.empty();
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
