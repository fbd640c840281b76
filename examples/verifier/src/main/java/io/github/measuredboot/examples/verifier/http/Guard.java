package io.github.measuredboot.examples.verifier.http;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides who a client is. The TLS layer takes any client certificate and proves that the client holds its key; here the
 * certificate is compared with those that are pinned, by their SHA-256.
 */
final class Guard {
    private static final String CERTIFICATE = "certificate";
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Predicate<String> isMachine;
    private final Sessions sessions;
    private final Set<String> operatorCertificates;
    private final RateLimiter limiter;

    /**
     * @param isMachine whether the client certificate with a SHA-256 may be that of a machine; what it calls finds it, or refuses
     * @param sessions the token of operators, and the browsers that gave it
     * @param operatorCertificates the SHA-256 of the client certificates of operators
     */
    Guard(Predicate<String> isMachine, Sessions sessions, Set<String> operatorCertificates, RateLimiter limiter) {
        this.isMachine = isMachine;
        this.sessions = sessions;
        this.operatorCertificates = Set.copyOf(operatorCertificates);
        this.limiter = limiter;
    }

    /** Before each route: the rate of the client, then its identity. */
    void check(Context ctx) {
        String certificate = presented(ctx);
        ctx.attribute(CERTIFICATE, certificate);
        if (!limiter.allows(certificate.isEmpty() ? ctx.req().getRemoteAddr() : certificate)) {
            ctx.header("Retry-After", "1");
            throw new Problem(429, "too-many-requests", "this client asks too often");
        }
        if (!ctx.routeRoles().contains(Access.PUBLIC)) {
            authenticate(ctx, certificate);
        }
    }

    private void authenticate(Context ctx, String certificate) {
        if (ctx.routeRoles().contains(Access.NEWCOMER)) {
            if (certificate.isEmpty()) {
                throw unauthorized("present a client certificate");
            }
        } else if (ctx.routeRoles().contains(Access.MACHINE)) {
            if (!isMachine.test(certificate)) {
                throw unauthorized("this client certificate is not that of a machine");
            }
        } else if (!isForOperators(ctx) || !isOperator(ctx, certificate)) {
            if (ctx.routeRoles().contains(Access.PAGE)) {
                ctx.redirect(Sessions.loginPage(page(ctx)), HttpStatus.SEE_OTHER);
                ctx.skipRemainingHandlers();
            } else {
                ctx.header("WWW-Authenticate", "Bearer");
                throw unauthorized("this is for operators");
            }
        }
    }

    private static boolean isForOperators(Context ctx) {
        return ctx.routeRoles().contains(Access.OPERATOR) || ctx.routeRoles().contains(Access.PAGE);
    }

    private static String page(Context ctx) {
        return ctx.queryString() == null ? ctx.path() : ctx.path() + "?" + ctx.queryString();
    }

    private static Problem unauthorized(String message) {
        return new Problem(401, "unauthorized", message);
    }

    private boolean isOperator(Context ctx, String certificate) {
        String header = ctx.header("Authorization");
        return operatorCertificates.contains(certificate)
                || sessions.mayRead(ctx)
                || (header != null
                        && header.startsWith("Bearer ")
                        && sessions.isToken(header.substring("Bearer ".length())));
    }

    static byte[] sha256(byte[] bytes) {
        return HashAlgorithm.SHA256.hash(Bytes.wrap(bytes)).orElseThrow().toByteArray();
    }

    /** {@return the SHA-256 of the client certificate; empty if there is none} */
    static String certificate(Context ctx) {
        String certificate = ctx.attribute(CERTIFICATE);
        return certificate == null ? presented(ctx) : certificate;
    }

    private static String presented(Context ctx) {
        try {
            return ctx.req().getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                    ? Bytes.wrap(sha256(chain[0].getEncoded())).toHex()
                    : "";
        } catch (CertificateEncodingException e) {
            return "";
        }
    }
}
