package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.examples.verifier.domain.GroupDesk;
import io.github.measuredboot.examples.verifier.domain.GroupDesk.Progress;
import io.github.measuredboot.examples.verifier.web.View.Member;
import io.github.measuredboot.examples.verifier.web.View.Shown;
import io.github.measuredboot.examples.verifier.web.View.Step;
import io.github.measuredboot.policy.AttestationRecord.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a group has moved to its newest reference state. */
final class Rollouts {
    private static final int MAX = 200;

    private Rollouts() {}

    static View.Rollout of(String group, GroupDesk.Rollout rollout, Map<String, Status> statuses, Instant now) {
        List<Progress> shared = rollout.states().stream()
                .filter(progress -> progress.state().machineId().isEmpty())
                .toList();
        int own = rollout.states().stream()
                .filter(progress -> progress.state().machineId().isPresent())
                .mapToInt(progress -> progress.machines().size())
                .sum();
        Optional<Progress> newest = shared.stream()
                .filter(progress -> progress.state().retiredAt().isEmpty())
                .reduce((first, second) -> second);
        return new View.Rollout(
                group,
                sentence(shared, newest, own, rollout.neverAccepted().size()),
                shared.stream()
                        .map(progress -> step(progress, newest, statuses, now))
                        .toList(),
                members(rollout.neverAccepted(), statuses));
    }

    private static String sentence(List<Progress> shared, Optional<Progress> newest, int own, int never) {
        if (newest.isEmpty()) {
            return own == 0
                    ? "No state is in use for the whole group."
                    : (own == 1 ? "1 machine keeps to the state of its" : own + " machines keep to the states of their")
                            + " own first boot: there is nothing to roll out.";
        }
        int moved = newest.get().machines().size();
        int others = shared.stream()
                .filter(progress -> progress != newest.get())
                .mapToInt(progress -> progress.machines().size())
                .sum();
        String old = others == 0
                ? "nobody boots an older state"
                : Words.counted(others, "machine") + " still " + (others == 1 ? "boots" : "boot") + " an older state";
        return moved + " of " + Words.counted((long) moved + others + own + never, "machine") + " "
                + (moved == 1 ? "was" : "were") + " accepted by the newest state, “"
                + newest.get().state().label() + "”; " + old + (never == 0 ? "." : "; " + never + " never accepted.");
    }

    private static Step step(Progress progress, Optional<Progress> newest, Map<String, Status> statuses, Instant now) {
        String role = progress.state().retiredAt().isPresent()
                ? "retired"
                : newest.filter(other -> other == progress).isPresent() ? "newest" : "old";
        return new Step(
                progress.state().id(),
                progress.state().label(),
                role,
                Words.when(progress.state().createdAt(), now),
                members(progress.machines(), statuses),
                progress.machines().size());
    }

    private static Shown<Member> members(List<GroupDesk.Member> machines, Map<String, Status> statuses) {
        return Shown.of(
                machines.stream()
                        .map(member -> new Member(
                                member.id(), member.name(), statuses.getOrDefault(member.id(), Status.PENDING)))
                        .toList(),
                MAX);
    }
}
