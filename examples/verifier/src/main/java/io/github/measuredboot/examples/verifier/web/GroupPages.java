package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.examples.verifier.domain.Fleet;
import io.github.measuredboot.examples.verifier.domain.Group;
import io.github.measuredboot.examples.verifier.domain.GroupDesk;
import io.github.measuredboot.examples.verifier.store.Groups.StateRow;
import io.github.measuredboot.examples.verifier.web.View.GroupRow;
import io.github.measuredboot.examples.verifier.web.View.Member;
import io.github.measuredboot.examples.verifier.web.View.Shown;
import io.github.measuredboot.policy.AttestationRecord.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Groups, their states, and how these are used. */
final class GroupPages {
    private static final int MAX = 200;

    private final Map<String, Fleet.Machine> machines;
    private final Instant now;

    GroupPages(List<Fleet.Machine> machines, Instant now) {
        this.machines = machines.stream()
                .collect(Collectors.toMap(Fleet.Machine::id, machine -> machine, (one, other) -> one, TreeMap::new));
        this.now = now;
    }

    GroupRow row(GroupDesk.Description group) {
        Group policy = group.policy();
        List<Fleet.Machine> members = machines.values().stream()
                .filter(machine -> machine.group().equals(policy.name()))
                .toList();
        MachineTable.Choice choice = new MachineTable.Choice(policy.name(), "", 1);
        return new GroupRow(
                policy.name(),
                Words.trust(policy.trust()),
                Words.reference(policy.reference()),
                policy.secureBootRequired() ? "must be on" : "may be off",
                policy.bank().name(),
                MachineTable.ofEachStatus(members, choice)
                        .filter(count -> count.count() > 0)
                        .toList(),
                group.states().stream()
                        .filter(state -> state.retiredAt().isEmpty())
                        .count());
    }

    View.Group group(GroupDesk.Description group, GroupDesk.Rollout rollout) {
        Map<Long, Integer> accepted = rollout.states().stream()
                .collect(Collectors.toMap(
                        progress -> progress.state().id(),
                        progress -> progress.machines().size()));
        List<StateRow> newestFirst = group.states().stream()
                .sorted(Collections.reverseOrder(Comparator.comparingLong(StateRow::id)))
                .toList();
        return new View.Group(
                row(group),
                Shown.of(
                        newestFirst.stream()
                                .map(state -> state(state, accepted.getOrDefault(state.id(), 0)))
                                .toList(),
                        MAX),
                Shown.of(group.allowedEks(), MAX),
                rollout(group.policy().name(), rollout));
    }

    private View.StateRow state(StateRow state, int accepted) {
        return new View.StateRow(
                state.id(),
                state.label(),
                state.machineId().map(this::member),
                state.sha256(),
                Words.when(state.createdAt(), now),
                state.retiredAt().map(at -> Words.when(at, now)),
                accepted);
    }

    private Member member(String id) {
        Fleet.Machine machine = machines.get(id);
        return machine == null ? new Member(id, id, Status.PENDING) : new Member(id, machine.name(), machine.status());
    }

    View.Rollout rollout(String group, GroupDesk.Rollout rollout) {
        Map<String, Status> statuses = new TreeMap<>();
        machines.forEach((id, machine) -> statuses.put(id, machine.status()));
        return Rollouts.of(group, rollout, statuses, now);
    }
}
