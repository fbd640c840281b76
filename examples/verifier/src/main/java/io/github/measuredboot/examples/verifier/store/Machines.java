package io.github.measuredboot.examples.verifier.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;

/** The table of machines. */
public final class Machines {
    private static final String SELECT =
            "SELECT id, name, group_name, ek_name, ak_public, identity_level, tls_sha256, record, pins, status, due_at FROM machine ";

    private Machines() {}

    public static void insert(Handle handle, MachineRow row) {
        handle.createUpdate("INSERT INTO machine (id, name, group_name, ek_name, ak_public, identity_level, tls_sha256,"
                        + " nonce_number, record, pins, status, due_at) VALUES (:id, :name, :groupName, :ekName, :akPublic,"
                        + " :identityLevel, :tlsSha256, 1, :record, :pins, :status, :dueAt)")
                .bindMethods(row)
                .execute();
    }

    public static Optional<MachineRow> byId(Handle handle, String id) {
        return rows(handle.select(SELECT + "WHERE id = ?", id)).findOne();
    }

    /** {@return whether a client certificate is that of a machine} */
    public static boolean hasCertificate(Handle handle, String tlsSha256) {
        return handle.select("SELECT 1 FROM machine WHERE tls_sha256 = ?", tlsSha256)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    public static boolean isEnrolled(Handle handle, String ekName, String tlsSha256) {
        return handle.select("SELECT COUNT(*) FROM machine WHERE ek_name = ? OR tls_sha256 = ?", ekName, tlsSha256)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    public static List<MachineRow> all(Handle handle) {
        return rows(handle.select(SELECT + "ORDER BY name, id")).list();
    }

    public static List<MachineRow> ofGroup(Handle handle, String group) {
        return rows(handle.select(SELECT + "WHERE group_name = ? ORDER BY name, id", group))
                .list();
    }

    /** Machines of which nothing was heard for too long, as far as they have not been announced as such. */
    public static List<MachineRow> overdue(Handle handle, Instant now, int most) {
        return rows(handle.select(
                        SELECT + "WHERE due_at <= ? AND status IN ('PASS', 'PENDING') ORDER BY due_at LIMIT ?",
                        now,
                        most))
                .list();
    }

    private static ResultIterable<MachineRow> rows(Query query) {
        return query.map(ConstructorMapper.of(MachineRow.class));
    }

    public static boolean remove(Handle handle, String id) {
        return handle.execute("DELETE FROM machine WHERE id = ?", id) == 1;
    }

    /** {@return whether the status was the one that is expected, and is another now} */
    public static boolean announce(Handle handle, String id, String before, String after) {
        return handle.execute("UPDATE machine SET status = ? WHERE id = ? AND status = ?", after, id, before) == 1;
    }
}
