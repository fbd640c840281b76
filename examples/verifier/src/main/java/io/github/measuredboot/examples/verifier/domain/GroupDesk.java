package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.Groups.StateRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.refstate.ReferenceState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What operators do with groups: their policies, their reference states, and the way from one image to the next. */
public final class GroupDesk {
    private static final int MAX_ACTIVE_STATES = 16;
    private static final int MAX_LABEL = 128;

    /**
     * A group.
     *
     * @param policy its policy
     * @param allowedEks the endorsement keys on its list
     * @param states its reference states, the oldest first
     */
    public record Description(Group policy, List<String> allowedEks, List<StateRow> states) {}

    /**
     * A machine in a rollout.
     *
     * @param id its id
     * @param name its name
     */
    public record Member(String id, String name) {}

    /**
     * A state, and the machines that it accepted last.
     *
     * @param state the state
     * @param machines the machines
     */
    public record Progress(StateRow state, List<Member> machines) {}

    /**
     * How far a group has moved.
     *
     * @param states the active states, the oldest first
     * @param neverAccepted machines that no state has accepted yet
     */
    public record Rollout(List<Progress> states, List<Member> neverAccepted) {}

    private final Database database;
    private final Timing timing;

    GroupDesk(Database database, Timing timing) {
        this.database = database;
        this.timing = timing;
    }

    /** Makes a group, or changes its policy. */
    public void put(Group group, List<String> allowedEks) {
        database.inTransaction(handle -> {
            Groups.put(handle, group.toRow());
            Groups.allow(handle, group.name(), allowedEks);
            return group;
        });
    }

    /** {@return all groups} */
    public List<Description> groups() {
        return database.read(handle -> Groups.all(handle).stream()
                .map(row -> describe(handle, Group.of(row)))
                .toList());
    }

    /** {@return one group} */
    public Description group(String name) {
        return database.read(handle -> describe(handle, require(handle, name)));
    }

    private static Description describe(Handle handle, Group group) {
        return new Description(group, Groups.allowed(handle, group.name()), Groups.states(handle, group.name()));
    }

    static Group require(Handle handle, String name) {
        return Groups.find(handle, name)
                .map(Group::of)
                .orElseThrow(() -> new RequestRefusedException(Reason.NOT_FOUND, "there is no such group"));
    }

    /**
     * Adds a state that is accepted from now on, beside the others.
     *
     * @param machine the machine that it is for; for all of the group if there is none
     */
    public long addState(String group, Optional<String> machine, String label, byte[] json) {
        if (label.isBlank() || label.length() > MAX_LABEL) {
            throw new RequestRefusedException(Reason.INVALID, "a label has 1 to " + MAX_LABEL + " characters");
        }
        ReferenceState state = parse(json);
        byte[] stored = state.isFull()
                ? ReferenceStateJson.write(state, ReferenceStateJson.Form.FULL).getBytes(StandardCharsets.UTF_8)
                : json;
        return database.inTransaction(handle -> {
            require(handle, group);
            boolean isOfGroup = machine.map(id -> Machines.byId(handle, id)
                            .filter(row -> row.groupName().equals(group))
                            .isPresent())
                    .orElse(true);
            if (!isOfGroup) {
                throw Fleet.unknown();
            }
            if (Groups.activeStates(handle, group, machine.orElse("")).size() >= MAX_ACTIVE_STATES) {
                throw new RequestRefusedException(
                        Reason.CONFLICT,
                        "a machine is compared with at most " + MAX_ACTIVE_STATES + " states: retire one");
            }
            return Groups.addState(handle, group, machine, label, Blobs.put(handle, stored), timing.now());
        });
    }

    private static ReferenceState parse(byte[] json) {
        try {
            return ReferenceStateJson.parse(Bytes.wrap(json)).state();
        } catch (MalformedDataException e) {
            throw new RequestRefusedException(Reason.INVALID, "no reference state: " + e.getMessage());
        }
    }

    /** {@return the JSON of a state} */
    public byte[] state(String group, long id) {
        return database.read(handle -> Groups.state(handle, id)
                .filter(row -> row.groupName().equals(group))
                .flatMap(row -> Blobs.find(handle, row.sha256()))
                .orElseThrow(GroupDesk::unknownState));
    }

    /** Accepts a state no more. It is kept for the verdicts that were given by it. */
    public void retire(String group, long id) {
        database.inTransaction(handle -> {
            if (!Groups.retire(handle, group, id, timing.now())) {
                throw unknownState();
            }
            return id;
        });
    }

    private static RequestRefusedException unknownState() {
        return new RequestRefusedException(Reason.NOT_FOUND, "there is no such state in use");
    }

    /** {@return which machine was accepted last by which state} */
    public Rollout rollout(String name) {
        return database.read(handle -> {
            require(handle, name);
            Map<Long, List<Member>> byState = new LinkedHashMap<>();
            List<Member> never = new ArrayList<>();
            Machines.ofGroup(handle, name)
                    .forEach(row -> Attestations.lastAcceptedBy(handle, row.id())
                            .map(id -> byState.computeIfAbsent(id, state -> new ArrayList<>()))
                            .orElse(never)
                            .add(new Member(row.id(), row.name())));
            List<Progress> progress = Groups.states(handle, name).stream()
                    .filter(state -> state.retiredAt().isEmpty() || byState.containsKey(state.id()))
                    .map(state -> new Progress(state, byState.getOrDefault(state.id(), List.of())))
                    .toList();
            return new Rollout(progress, never);
        });
    }
}
