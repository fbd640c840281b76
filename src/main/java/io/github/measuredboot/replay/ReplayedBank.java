package io.github.measuredboot.replay;

import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.List;

/** The PCRs of one bank after the replay of a log. */
public final class ReplayedBank {
    private final PcrBank bank;
    private final List<Integer> extendCounts;
    private final boolean replayable;

    ReplayedBank(PcrBank bank, List<Integer> extendCounts, boolean replayable) {
        this.bank = bank;
        this.extendCounts = extendCounts;
        this.replayable = replayable;
    }

    /**
     * The hash algorithm.
     *
     * @return the algorithm of the bank
     */
    public HashAlgorithm algorithm() {
        return bank.algorithm();
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
     * The values.
     *
     * @return those of the PCRs that at least one event extends in this bank
     */
    public PcrBank pcrs() {
        return bank;
    }

    /**
     * How many events of the log extend a PCR in this bank.
     *
     * @param pcr the PCR index, 0 to 23
     * @return the number of events that have a digest of this bank and are not EV_NO_ACTION
     */
    public int extendCount(int pcr) {
        return extendCounts.get(pcr);
    }
}
