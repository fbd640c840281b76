package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** PCR 0, and the firmware blobs of PCR 2, which must come before its separator. */
final class FirmwareClauses {
    private static final int PCR = 0;
    private static final int DRIVER_PCR = ReferenceState.DRIVER_PCR;

    private FirmwareClauses() {}

    static EventClause firmware(List<Firmware> alternatives, boolean toleratesUnpinned) {
        return log -> {
            for (Firmware firmware : alternatives) {
                if (matches(firmware, log, toleratesUnpinned)) {
                    return Judgement.passed(
                            log.events(PCR), "a firmware of the state: " + describe(firmware), Constraint.PINNED);
                }
            }
            return difference(alternatives, log, toleratesUnpinned);
        };
    }

    static EventClause startupLocality(List<Firmware> alternatives, boolean toleratesUnpinned) {
        return log -> {
            OptionalInt found = log.startupLocality();
            List<Firmware> matching = alternatives.stream()
                    .filter(firmware -> matches(firmware, log, toleratesUnpinned))
                    .toList();
            boolean met = matching.isEmpty()
                    || matching.stream()
                            .anyMatch(firmware -> firmware.startupLocality().isEmpty()
                                    || firmware.startupLocality().equals(found));
            String expected = "the TPM started from locality "
                    + String.join(
                            " or ",
                            matching.stream()
                                    .flatMapToInt(firmware -> firmware.startupLocality().stream())
                                    .mapToObj(String::valueOf)
                                    .distinct()
                                    .toList());
            return met
                    ? Judgement.passed(
                            List.of(),
                            matching.stream()
                                            .allMatch(firmware ->
                                                    firmware.startupLocality().isEmpty())
                                    ? "any startup locality, for the state pins none"
                                    : expected,
                            Constraint.PINNED)
                    : Judgement.failed(List.of(), expected, "locality " + found.orElse(0));
        };
    }

    private static boolean matches(Firmware firmware, VerifiedLog log, boolean toleratesUnpinned) {
        HashAlgorithm bank = log.bank();
        if (firmware.isFull()) {
            return Clauses.isSequence(bank, firmware.pcr0(), log.events(PCR)) && hasBlobs(firmware.pcr2(), log);
        }
        return firmware.isPinnedIn(bank) && new ShortFirmware(firmware, log, toleratesUnpinned).matches();
    }

    private static boolean hasBlobs(List<PinnedEvent> blobs, VerifiedLog log) {
        return blobs.isEmpty()
                || (isSeparated(log) && Clauses.isSubsequence(log.bank(), blobs, log.beforeSeparator(DRIVER_PCR)));
    }

    private static boolean isSeparated(VerifiedLog log) {
        return !log.fromSeparator(DRIVER_PCR).isEmpty();
    }

    private static Judgement difference(List<Firmware> alternatives, VerifiedLog log, boolean toleratesUnpinned) {
        HashAlgorithm bank = log.bank();
        List<VerifiedEvent> found = log.events(PCR);
        List<List<PinnedEvent>> full = alternatives.stream()
                .filter(Firmware::isFull)
                .map(Firmware::pcr0)
                .toList();
        if (!full.isEmpty()) {
            Judgement ofPcr0 = Clauses.judgeSequence(bank, found, found, full);
            return ofPcr0.isPassed()
                    ? Judgement.failed(
                            List.of(),
                            "the firmware blobs of the state before the separator of PCR 2: "
                                    + Clauses.describePinned(
                                            bank,
                                            alternatives.stream()
                                                    .flatMap(firmware -> firmware.pcr2().stream())
                                                    .distinct()
                                                    .toList()),
                            Clauses.describe(log.beforeSeparator(DRIVER_PCR)))
                    : ofPcr0;
        }
        return alternatives.stream()
                .filter(firmware -> firmware.isPinnedIn(bank))
                .findFirst()
                .map(firmware -> new ShortFirmware(firmware, log, toleratesUnpinned).difference())
                .orElseGet(() -> Judgement.failed(List.of(), "a firmware", "a state that pins none in " + bank));
    }

    private static String describe(Firmware firmware) {
        return firmware.isFull()
                ? firmware.pcr0().size() + " events in PCR 0, "
                        + firmware.pcr2().size() + " blobs in PCR 2"
                : "the S-CRTM version and " + firmware.platformFirmware().size() + " blobs";
    }

    /**
     * A firmware of which the state knows the version, and the blobs of PCR 0 and 2 in the order of the log, but not which is
     * in which PCR.
     */
    private static final class ShortFirmware {
        private final VerifiedLog log;
        private final HashAlgorithm bank;
        private final DigestSet version;
        private final List<VerifiedEvent> unpinned = new ArrayList<>();
        private final List<DigestSet> missing;
        private final boolean isSeparated;
        private final boolean lacksVersion;
        private final boolean toleratesUnpinned;

        ShortFirmware(Firmware firmware, VerifiedLog log, boolean toleratesUnpinned) {
            this.log = log;
            this.bank = log.bank();
            this.version = firmware.scrtm();
            this.toleratesUnpinned = toleratesUnpinned;
            List<DigestSet> rest = new ArrayList<>(firmware.platformFirmware());
            int from = 0;
            boolean hasVersion = version.isEmpty();
            boolean separated = false;
            for (VerifiedEvent event : log.events(PCR)) {
                if (event.isSeparator()) {
                    separated = true;
                    continue;
                }
                int index = event.isAfterSeparator() ? -1 : indexOf(rest, from, event);
                if (index >= 0) {
                    rest.remove(index);
                    from = index;
                } else if (version.contains(bank, event.digest()) && !event.isAfterSeparator()) {
                    hasVersion = true;
                } else {
                    unpinned.add(event);
                }
            }
            this.isSeparated = separated;
            this.lacksVersion = !hasVersion;
            this.missing = missingIn(rest);
        }

        private int indexOf(List<DigestSet> blobs, int from, VerifiedEvent event) {
            for (int i = from; i < blobs.size(); i++) {
                if (blobs.get(i).contains(bank, event.digest())) {
                    return i;
                }
            }
            return -1;
        }

        /** What PCR 0 does not have must be in PCR 2, in order, before its separator. */
        private List<DigestSet> missingIn(List<DigestSet> blobs) {
            int next = 0;
            if (!blobs.isEmpty() && FirmwareClauses.isSeparated(log)) {
                for (VerifiedEvent event : log.beforeSeparator(DRIVER_PCR)) {
                    if (next < blobs.size() && blobs.get(next).contains(bank, event.digest())) {
                        next++;
                    }
                }
            }
            return blobs.subList(next, blobs.size());
        }

        boolean matches() {
            return isSeparated && !lacksVersion && missing.isEmpty() && (unpinned.isEmpty() || toleratesUnpinned);
        }

        Judgement difference() {
            if (lacksVersion) {
                return Judgement.failed(
                        unpinned, "the S-CRTM version " + version.only(bank), Clauses.describe(unpinned));
            }
            if (!missing.isEmpty()) {
                return Judgement.failed(
                        unpinned,
                        "firmware blobs before the separator: "
                                + Clauses.listed(
                                        missing, blob -> blob.only(bank).toString()),
                        Clauses.describe(unpinned));
            }
            if (!isSeparated) {
                return Judgement.failed(List.of(), "a separator in PCR 0", "none");
            }
            return Judgement.failed(
                    unpinned,
                    "no event in PCR 0 that the state does not pin; PolicyOptions.allowUnpinnedFirmwareEvents"
                            + " (--allow-unpinned-firmware-events) tolerates them, as the tool in the field does",
                    Clauses.describe(unpinned));
        }
    }
}
