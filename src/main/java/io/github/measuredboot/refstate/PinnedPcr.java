package io.github.measuredboot.refstate;

import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.List;
import java.util.Set;

/**
 * What is expected of a PCR.
 *
 * @param pcr the PCR, 0 to 23 except 17 to 22
 * @param mode its mode; only PCR 5 and 7 have a rule for their content
 * @param alternatives the events of good boots, separators included: a boot has to have one of these sequences. Where the mode
 *     pins nothing, they are kept for display, and so that a policy can still pin them
 */
public record PinnedPcr(int pcr, PcrMode mode, List<List<PinnedEvent>> alternatives) {
    private static final Set<Integer> WITH_CONTENT_RULE =
            Set.of(ReferenceState.CONFIGURATION_PCR, ReferenceState.SECURE_BOOT_PCR);

    public PinnedPcr {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        if (pcr < 0 || pcr >= PcrBank.PCR_COUNT) {
            throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (PcrBank.PCR_COUNT - 1));
        }
        if (DynamicPcrStart.applies(pcr)) {
            throw new IllegalArgumentException(
                    "PCR " + pcr + " belongs to a dynamic launch, whose start a state cannot pin");
        }
        if (mode == PcrMode.SEQUENCE && alternatives.isEmpty()) {
            throw new IllegalArgumentException("PCR " + pcr + " is to have a pinned sequence, and none is given");
        }
        if (mode == PcrMode.CONTENT && !WITH_CONTENT_RULE.contains(pcr)) {
            throw new IllegalArgumentException("there is no rule for the content of PCR " + pcr);
        }
    }

    PinnedPcr withMode(PcrMode newMode) {
        return new PinnedPcr(pcr, newMode, alternatives);
    }

    /**
     * {@return whether every event has a digest of a bank}
     *
     * @param bank the bank
     */
    public boolean isPinnedIn(HashAlgorithm bank) {
        return alternatives.stream().allMatch(events -> isPinnedIn(events, bank));
    }

    static boolean isPinnedIn(List<PinnedEvent> events, HashAlgorithm bank) {
        return events.stream().allMatch(event -> event.digests().value(bank).isPresent());
    }
}
