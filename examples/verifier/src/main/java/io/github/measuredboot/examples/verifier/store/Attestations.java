package io.github.measuredboot.examples.verifier.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The table of attestations: verdicts with all that they were given by. */
public final class Attestations {
    private static final String COLUMNS = "machine_id, number, at, outcome, message, state_ids, state_id,"
            + " verdict_sha256, log_sha256, userspace_sha256, nonce, attest, signature, pcr_values, pcrs, pins";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM attestation WHERE machine_id = ? ";
    private static final String INSERT =
            "INSERT INTO attestation (" + COLUMNS + ")" + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * An attestation as it is stored.
     *
     * @param machineId of which machine
     * @param number the number of its challenge
     * @param at when it was judged
     * @param outcome accepted, rejected or refused
     * @param message why not, for a person
     * @param stateIds the reference states that it was compared with, separated by commas
     * @param stateId the one that accepted it
     * @param verdictSha256 the verdict in JSON; none if the evidence was refused
     * @param logSha256 the event log
     * @param userspaceSha256 the userspace log
     * @param nonce the nonce
     * @param attest what the TPM signed
     * @param signature the signature
     * @param pcrValues the values of the PCRs, one after the other
     * @param pcrs the PCRs that were asked for
     * @param pins the first-use pins before it
     */
    public record Row(
            String machineId,
            long number,
            Instant at,
            String outcome,
            String message,
            String stateIds,
            Optional<Long> stateId,
            Optional<String> verdictSha256,
            String logSha256,
            Optional<String> userspaceSha256,
            String nonce,
            byte[] attest,
            byte[] signature,
            byte[] pcrValues,
            String pcrs,
            String pins) {}

    private Attestations() {}

    public static void insert(Connection connection, Row row) throws SQLException {
        Sql.update(
                connection,
                INSERT,
                row.machineId,
                row.number,
                row.at,
                row.outcome,
                row.message,
                row.stateIds,
                row.stateId,
                row.verdictSha256,
                row.logSha256,
                row.userspaceSha256,
                row.nonce,
                row.attest,
                row.signature,
                row.pcrValues,
                row.pcrs,
                row.pins);
    }

    public static void forgetThrough(Connection connection, String machine, long number) throws SQLException {
        Sql.update(connection, "DELETE FROM attestation WHERE machine_id = ? AND number <= ?", machine, number);
    }

    public static Optional<Row> newest(Handle handle, String machine) {
        return handle.select(SELECT + "ORDER BY number DESC LIMIT 1", machine)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    public static Optional<Row> find(Handle handle, String machine, long number) {
        return handle.select(SELECT + "AND number = ?", machine, number)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    public static List<Row> all(Handle handle, String machine, int most) {
        return handle.select(SELECT + "ORDER BY number DESC LIMIT ?", machine, most)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** {@return the state that accepted a machine last} */
    public static Optional<Long> lastAcceptedBy(Handle handle, String machine) {
        return handle.select(
                        "SELECT state_id FROM attestation WHERE machine_id = ? AND outcome = 'accepted' ORDER BY number DESC LIMIT 1",
                        machine)
                .mapTo(Long.class)
                .findOne();
    }
}
