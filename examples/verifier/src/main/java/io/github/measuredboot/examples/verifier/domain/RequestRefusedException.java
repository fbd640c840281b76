package io.github.measuredboot.examples.verifier.domain;

/** A request that is not carried out, with a reason that the client may see. */
public final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** What was sent cannot be used, whatever the state of the service. */
        INVALID("invalid"),
        /** Nobody knows who asks. */
        UNAUTHORIZED("unauthorized"),
        /** There is no such thing. */
        NOT_FOUND("not-found"),
        /** The policy of the group, or an answer that proves nothing. */
        FORBIDDEN("forbidden"),
        /** It contradicts what is there. */
        CONFLICT("conflict"),
        /** The nonce is not the one that is open: a new challenge is needed. */
        NONCE_NOT_OPEN("nonce-not-open"),
        /** A log is only known by its hash: it is to be sent in full, with the same nonce. */
        LOG_UNKNOWN("log-unknown");

        private final String id;

        Reason(String id) {
            this.id = id;
        }

        /** {@return the name that answers use} */
        public String id() {
            return id;
        }
    }

    private final Reason reason;

    public RequestRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }
}
