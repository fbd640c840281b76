package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values of PCRs that no rule covers, such as 11, pinned when they are first seen. Within one boot and one UKI they have to
 * stay as they are; with a new boot or a new UKI they are pinned again, and {@link Result#repinned()} gives the reason.
 *
 * <p>A pin that cannot be compared is never an acceptance: where the UKI's digest or a PCR's value is known only in a bank
 * other than the pinned one, the result is not accepted, and the pins stay.
 *
 * <p>This detects a PCR that is extended while the machine runs, and nothing else: what was wrong when it was pinned is not
 * detected. The values should be those of a verified quote.
 *
 * @param scope the boot and the UKI that the values belong to; empty if nothing was pinned yet
 * @param values the pinned values
 */
public record FirstUsePins(Optional<Scope> scope, PcrValues values) {
    /** Nothing is pinned. */
    public static final FirstUsePins NONE = new FirstUsePins(Optional.empty(), new PcrValues(List.of()));

    /**
     * The identity of one boot of one machine. It can only be compared.
     *
     * @param id any text that is different for every boot
     */
    public record BootId(String id) {
        /**
         * A boot by the TPM's own counters, as a quote proves them (TPMS_CLOCK_INFO, TPM 2.0 part 2, 10.11.1). The second one
         * also counts resumes from suspend, so a machine that was suspended has its PCRs pinned again.
         *
         * @param resetCount TPM Resets since TPM2_Clear
         * @param restartCount TPM Restarts and TPM Resumes since the last TPM Reset
         * @return the boot
         */
        public static BootId ofCounts(long resetCount, long restartCount) {
            return new BootId("reset " + resetCount + ", restart " + restartCount);
        }
    }

    /**
     * The scope within which pins hold.
     *
     * @param boot the boot
     * @param uki the digests of the UKI that booted
     */
    public record Scope(BootId boot, DigestSet uki) {}

    /** Why values were pinned again. */
    public enum Reason {
        /** Nothing was pinned before. */
        FIRST_USE,
        /** The boot is a different one. */
        NEW_BOOT,
        /** The boot is the same but the UKI is a different one, which no boot can cause. */
        NEW_UKI
    }

    /**
     * One PCR of one bank.
     *
     * @param algorithm the bank
     * @param pcr the index
     */
    public record Pcr(HashAlgorithm algorithm, int pcr) {
        @Override
        public String toString() {
            return algorithm + ":" + pcr;
        }
    }

    /**
     * A PCR whose value is not the pinned one.
     *
     * @param pcr the PCR
     * @param expected the pinned value
     * @param found the value now
     */
    public record ChangedPcr(Pcr pcr, Bytes expected, Bytes found) {}

    /** The result of a check. */
    public static final class Result {
        private final FirstUsePins pins;
        private final Optional<Reason> repinned;
        private final boolean ukiIsComparable;
        private final List<Pcr> newlyPinned;
        private final List<Pcr> matched;
        private final List<ChangedPcr> changed;
        private final List<Pcr> missing;

        private Result(
                FirstUsePins pins,
                Optional<Reason> repinned,
                boolean ukiIsComparable,
                List<Pcr> newlyPinned,
                List<Pcr> matched,
                List<ChangedPcr> changed,
                List<Pcr> missing) {
            newlyPinned = List.copyOf(newlyPinned);
            matched = List.copyOf(matched);
            changed = List.copyOf(changed);
            missing = List.copyOf(missing);
            this.pins = pins;
            this.repinned = repinned;
            this.ukiIsComparable = ukiIsComparable;
            this.newlyPinned = newlyPinned;
            this.matched = matched;
            this.changed = changed;
            this.missing = missing;
        }

        /** {@return the pins to keep from now on. A value that changed does not replace the pinned one} */
        public FirstUsePins pins() {
            return pins;
        }

        /** {@return why all values were pinned again; empty if the earlier pins hold} */
        public Optional<Reason> repinned() {
            return repinned;
        }

        /**
         * {@return whether the UKI could be compared with the one that the pins belong to. If not, for example because its
         * digest is in another bank, nothing is pinned and nothing is accepted}
         */
        public boolean ukiIsComparable() {
            return ukiIsComparable;
        }

        /** {@return PCRs that had no pin in this boot and UKI, and have one now} */
        public List<Pcr> newlyPinned() {
            return newlyPinned;
        }

        /** {@return PCRs that have the pinned value} */
        public List<Pcr> matched() {
            return matched;
        }

        /** {@return PCRs that have another value} */
        public List<ChangedPcr> changed() {
            return changed;
        }

        /** {@return PCRs that are pinned and have no value now, or only one in another bank} */
        public List<Pcr> missing() {
            return missing;
        }

        /**
         * {@return whether every pin was compared and none is broken: true if the UKI could be compared, nothing changed and nothing is missing}
         */
        public boolean isAccepted() {
            return ukiIsComparable && changed.isEmpty() && missing.isEmpty();
        }
    }

    /**
     * Validates the components.
     *
     * @param scope the boot and the UKI that the values belong to
     * @param values the pinned values
     * @throws IllegalArgumentException if there are values without a scope
     */
    public FirstUsePins {
        if (scope.isEmpty() && !values.banks().isEmpty()) {
            throw new IllegalArgumentException("pinned values without the boot they belong to");
        }
    }

    /**
     * Compares values with the pins, and pins those that have no pin.
     *
     * @param now the boot and the UKI that the values come from
     * @param found the values of the PCRs to pin, and of no others
     * @return what matched, what did not, and the pins from now on
     */
    public Result check(Scope now, PcrValues found) {
        Optional<Reason> repinned = reasonToPinAgain(now);
        boolean ukiIsComparable = repinned.isPresent() || isSameUki(now);
        PcrValues pinned = repinned.isPresent() ? NONE.values : values;
        List<Pcr> newlyPinned = new ArrayList<>();
        List<Pcr> matched = new ArrayList<>();
        List<ChangedPcr> changed = new ArrayList<>();
        for (PcrBank bank : found.banks()) {
            bank.values().forEach((index, value) -> {
                Pcr pcr = new Pcr(bank.algorithm(), index);
                Optional<Bytes> pin = pinned.value(bank.algorithm(), index);
                if (pin.isEmpty()) {
                    if (ukiIsComparable) {
                        newlyPinned.add(pcr);
                    }
                } else if (pin.get().equals(value)) {
                    matched.add(pcr);
                } else {
                    changed.add(new ChangedPcr(pcr, pin.get(), value));
                }
            });
        }
        FirstUsePins pins = ukiIsComparable
                ? new FirstUsePins(repinned.isPresent() ? Optional.of(now) : scope, merged(pinned, found))
                : this;
        return new Result(pins, repinned, ukiIsComparable, newlyPinned, matched, changed, missing(pinned, found));
    }

    private Optional<Reason> reasonToPinAgain(Scope now) {
        if (scope.isEmpty()) {
            return Optional.of(Reason.FIRST_USE);
        }
        Scope before = scope.get();
        if (!before.boot().equals(now.boot())) {
            return Optional.of(Reason.NEW_BOOT);
        }
        boolean isOtherUki = before.uki().compareWith(now.uki()) == DigestSet.Match.DIFFERENT;
        return isOtherUki ? Optional.of(Reason.NEW_UKI) : Optional.empty();
    }

    private boolean isSameUki(Scope now) {
        return scope.filter(before -> before.uki().compareWith(now.uki()) == DigestSet.Match.EQUAL)
                .isPresent();
    }

    private static List<Pcr> missing(PcrValues pinned, PcrValues found) {
        List<Pcr> missing = new ArrayList<>();
        for (PcrBank bank : pinned.banks()) {
            for (int index : bank.values().keySet()) {
                if (found.value(bank.algorithm(), index).isEmpty()) {
                    missing.add(new Pcr(bank.algorithm(), index));
                }
            }
        }
        return missing;
    }

    private static PcrValues merged(PcrValues pinned, PcrValues found) {
        List<PcrBank> banks = new ArrayList<>();
        for (PcrBank bank : pinned.banks()) {
            Map<Integer, Bytes> values = found.bank(bank.algorithm())
                    .<Map<Integer, Bytes>>map(seen -> new TreeMap<>(seen.values()))
                    .orElseGet(TreeMap::new);
            values.putAll(bank.values());
            banks.add(PcrBank.of(bank.algorithm(), values));
        }
        for (PcrBank bank : found.banks()) {
            if (pinned.bank(bank.algorithm()).isEmpty()) {
                banks.add(bank);
            }
        }
        return new PcrValues(banks);
    }
}
