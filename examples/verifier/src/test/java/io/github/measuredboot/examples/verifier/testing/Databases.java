package io.github.measuredboot.examples.verifier.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The databases that the tests run with. */
public enum Databases {
    H2,
    POSTGRESQL;

    /** A database that is there until it is closed. */
    public interface Open extends AutoCloseable {
        /** {@return the options that the service needs to find it} */
        List<String> options();

        /** {@return the CPU time that processes of its own have used} */
        default Duration cpu() throws IOException {
            return Duration.ZERO;
        }

        @Override
        void close() throws IOException;
    }

    public static Stream<Databases> all() {
        String only = System.getProperty("databases", "");
        return Stream.of(values()).filter(kind -> only.isEmpty() || only.equals(kind.name()));
    }

    /** Skips the calling test where the database is not installed. */
    public Open open() throws Exception {
        if (this == POSTGRESQL) {
            assumeTrue(PostgreSql.isInstalled(), "no PostgreSQL server is installed: apt-get install postgresql");
            return PostgreSql.start();
        }
        return new Open() {
            @Override
            public List<String> options() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
