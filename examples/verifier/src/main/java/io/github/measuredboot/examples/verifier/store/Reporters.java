package io.github.measuredboot.examples.verifier.store;

import io.github.measuredboot.examples.verifier.store.Groups.GroupRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Machines as they report: one statement reads all that a judgement is given by, and one moves the machine on. */
public final class Reporters {
    private static final String SELECT =
            "SELECT m.id, m.name, m.ak_public, m.identity_level, m.record, m.pins, m.status,"
                    + " m.nonce, m.nonce_number, m.nonce_pcrs, m.nonce_expires_at,"
                    + " g.name AS group_name, g.trust, g.reference, g.secure_boot_required, g.bank,"
                    + " shared.id AS shared_id, shared.sha256 AS shared_sha256, own.id AS own_id, own.sha256 AS own_sha256"
                    + " FROM machine m JOIN machine_group g ON g.name = m.group_name"
                    + " LEFT JOIN reference_state shared ON shared.group_name = m.group_name AND shared.machine_id IS NULL"
                    + " AND shared.retired_at IS NULL"
                    + " LEFT JOIN reference_state own ON own.machine_id = m.id AND own.group_name = m.group_name"
                    + " AND own.retired_at IS NULL"
                    + " WHERE m.tls_sha256 = ?";
    private static final String OPEN_CHALLENGE =
            "UPDATE machine SET nonce = ?, nonce_pcrs = ?, nonce_expires_at = ? WHERE id = ?";
    private static final String MOVE_ON =
            "UPDATE machine SET nonce = ?, nonce_pcrs = ?, nonce_expires_at = ?, nonce_number = nonce_number + 1,"
                    + " record = ?, pins = ?, status = ?, due_at = ?"
                    + " WHERE id = ? AND nonce = ? AND nonce_expires_at > ? AND status = ?";

    /** A challenge that is not answered yet. */
    public record Challenge(String nonce, String pcrs, Instant expiresAt) {}

    /** The number of a reference state, and the hash of its JSON. */
    public record State(long id, String sha256) {}

    /**
     * A machine as it is when it reports.
     *
     * @param id its id
     * @param name the name that it gave itself
     * @param akPublic the attestation key
     * @param identityLevel how far it is proved that the key is in a TPM
     * @param record its attestation record in JSON
     * @param pins its first-use pins in JSON
     * @param status its status as it was last announced
     * @param number the number of its challenge, one higher than that of the last that was answered
     * @param challenge the challenge, if there was one; it may have expired
     * @param group its group
     * @param states the reference states by which it is judged, the oldest first
     */
    public record Reporter(
            String id,
            String name,
            byte[] akPublic,
            String identityLevel,
            String record,
            String pins,
            String status,
            long number,
            Optional<Challenge> challenge,
            GroupRow group,
            List<State> states) {}

    /**
     * What a report makes of a machine.
     *
     * @param record its attestation record in JSON
     * @param pins its first-use pins in JSON
     * @param status its status
     * @param dueAt when silence becomes a timeout
     * @param next the challenge that it is to answer next
     */
    public record Progress(String record, String pins, String status, Instant dueAt, Challenge next) {}

    private Reporters() {}

    /** {@return the machine that was enrolled with a client certificate} */
    public static Optional<Reporter> find(Connection connection, String tlsSha256) throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, SELECT, tlsSha256);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            Reporter found = reporter(row);
            TreeMap<Long, String> states = new TreeMap<>();
            do {
                addState(states, row, "shared");
                addState(states, row, "own");
            } while (row.next());
            states.forEach((id, sha256) -> found.states.add(new State(id, sha256)));
            return Optional.of(found);
        }
    }

    private static void addState(TreeMap<Long, String> states, ResultSet row, String scope) throws SQLException {
        String sha256 = row.getString(scope + "_sha256");
        if (sha256 != null) {
            states.put(row.getLong(scope + "_id"), sha256);
        }
    }

    private static Reporter reporter(ResultSet row) throws SQLException {
        String nonce = row.getString("nonce");
        return new Reporter(
                row.getString("id"),
                row.getString("name"),
                row.getBytes("ak_public"),
                row.getString("identity_level"),
                row.getString("record"),
                row.getString("pins"),
                row.getString("status"),
                row.getLong("nonce_number"),
                nonce == null
                        ? Optional.empty()
                        : Optional.of(new Challenge(
                                nonce, row.getString("nonce_pcrs"), Sql.instant(row, "nonce_expires_at"))),
                new GroupRow(
                        row.getString("group_name"),
                        row.getString("trust"),
                        row.getString("reference"),
                        row.getBoolean("secure_boot_required"),
                        row.getString("bank")),
                new ArrayList<>());
    }

    /** Opens a challenge, instead of one that is open, whose number it takes: that one can be answered no more. */
    public static boolean openChallenge(Connection connection, String id, Challenge challenge) throws SQLException {
        return Sql.update(connection, OPEN_CHALLENGE, challenge.nonce, challenge.pcrs, challenge.expiresAt, id) == 1;
    }

    /**
     * Takes a report: closes the challenge that it answers, opens the next one, and locks the machine until the transaction ends.
     *
     * @return whether the machine is as it was read; if not, because the challenge was answered, replaced or has expired, or because
     *     another status was announced, nothing is done
     */
    public static boolean moveOn(Connection connection, Reporter as, Progress to, Instant now) throws SQLException {
        return Sql.update(
                        connection,
                        MOVE_ON,
                        to.next.nonce,
                        to.next.pcrs,
                        to.next.expiresAt,
                        to.record,
                        to.pins,
                        to.status,
                        to.dueAt,
                        as.id,
                        as.challenge.orElseThrow().nonce,
                        now,
                        as.status)
                == 1;
    }
}
