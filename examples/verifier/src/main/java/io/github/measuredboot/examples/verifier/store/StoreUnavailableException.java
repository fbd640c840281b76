package io.github.measuredboot.examples.verifier.store;

/** The database failed. Nothing that was asked for is acknowledged. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreUnavailableException(Throwable cause) {
        super(cause);
    }
}
