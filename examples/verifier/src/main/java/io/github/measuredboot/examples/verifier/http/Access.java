package io.github.measuredboot.examples.verifier.http;

import io.javalin.security.RouteRole;

/** Who may call a route. Each route has exactly one; {@link Guard} lets nobody in without. */
public enum Access implements RouteRole {
    /** Anybody. */
    PUBLIC,
    /** Anybody with a client certificate, which is pinned when the enrolment is complete. */
    NEWCOMER,
    /** An enrolled machine, by the client certificate that was pinned. */
    MACHINE,
    /** An operator, by token or by client certificate; who only reads, also by the session of a browser. */
    OPERATOR,
    /** An operator with a browser; anybody else is asked to log in. */
    PAGE
}
