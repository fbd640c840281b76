package io.github.measuredboot.examples.verifier.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The database: H2 in a file, or PostgreSQL by its URL. What {@link #inTransaction} returned is committed. */
public final class Database implements AutoCloseable {
    private static final long CONNECTION_TIMEOUT_MILLIS = 3_000;
    private static final int POOL_SIZE = 16;
    private static final int ATTEMPTS = 3;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * H2 writes at each commit only with {@code WRITE_DELAY=0}; without it a killed process loses half a second of commits. By default
     * it keeps only eight statements of a connection prepared.
     *
     * @param file the file, without {@code .mv.db}
     * @return the URL of the database in this file
     */
    public static String h2Url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=3000;QUERY_CACHE_SIZE=64";
    }

    /**
     * Opens the database, and brings its tables up to date.
     *
     * @param jdbcUrl an H2 or PostgreSQL URL, with user and password where they are needed
     * @return the open database
     */
    public static Database open(String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setValidationTimeout(CONNECTION_TIMEOUT_MILLIS / 2);
        HikariDataSource pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).load().migrate();
        return new Database(pool);
    }

    /**
     * Runs statements in one transaction, again if another one was in the way.
     *
     * @param work the statements
     * @param <T> the type of the result
     * @return the result, once the transaction is committed
     * @throws StoreUnavailableException if the database failed: the transaction may or may not have been committed
     */
    public <T> T inTransaction(HandleCallback<T, SQLException> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(work);
            } catch (JdbiException | SQLException e) {
                if (attempt == ATTEMPTS || !isConflict(e)) {
                    throw new StoreUnavailableException(e);
                }
            }
        }
    }

    /** Whether another transaction was in the way: the same statements may succeed now. */
    private static boolean isConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("23") || sql.getSQLState().startsWith("40"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads.
     *
     * @param work the statements
     * @param <T> the type of the result
     * @return the result
     * @throws StoreUnavailableException if the database failed
     */
    public <T> T read(HandleCallback<T, SQLException> work) {
        return inTransaction(work);
    }

    /**
     * Runs one statement, which is a transaction of its own.
     *
     * @param work the statement
     * @param <T> the type of the result
     * @return the result
     * @throws StoreUnavailableException if the database failed: a change may or may not have been committed
     */
    public <T> T alone(HandleCallback<T, SQLException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException | SQLException e) {
            throw new StoreUnavailableException(e);
        }
    }

    /** {@return whether the database answers} */
    public boolean isReady() {
        try {
            return read((Handle handle) ->
                            handle.select("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** Closes the connections. H2 would keep its file open as long as this process lives. */
    @Override
    public void close() {
        try (pool) {
            if (pool.getJdbcUrl().startsWith("jdbc:h2:")) {
                jdbi.useHandle(handle -> handle.execute("SET DB_CLOSE_DELAY 0"));
            }
        }
    }
}
