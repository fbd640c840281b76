package io.github.measuredboot.diagnosis;

import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Why a boot is rejected: a finding of the policy, and what differs from the reference state, event by event. */
public final class Reason {
    private final Finding finding;
    private final List<StateChange> changes;
    private final List<String> explanation;

    Reason(Finding finding, List<StateChange> changes, List<String> explanation) {
        this.finding = finding;
        this.changes = List.copyOf(changes);
        this.explanation = List.copyOf(explanation);
    }

    /** {@return the id of the rule that rejects, as in the finding} */
    public String id() {
        return finding.rule();
    }

    /** {@return the finding} */
    public Finding finding() {
        return finding;
    }

    /**
     * {@return what differs; nothing if the finding is not about events of the log}
     *
     * <p>If the log does not give the PCR values, these are claims of the log ({@link StateChange#isClaimed}), and thus of any
     * attacker who sent the log.
     */
    public List<StateChange> changes() {
        return changes;
    }

    /** {@return what may be the cause, in sentences, if the finding is about a PCR value that the log does not give} */
    public List<String> explanation() {
        return explanation;
    }

    /** {@return whether this is only so because the log does not give the value of a PCR} */
    boolean isConsequence() {
        return finding.outcome() == Finding.Outcome.NOT_EVALUATED
                && changes.isEmpty()
                && !finding.pcrs().isEmpty();
    }

    boolean isClaimed() {
        return !changes.isEmpty() && changes.get(0).isClaimed();
    }

    boolean isReplay() {
        return finding.isOf(Rule.REPLAYED);
    }

    /** {@return why, in a printable phrase without digests and values: the first change and where it is} */
    public String headline() {
        if (changes.isEmpty()) {
            return message();
        }
        StateChange first = changes.get(0);
        return first.headline()
                + (first.places().isEmpty() ? "" : " (" + String.join(", ", first.places()) + ")")
                + (changes.size() == 1 ? "" : " and " + (changes.size() - 1) + " more");
    }

    /** {@return why, in a printable phrase: the first change, or what the rule expects and what it found} */
    public String message() {
        String pcrs = finding.pcrs().stream().map(String::valueOf).collect(Collectors.joining(" and "));
        if (isReplay()) {
            return "the log does not give the value of PCR " + pcrs + " (" + finding.found() + ")";
        }
        if (!changes.isEmpty()) {
            return changes.get(0).message() + (changes.size() > 1 ? " and " + (changes.size() - 1) + " more" : "");
        }
        if (finding.isOf(Rule.STATE)) {
            return "the reference state lacks " + finding.found().replaceFirst("^it lacks: ", "");
        }
        String description = Arrays.stream(Rule.values())
                .filter(finding::isOf)
                .map(Rule::description)
                .findFirst()
                .orElse(finding.rule());
        return isConsequence()
                ? description + ": cannot be judged, for the log does not give the value of PCR " + pcrs
                : description + (pcrs.isEmpty() ? "" : " (PCR " + pcrs + ")") + ": expected " + finding.expected()
                        + ", found " + finding.found();
    }

    @Override
    public String toString() {
        return message();
    }
}
