package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.domain.Judgement.Outcome;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges what a machine sent. It reads no clock and no database: the same input gives the same judgement. */
public final class Judge {
    private static final int MAX_MESSAGE = 8000;

    /** PCRs that are bound by the digest of the image, so that no rule needs to know them, and must not change in a boot. */
    private static final List<Integer> PINNED = List.of(9, 11);

    private Judge() {}

    /**
     * Judges.
     *
     * @param submission what the machine sent
     * @param signer the key that must have signed it
     * @param states the states that it may be in; the first that accepts it counts
     * @param pins the first-use pins before it
     * @return the judgement
     */
    public static Judgement judge(
            Submission submission, KeyIdentity signer, List<KnownState> states, FirstUsePins pins) {
        try {
            return judge(submission.evaluate(signer), states, pins);
        } catch (MalformedDataException | QuoteRefusedException e) {
            return refused(e, pins);
        }
    }

    static Judgement refused(Exception reason, FirstUsePins pins) {
        return new Judgement(
                Outcome.REFUSED,
                limited(String.valueOf(reason.getMessage())),
                Optional.empty(),
                Optional.empty(),
                pins);
    }

    static Judgement judge(ReplayedLog evidence, List<KnownState> states, FirstUsePins pins) {
        List<Verdict> rejections = new ArrayList<>();
        for (KnownState known : states) {
            Verdict verdict = known.policy().evaluate(evidence);
            if (verdict.isAccepted()) {
                return checkPins(evidence, verdict, known, pins);
            }
            rejections.add(verdict);
        }
        if (rejections.isEmpty()) {
            return rejected("there is no reference state to judge by", Optional.empty(), pins);
        }
        Verdict nearest = nearest(rejections);
        String message = nearest.rejections().stream().map(Finding::message).collect(Collectors.joining("; "));
        return rejected(message.isEmpty() ? nearest.outcome().toString() : message, Optional.of(nearest), pins);
    }

    private static Verdict nearest(List<Verdict> rejections) {
        Verdict nearest = rejections.get(0);
        for (Verdict other : rejections) {
            nearest = other.rejections().size() < nearest.rejections().size() ? other : nearest;
        }
        return nearest;
    }

    private static Judgement rejected(String message, Optional<Verdict> verdict, FirstUsePins pins) {
        return new Judgement(Outcome.REJECTED, limited(message), verdict, Optional.empty(), pins);
    }

    private static Judgement checkPins(ReplayedLog evidence, Verdict verdict, KnownState known, FirstUsePins pins) {
        List<DigestSet> ukis = known.state().ukis();
        Optional<Attest> attest = evidence.quoted().flatMap(quoted -> quoted.attest());
        if (ukis.size() != 1 || attest.isEmpty()) {
            return new Judgement(Outcome.ACCEPTED, "", Optional.of(verdict), Optional.of(known), pins);
        }
        Attest.ClockInfo clock = attest.get().clockInfo();
        FirstUsePins.BootId boot = FirstUsePins.BootId.ofCounts(clock.resetCount(), clock.restartCount());
        FirstUsePins.Result result = pins.check(new FirstUsePins.Scope(boot, ukis.get(0)), pinned(evidence, verdict));
        return result.isAccepted()
                ? new Judgement(Outcome.ACCEPTED, "", Optional.of(verdict), Optional.of(known), result.pins())
                : rejected(message(result), Optional.of(verdict), result.pins());
    }

    private static PcrValues pinned(ReplayedLog evidence, Verdict verdict) {
        Map<Integer, Bytes> values = new TreeMap<>();
        evidence.quoted()
                .ifPresent(quoted -> PINNED.forEach(pcr -> {
                    if (quoted.isQuoted(verdict.bank(), pcr)) {
                        quoted.values().value(verdict.bank(), pcr).ifPresent(value -> values.put(pcr, value));
                    }
                }));
        return new PcrValues(List.of(PcrBank.of(verdict.bank(), values)));
    }

    private static String message(FirstUsePins.Result result) {
        List<String> reasons = new ArrayList<>();
        result.changed()
                .forEach(changed -> reasons.add("PCR " + changed.pcr() + " changed while the machine ran, from "
                        + changed.expected().toHex() + " to " + changed.found().toHex()));
        result.missing().forEach(pcr -> reasons.add("PCR " + pcr + " was quoted before and is not now"));
        if (!result.ukiIsComparable()) {
            reasons.add("the image cannot be compared with that of the pinned PCRs");
        }
        return String.join("; ", reasons);
    }

    private static String limited(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 3) + "...";
    }
}
