package io.github.measuredboot.examples.verifier.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The table of enrolments that wait for the answer to their credential challenge; at most one for each certificate. */
public final class Enrolments {
    /** An enrolment as it is stored. */
    public record Row(String tlsSha256, byte[] request, byte[] challenge, Instant expiresAt) {}

    private Enrolments() {}

    public static void put(Handle handle, Row row) {
        handle.execute("DELETE FROM enrolment WHERE tls_sha256 = ?", row.tlsSha256());
        handle.createUpdate("INSERT INTO enrolment (tls_sha256, request, challenge, expires_at)"
                        + " VALUES (:tlsSha256, :request, :challenge, :expiresAt)")
                .bindMethods(row)
                .execute();
    }

    public static Optional<Row> find(Handle handle, String tlsSha256) {
        return handle.select(
                        "SELECT tls_sha256, request, challenge, expires_at FROM enrolment WHERE tls_sha256 = ?",
                        tlsSha256)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    /** {@return whether it was there: an answer is taken once} */
    public static boolean remove(Handle handle, String tlsSha256) {
        return handle.execute("DELETE FROM enrolment WHERE tls_sha256 = ?", tlsSha256) == 1;
    }

    public static int removeExpired(Handle handle, Instant now) {
        return handle.execute("DELETE FROM enrolment WHERE expires_at <= ?", now);
    }
}
