package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * What is expected of a PCR.
 *
 * @param pcr the PCR, 0 to 23 but for 17 to 22
 * @param mode its mode
 * @param alternatives the events of good boots, separators included: a boot has to have one of these sequences. Where the mode
 *     pins nothing they are kept for display, and so that a policy can pin them all the same
 */
public record PinnedPcr(int pcr, PcrMode mode, List<List<PinnedEvent>> alternatives) {
    /**
     * Checks.
     *
     * @param pcr the PCR, 0 to 23
     * @param mode its mode
     * @param alternatives the events of good boots
     * @throws IllegalArgumentException if there is no such PCR, it is one of a dynamic launch (17 to 22), or a sequence is to be
     *     pinned and there is none
     */
    public PinnedPcr {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        if (pcr < 0 || pcr >= Event.PCR_COUNT) {
            throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (Event.PCR_COUNT - 1));
        }
        if (DynamicPcrStart.applies(pcr)) {
            throw new IllegalArgumentException(
                    "PCR " + pcr + " belongs to a dynamic launch, whose start a state cannot pin");
        }
        if (mode == PcrMode.SEQUENCE && alternatives.isEmpty()) {
            throw new IllegalArgumentException("PCR " + pcr + " is to have a pinned sequence, and none is given");
        }
    }

    /**
     * The same in another mode.
     *
     * @param newMode the mode
     * @return the new expectation
     * @throws IllegalArgumentException if a sequence is to be pinned and there is none
     */
    public PinnedPcr withMode(PcrMode newMode) {
        return new PinnedPcr(pcr, newMode, alternatives);
    }

    /**
     * Whether all events are pinned in a bank.
     *
     * @param bank the bank
     * @return true if no event lacks a digest of it
     */
    public boolean isPinnedIn(HashAlgorithm bank) {
        return alternatives.stream().allMatch(events -> isPinnedIn(events, bank));
    }

    static boolean isPinnedIn(List<PinnedEvent> events, HashAlgorithm bank) {
        return events.stream().allMatch(event -> event.digests().value(bank).isPresent());
    }

    PinnedPcr onlyBank(HashAlgorithm bank) {
        return new PinnedPcr(
                pcr,
                mode,
                alternatives.stream().map(events -> onlyBank(events, bank)).toList());
    }

    static List<PinnedEvent> onlyBank(List<PinnedEvent> events, HashAlgorithm bank) {
        return events.stream().map(event -> event.onlyBank(bank)).toList();
    }
}
