package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is more than a claim about one bank of a log: the events of the PCRs whose values the log reproduces, with their digests,
 * their order in their PCR and their place before or after its separator. It is as true as the PCR values are: {@link #proof}
 * reports whether a quote proves them.
 *
 * <p>The order of events of different PCRs is not proved, nor is the type that an event claims.
 */
public final class VerifiedLog {
    private static final int NO_SEPARATOR = -1;

    private final ReplayedLog replayed;
    private final HashAlgorithm bank;
    private final List<List<VerifiedEvent>> byPcr;
    private final int[] separators = new int[PcrBank.PCR_COUNT];
    private final PcrProof[] proofs = new PcrProof[PcrBank.PCR_COUNT];

    VerifiedLog(ReplayedLog replayed, HashAlgorithm bank) {
        this.replayed = replayed;
        this.bank = bank;
        Arrays.fill(separators, NO_SEPARATOR);
        for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
            proofs[pcr] = replayed.proof(bank, pcr);
        }
        List<@Nullable List<VerifiedEvent>> lists = new ArrayList<>(Collections.nCopies(PcrBank.PCR_COUNT, null));
        for (Event event : replayed.replay().log().events()) {
            if (event.isMeasured() && proofs[(int) event.pcrIndex()] != PcrProof.UNPROVED) {
                event.digest(bank).ifPresent(digest -> add(event, digest.value(), lists));
            }
        }
        this.byPcr = lists.stream()
                .map(events -> events == null ? List.<VerifiedEvent>of() : List.copyOf(events))
                .toList();
    }

    private void add(Event event, Bytes digest, List<@Nullable List<VerifiedEvent>> lists) {
        int pcr = (int) event.pcrIndex();
        List<VerifiedEvent> events = lists.get(pcr);
        if (events == null) {
            events = new ArrayList<>();
            lists.set(pcr, events);
        }
        boolean isAfterSeparator = separators[pcr] != NO_SEPARATOR;
        VerifiedEvent verified = new VerifiedEvent(this, event, digest, isAfterSeparator, proofs[pcr]);
        if (!isAfterSeparator && verified.isSeparator()) {
            separators[pcr] = events.size();
        }
        events.add(verified);
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

    /** {@return whether an event is one of this log, and not of another one or of another bank} */
    public boolean contains(VerifiedEvent event) {
        return event.isOf(this);
    }

    /**
     * The event with a number.
     *
     * @param pcr its PCR, 0 to 23
     * @param number its position in the log, from 0
     * @return the event, or empty if it is of another PCR, has no digest of this bank or its PCR is not reproduced
     */
    public Optional<VerifiedEvent> event(int pcr, int number) {
        List<VerifiedEvent> events = byPcr.get(pcr);
        int low = 0;
        int high = events.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = events.get(middle).number();
            if (found == number) {
                return Optional.of(events.get(middle));
            }
            if (found < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /**
     * The events of a PCR before its first separator.
     *
     * @param pcr the PCR, 0 to 23
     * @return the events in their order; all of them if there is no separator
     * @throws IndexOutOfBoundsException if there is no such PCR
     */
    public List<VerifiedEvent> beforeSeparator(int pcr) {
        List<VerifiedEvent> events = byPcr.get(pcr);
        return separators[pcr] == NO_SEPARATOR ? events : events.subList(0, separators[pcr]);
    }

    /**
     * The first separator of a PCR, and the events after it.
     *
     * @param pcr the PCR, 0 to 23
     * @return the events in their order; empty if there is no separator
     * @throws IndexOutOfBoundsException if there is no such PCR
     */
    public List<VerifiedEvent> fromSeparator(int pcr) {
        List<VerifiedEvent> events = byPcr.get(pcr);
        return separators[pcr] == NO_SEPARATOR ? List.of() : events.subList(separators[pcr], events.size());
    }

    /** {@return the events of all reproduced PCRs, by PCR} */
    public List<VerifiedEvent> events() {
        return byPcr.stream().flatMap(List::stream).toList();
    }

    /**
     * The records of the userspace log that extend a PCR, after all events of the firmware's log. Whoever sends the logs
     * decides which of the two a measurement is in: only the order of all measurements together is as true as the PCR's value.
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

    /** {@return the locality from which TPM2_Startup was sent: 0, 3 or 4; empty if PCR 0 is not reproduced} */
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
}
