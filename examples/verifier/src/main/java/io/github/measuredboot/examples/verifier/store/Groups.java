package io.github.measuredboot.examples.verifier.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The tables of groups and of their reference states. */
public final class Groups {
    private static final String SELECT =
            "SELECT name, trust, reference, secure_boot_required, bank FROM machine_group ";
    private static final String SELECT_STATE =
            "SELECT id, group_name, machine_id, label, sha256, created_at, retired_at FROM reference_state ";

    /** A group as it is stored. */
    public record GroupRow(String name, String trust, String reference, boolean secureBootRequired, String bank) {}

    /** A reference state as it is stored; its JSON is a blob. */
    public record StateRow(
            long id,
            String groupName,
            Optional<String> machineId,
            String label,
            String sha256,
            Instant createdAt,
            Optional<Instant> retiredAt) {}

    private Groups() {}

    public static void put(Handle handle, GroupRow row) {
        int updated = handle.createUpdate("UPDATE machine_group SET trust = :trust, reference = :reference,"
                        + " secure_boot_required = :secureBootRequired, bank = :bank WHERE name = :name")
                .bindMethods(row)
                .execute();
        if (updated == 0) {
            handle.createUpdate("INSERT INTO machine_group (name, trust, reference, secure_boot_required, bank)"
                            + " VALUES (:name, :trust, :reference, :secureBootRequired, :bank)")
                    .bindMethods(row)
                    .execute();
        }
    }

    public static Optional<GroupRow> find(Handle handle, String name) {
        return handle.select(SELECT + "WHERE name = ?", name)
                .map(ConstructorMapper.of(GroupRow.class))
                .findOne();
    }

    public static List<GroupRow> all(Handle handle) {
        return handle.select(SELECT + "ORDER BY name")
                .map(ConstructorMapper.of(GroupRow.class))
                .list();
    }

    public static void allow(Handle handle, String group, List<String> ekNames) {
        handle.execute("DELETE FROM allowed_ek WHERE group_name = ?", group);
        ekNames.stream().distinct().forEach(ek -> handle.execute("INSERT INTO allowed_ek VALUES (?, ?)", group, ek));
    }

    public static List<String> allowed(Handle handle, String group) {
        return handle.select("SELECT ek_name FROM allowed_ek WHERE group_name = ? ORDER BY ek_name", group)
                .mapTo(String.class)
                .list();
    }

    public static boolean isAllowed(Handle handle, String group, String ekName) {
        return handle.select("SELECT 1 FROM allowed_ek WHERE group_name = ? AND ek_name = ?", group, ekName)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    public static long addState(
            Handle handle, String group, Optional<String> machine, String label, String sha256, Instant now) {
        return handle.createUpdate("INSERT INTO reference_state (group_name, machine_id, label, sha256, created_at)"
                        + " VALUES (:group, :machine, :label, :sha256, :now)")
                .bind("group", group)
                .bind("machine", machine)
                .bind("label", label)
                .bind("sha256", sha256)
                .bind("now", now)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /** {@return the states by which a machine is judged, the oldest first} */
    public static List<StateRow> activeStates(Handle handle, String group, String machine) {
        return handle.select(
                        SELECT_STATE
                                + "WHERE group_name = ? AND retired_at IS NULL AND (machine_id IS NULL OR machine_id = ?) ORDER BY id",
                        group,
                        machine)
                .map(ConstructorMapper.of(StateRow.class))
                .list();
    }

    public static List<StateRow> states(Handle handle, String group) {
        return handle.select(SELECT_STATE + "WHERE group_name = ? ORDER BY id", group)
                .map(ConstructorMapper.of(StateRow.class))
                .list();
    }

    public static Optional<StateRow> state(Handle handle, long id) {
        return handle.select(SELECT_STATE + "WHERE id = ?", id)
                .map(ConstructorMapper.of(StateRow.class))
                .findOne();
    }

    public static boolean retire(Handle handle, String group, long id, Instant now) {
        return handle.execute(
                        "UPDATE reference_state SET retired_at = ? WHERE id = ? AND group_name = ? AND retired_at IS NULL",
                        now,
                        id,
                        group)
                == 1;
    }
}
