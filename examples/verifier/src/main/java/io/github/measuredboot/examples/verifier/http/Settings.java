package io.github.measuredboot.examples.verifier.http;

import java.time.Duration;
import java.util.Set;

/**
 * How the server is run.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param tls its key and certificate
 * @param operatorTokenSha256 the hash of the token of operators: the token itself is not kept
 * @param operatorCertificates the SHA-256 of client certificates of operators
 * @param requestTimeout how long a request may take to arrive; a connection may be idle three times as long
 * @param requestsPerSecond how many requests a client may make
 * @param maxConnections how many connections there may be
 * @param tick how often it is checked who has timed out
 */
public record Settings(
        String host,
        int port,
        Tls tls,
        byte[] operatorTokenSha256,
        Set<String> operatorCertificates,
        Duration requestTimeout,
        double requestsPerSecond,
        int maxConnections,
        Duration tick) {}
