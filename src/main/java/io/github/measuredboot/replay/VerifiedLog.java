package io.github.measuredboot.replay;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is more than a claim about one bank of a log: the events of the PCRs whose values the log reproduces, with their digests,
 * their order in their PCR and their place before or after its separator. It is as true as the PCR values are: {@link #proof}
 * says whether a quote proves them.
 *
 * <p>The order of events of different PCRs is not proved, and nor is the type that an event claims.
 */
public final class VerifiedLog {
    private final ReplayedLog replayed;
    private final HashAlgorithm bank;
    private final List<List<VerifiedEvent>> byPcr;
    private final PcrProof[] proofs = new PcrProof[BankReplay.PCR_COUNT];

    VerifiedLog(ReplayedLog replayed, HashAlgorithm bank) {
        this.replayed = replayed;
        this.bank = bank;
        List<List<VerifiedEvent>> lists = new ArrayList<>(BankReplay.PCR_COUNT);
        boolean[] separated = new boolean[BankReplay.PCR_COUNT];
        for (int pcr = 0; pcr < BankReplay.PCR_COUNT; pcr++) {
            lists.add(new ArrayList<>());
            proofs[pcr] = replayed.proof(bank, pcr);
        }
        for (Event event : replayed.replay().log().events()) {
            if (event.isMeasured() && proofs[(int) event.pcrIndex()] != PcrProof.UNPROVED) {
                int pcr = (int) event.pcrIndex();
                Optional<Digest> digest = event.digest(bank);
                if (digest.isPresent()) {
                    VerifiedEvent verified =
                            new VerifiedEvent(this, event, digest.get().value(), separated[pcr], proofs[pcr]);
                    separated[pcr] |= verified.isSeparator();
                    lists.get(pcr).add(verified);
                }
            }
        }
        this.byPcr = lists.stream().map(List::copyOf).toList();
    }

    /** {@return the bank} */
    public HashAlgorithm bank() {
        return bank;
    }

    /**
     * How far a PCR is proved.
     *
     * @param pcr the PCR, 0 to 23
     * @return the proof
     * @throws IndexOutOfBoundsException if there is no such PCR
     */
    public PcrProof proof(int pcr) {
        return proofs[pcr];
    }

    /**
     * The events of a PCR.
     *
     * @param pcr the PCR, 0 to 23
     * @return the events in the order in which they extended it; empty if the PCR is not reproduced
     * @throws IndexOutOfBoundsException if there is no such PCR
     */
    public List<VerifiedEvent> events(int pcr) {
        return byPcr.get(pcr);
    }

    /** {@return the events of all reproduced PCRs, by PCR} */
    public List<VerifiedEvent> events() {
        return byPcr.stream().flatMap(List::stream).toList();
    }

    /**
     * The digests that the userspace log extended into a PCR after the firmware's log had ended.
     *
     * @param pcr the PCR, 0 to 23
     * @return the records in their order; empty if the PCR is not reproduced or there is no userspace log
     */
    public List<CelRecord> userspaceRecords(int pcr) {
        if (proofs[pcr] == PcrProof.UNPROVED) {
            return List.of();
        }
        return replayed.replay().userspaceLog().map(UserspaceLog::records).orElse(List.of()).stream()
                .filter(entry -> entry.register() instanceof CelRecord.Register.Pcr register
                        && register.index() == pcr
                        && entry.digest(bank).isPresent())
                .toList();
    }

    /**
     * The locality from which TPM2_Startup was sent.
     *
     * @return 0, 3 or 4; empty if PCR 0 is not reproduced
     */
    public OptionalInt startupLocality() {
        return replayed.startupLocality(bank);
    }

    /**
     * The start of a PCR from 17 to 22. A rule for what a dynamic launch measured has to ask for zeros: without a launch, software
     * can extend the same digests from ones.
     *
     * @param pcr the PCR
     * @return the start that the value of the PCR shows; empty for other PCRs, and if no event extends the PCR or it is not
     *     reproduced
     */
    public Optional<DynamicPcrStart> dynamicPcrStart(int pcr) {
        return replayed.dynamicPcrStart(bank, pcr);
    }

    /** {@return the log with all that it claims, whether its PCRs are reproduced or not} */
    public CheckedLog claims() {
        return replayed.replay().checkedLog();
    }

    /** {@return how many PCRs are proved how far; proofs without a PCR are left out} */
    public Map<PcrProof, Integer> proofs() {
        Map<PcrProof, Integer> counts = new EnumMap<>(PcrProof.class);
        for (PcrProof proof : proofs) {
            counts.merge(proof, 1, Integer::sum);
        }
        return counts;
    }
}
