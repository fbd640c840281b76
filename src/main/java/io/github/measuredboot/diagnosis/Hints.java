package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** From what differs to what a person can do. */
final class Hints {

    private final ReplayedLog evidence;
    private final ReferenceState state;
    private final Verdict verdict;
    private final List<Reason> reasons;
    private final Set<Hint> hints = EnumSet.noneOf(Hint.class);

    private Hints(ReplayedLog evidence, ReferenceState state, Verdict verdict, List<Reason> reasons) {
        this.evidence = evidence;
        this.state = state;
        this.verdict = verdict;
        this.reasons = reasons;
    }

    static List<Hint> withoutState(boolean hasValues) {
        return hasValues ? List.of(Hint.NO_REFERENCE_STATE) : List.of(Hint.NO_PCR_VALUES, Hint.NO_REFERENCE_STATE);
    }

    static List<Hint> of(StateDifference difference) {
        Set<Hint> hints = EnumSet.noneOf(Hint.class);
        difference.changes().forEach(change -> hints.add(hint(change)));
        return List.copyOf(hints);
    }

    private static Hint hint(StateChange change) {
        return switch (change.category()) {
            case FIRMWARE_UPDATE -> Hint.FIRMWARE_CHANGED;
            case KEY_ROTATION -> Hint.KEYS_CHANGED;
            case DBX_UPDATE -> Hint.DBX_UPDATE;
            case DBX_ROLLBACK -> Hint.DBX_ROLLBACK;
            case SECURE_BOOT_CHANGED -> Hint.SECURE_BOOT_EVENTS_CHANGED;
            case UKI_CHANGED -> Hint.UKI_CHANGED;
            case BOOT_CHAIN_CHANGED -> Hint.BOOT_CHAIN_CHANGED;
            case COMMAND_LINE_CHANGED -> Hint.COMMAND_LINE_CHANGED;
            case EXTENSIONS_CHANGED -> Hint.EXTENSIONS_CHANGED;
            case USERSPACE_CHANGED -> Hint.USERSPACE_CHANGED;
            case SETTINGS_CHANGED -> Hint.PINNED_SETTINGS_CHANGED;
            case OTHER_COVERAGE -> Hint.OTHER_COVERAGE;
        };
    }

    static List<Hint> of(
            ReplayedLog evidence,
            boolean hasValues,
            ReferenceState state,
            Verdict verdict,
            List<Reason> reasons,
            List<StateChange> accepted) {
        Hints hints = new Hints(evidence, state, verdict, reasons);
        hints.evidence(hasValues);
        hints.replay();
        reasons.forEach(hints::reason);
        hints.machine();
        if (accepted.stream().anyMatch(change -> change.category() == Category.DBX_UPDATE && !change.isClaimed())) {
            hints.hints.add(Hint.DBX_UPDATE);
        }
        return List.copyOf(hints.hints);
    }

    private void evidence(boolean hasValues) {
        if (!hasValues) {
            hints.add(Hint.NO_PCR_VALUES);
        } else if (evidence.quoted().isEmpty()) {
            hints.add(Hint.VALUES_NOT_PROVED);
        } else if (verdict.outcome() == Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE) {
            hints.add(Hint.NOT_ALL_QUOTED);
        }
    }

    private void replay() {
        List<Finding> replays = verdict.findings().stream()
                .filter(finding -> finding.isOf(Rule.REPLAYED) && finding.required())
                .toList();
        List<Finding> wrong = replays.stream().filter(Finding::isRejection).toList();
        boolean hasBank = verdict.rejections().stream().noneMatch(finding -> finding.isOf(Rule.BANK));
        if (wrong.isEmpty() || !hasBank) {
            return;
        }
        hints.add(wrong.size() == replays.size() ? Hint.OTHER_BOOT : Hint.PCRS_NOT_REPRODUCED);
        boolean userspace = wrong.stream()
                .flatMap(finding -> finding.pcrs().stream())
                .anyMatch(Explanation.USERSPACE_PCRS::contains);
        if (userspace && evidence.replay().userspaceLog().isEmpty()) {
            hints.add(Hint.USERSPACE_LOG_MISSING);
        }
    }

    private void reason(Reason reason) {
        Finding finding = reason.finding();
        if (finding.isOf(Rule.BANK)) {
            hints.add(Hint.NO_BANK);
        } else if (finding.isOf(Rule.OTHER_BANKS)) {
            if (reasons.stream().noneMatch(Reason::isReplay)) {
                hints.add(Hint.OTHER_BANKS);
            }
        } else if (finding.isOf(Rule.STATE)) {
            hints.add(Hint.STATE_INCOMPLETE);
        } else if (finding.isOf(Rule.USERSPACE_LOG) || finding.isOf(Rule.USERSPACE_RECORD)) {
            hints.add(evidence.replay().userspaceLog().isEmpty() ? Hint.USERSPACE_LOG_MISSING : Hint.USERSPACE_CHANGED);
        } else if (finding.isOf(Rule.UNEXPECTED_EVENT)) {
            hints.add(Hint.UNEXPECTED_EVENT);
        } else if (finding.isOf(Rule.SECURE_BOOT) && !reason.isConsequence()) {
            hints.add(Hint.SECURE_BOOT_OFF);
        } else {
            reason.changes().forEach(change -> hints.add(hintOf(change)));
        }
    }

    private Hint hintOf(StateChange change) {
        boolean isAddition = change.kind() == Kind.ADDED && !state.isFull();
        return isAddition && change.category() == Category.FIRMWARE_UPDATE
                ? Hint.FIRMWARE_EVENTS_NOT_PINNED
                : isAddition && change.category() == Category.BOOT_CHAIN_CHANGED
                        ? Hint.IMAGES_NOT_PINNED
                        : hint(change);
    }

    private void machine() {
        boolean otherKeys =
                reasons.stream().anyMatch(reason -> reason.finding().isOf(Rule.PK) && !reason.isConsequence());
        if (hints.contains(Hint.FIRMWARE_CHANGED) && otherKeys) {
            hints.add(Hint.OTHER_MACHINE);
        }
        boolean images = reasons.stream().anyMatch(reason -> reason.finding().isOf(Rule.IMAGES));
        if (images && state.profile() == ReferenceState.Profile.UKI && !hasSections()) {
            hints.add(Hint.NO_UKI);
        }
    }

    private boolean hasSections() {
        return evidence.replay().checkedLog().events().stream()
                .filter(event -> event.event().pcrIndex() == ReferenceState.SECTION_PCR)
                .anyMatch(
                        event -> event.claimedData() instanceof IplData ipl && ipl.kind() == IplData.Kind.UKI_SECTION);
    }
}
