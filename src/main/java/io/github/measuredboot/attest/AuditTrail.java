package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * The digest over the commands of an audit session or of a command audit, for comparison with
 * {@code Attested.SessionAudit.sessionDigest} or {@code Attested.CommandAudit.auditDigest} (TPM 2.0 Library, Part 1, section
 * 19).
 */
public final class AuditTrail {
    private final HashAlgorithm algorithm;
    private final Bytes digest;

    private AuditTrail(HashAlgorithm algorithm, Bytes digest) {
        this.algorithm = algorithm;
        this.digest = digest;
    }

    /**
     * Returns a trail without commands.
     *
     * @param algorithm the hash algorithm of the session or of the command audit; this JVM must have it
     * @return the trail
     */
    public static AuditTrail of(HashAlgorithm algorithm) {
        return new AuditTrail(algorithm, algorithm.zeroDigest());
    }

    /**
     * Adds a command that succeeded.
     *
     * @param commandCode its TPM_CC
     * @param names the names of the objects that its handles refer to, in order
     * @param commandParameters the parameters, encoded, without handles and sessions
     * @param responseParameters the parameters of the response, encoded, without handles and sessions
     * @return the trail with it
     */
    public AuditTrail command(long commandCode, List<Bytes> names, Bytes commandParameters, Bytes responseParameters) {
        ByteWriter command = new ByteWriter().u32be(commandCode);
        names.forEach(command::bytes);
        Bytes cpHash = hash(command.bytes(commandParameters));
        Bytes rpHash = hash(new ByteWriter().u32be(0).u32be(commandCode).bytes(responseParameters));
        return new AuditTrail(
                algorithm, hash(new ByteWriter().bytes(digest).bytes(cpHash).bytes(rpHash)));
    }

    private Bytes hash(ByteWriter content) {
        return algorithm
                .hash(content.toBytes())
                .orElseThrow(() -> new IllegalStateException("this JVM does not have " + algorithm));
    }

    /** {@return the digest over the commands so far} */
    public Bytes digest() {
        return digest;
    }
}
