package io.github.measuredboot.policy;

import io.github.measuredboot.policy.Diagnosis.FieldStatus;
import io.github.measuredboot.policy.Diagnosis.PinnedField;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** From findings to what a person can do. */
final class Hints {
    private static final Set<String> KEY_RULES = Set.of("pcr7.pk", "pcr7.kek", "pcr7.db");
    private static final Set<String> USERSPACE_REPLAYS = Set.of("pcr9.replayed", "pcr11.replayed");
    private static final Set<String> EXPLAINED_RULES = Set.of(
            "bank",
            "firmware",
            "pcr4.images",
            "pcr7.secure-boot",
            "pcr7.dbx",
            "pcr7.authority",
            "userspace.digests",
            "unexpected-event");

    private final ReferenceState state;
    private final Verdict verdict;
    private final Set<String> rejecting;
    private final List<PinnedField> fields;
    private final Set<Hint> hints = EnumSet.noneOf(Hint.class);

    private Hints(ReferenceState state, Verdict verdict, List<PinnedField> fields) {
        this.state = state;
        this.verdict = verdict;
        this.fields = fields;
        this.rejecting = failed(verdict);
    }

    /** The rules that reject by what they found, not because it is unproved. */
    static Set<String> failed(Verdict verdict) {
        return verdict.rejections().stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.FAILED)
                .map(Finding::rule)
                .collect(Collectors.toSet());
    }

    static List<Hint> withoutState(boolean hasValues) {
        return hasValues ? List.of(Hint.NO_REFERENCE_STATE) : List.of(Hint.NO_PCR_VALUES, Hint.NO_REFERENCE_STATE);
    }

    static List<Hint> of(
            ReplayedLog replayed,
            boolean hasValues,
            ReferenceState state,
            Verdict verdict,
            Optional<ReferenceStateDiff> difference,
            List<PinnedField> fields) {
        Hints hints = new Hints(state, verdict, fields);
        hints.evidence(replayed, hasValues);
        hints.pcrs(replayed.replay().userspaceLog().isPresent());
        hints.firmware();
        hints.images();
        hints.secureBoot();
        hints.rest(replayed);
        if (difference.isEmpty()) {
            hints.hints.add(Hint.UKI_NOT_CLEAR);
        }
        return List.copyOf(hints.hints);
    }

    private void evidence(ReplayedLog replayed, boolean hasValues) {
        if (!hasValues) {
            hints.add(Hint.NO_PCR_VALUES);
        } else if (replayed.quoted().isEmpty()) {
            hints.add(Hint.VALUES_NOT_PROVED);
        } else if (verdict.outcome() == Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE) {
            hints.add(Hint.NOT_ALL_QUOTED);
        }
    }

    private void pcrs(boolean hasUserspaceLog) {
        Set<Finding> replays = verdict.findings().stream()
                .filter(finding -> isReplay(finding.rule()))
                .collect(Collectors.toCollection(HashSet::new));
        if (!hasUserspaceLog
                && replays.removeIf(finding -> finding.isRejection() && USERSPACE_REPLAYS.contains(finding.rule()))) {
            hints.add(Hint.USERSPACE_LOG_MISSING);
        }
        boolean hasBank = verdict.findings().stream()
                .noneMatch(finding -> finding.rule().equals("bank") && finding.outcome() != Finding.Outcome.PASSED);
        if (!hasBank) {
            hints.add(Hint.NO_COMMON_BANK);
        } else if (replays.stream().allMatch(Finding::isRejection)) {
            hints.add(Hint.OTHER_BOOT);
        } else if (replays.stream().anyMatch(Finding::isRejection)) {
            hints.add(Hint.PCRS_NOT_REPRODUCED);
        }
    }

    private static boolean isReplay(String rule) {
        return rule.endsWith(".replayed");
    }

    private void firmware() {
        List<PinnedField> firmware =
                fields.stream().filter(field -> field.rule().equals("firmware")).toList();
        if (state.firmware().isEmpty()) {
            hints.add(Hint.FIRMWARE_NOT_PINNED);
        } else if (firmware.stream().anyMatch(Hints::isDeviation)) {
            boolean hasBlobs = firmware.stream().anyMatch(field -> !field.name().equals(PinnedFields.SCRTM));
            boolean nothingCommon = firmware.stream()
                    .filter(field -> !hasBlobs || !field.name().equals(PinnedFields.SCRTM))
                    .noneMatch(field -> field.status() == FieldStatus.SAME);
            hints.add(nothingCommon && deviates("pcr7.pk") ? Hint.OTHER_MACHINE : Hint.FIRMWARE_CHANGED);
        }
    }

    private static boolean isDeviation(PinnedField field) {
        return field.status() != FieldStatus.SAME && field.status() != FieldStatus.ACCEPTED;
    }

    private boolean deviates(String rule) {
        return fields.stream().anyMatch(field -> field.rule().equals(rule) && isDeviation(field));
    }

    private void images() {
        List<PinnedField> images = fields.stream()
                .filter(field -> field.rule().equals("pcr4.images"))
                .toList();
        Predicate<PinnedField> isUki = field -> field.name().equals(PinnedFields.UKI);
        int uki = images.stream()
                .filter(isUki)
                .flatMap(field -> field.event().stream())
                .mapToInt(Finding.Place::number)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        for (PinnedField image : images) {
            boolean before = image.event().filter(place -> place.number() < uki).isPresent();
            if (isDeviation(image)) {
                hints.add(hint(image, isUki.test(image), before));
            } else if (image.status() == FieldStatus.ACCEPTED) {
                hints.add(Hint.KERNEL_NOT_PINNED);
            }
        }
    }

    private Hint hint(PinnedField image, boolean isUki, boolean before) {
        if (isUki) {
            return Hint.UKI_CHANGED;
        }
        if (image.name().equals(PinnedFields.KERNEL)) {
            return deviatingUki() ? Hint.UKI_CHANGED : Hint.KERNEL_CHANGED;
        }
        boolean unnamed = image.status() == FieldStatus.UNEXPECTED && before;
        return unnamed && state.uki().imagesBefore().isEmpty() ? Hint.LOADER_NOT_PINNED : Hint.BOOT_CHAIN_CHANGED;
    }

    private boolean deviatingUki() {
        return fields.stream().anyMatch(field -> field.name().equals(PinnedFields.UKI) && isDeviation(field));
    }

    private void secureBoot() {
        if (deviates("pcr7.secure-boot")) {
            hints.add(Hint.SECURE_BOOT_OFF);
        }
        if (KEY_RULES.stream().anyMatch(this::deviates)) {
            hints.add(Hint.KEYS_CHANGED);
        }
        if (rejecting.contains("pcr7.authority")) {
            hints.add(Hint.AUTHORITY_UNKNOWN);
        }
        if (deviates("pcr7.dbx")) {
            hints.add(Hint.DBX_ROLLBACK);
        } else if (fields.stream()
                .anyMatch(field -> field.rule().equals("pcr7.dbx") && field.status() == FieldStatus.ACCEPTED)) {
            hints.add(Hint.DBX_GREW);
        }
    }

    private void rest(ReplayedLog replayed) {
        if (rejecting.contains("userspace.digests")) {
            boolean hasLog = replayed.replay().userspaceLog().isPresent();
            hints.add(hasLog ? Hint.USERSPACE_CHANGED : Hint.USERSPACE_LOG_MISSING);
        }
        if (rejecting.contains("unexpected-event")) {
            hints.add(Hint.UNEXPECTED_EVENT);
        }
        if (verdict.rejections().stream().anyMatch(Hints::isOfOtherRule)) {
            hints.add(Hint.OTHER_RULES);
        }
    }

    private static boolean isOfOtherRule(Finding finding) {
        boolean unproved = finding.outcome() == Finding.Outcome.NOT_EVALUATED
                && !finding.pcrs().isEmpty()
                && finding.proof() == PcrProof.UNPROVED;
        return !unproved
                && !isReplay(finding.rule())
                && !KEY_RULES.contains(finding.rule())
                && !EXPLAINED_RULES.contains(finding.rule());
    }
}
