package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CanonicalEventLog;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.TpmSignature;
import java.util.List;

/**
 * A signed report as it was read: a claim until {@link SystemdReportVerifier} has verified it.
 *
 * @param report the record with the report itself, byte for byte, from its separator to its line feed
 * @param key the key that is said to have signed
 * @param eventLog the log: the firmware's records and then systemd's
 * @param components the statements of the TPM, in order
 */
public record SystemdReport(Bytes report, AttestationKey key, CanonicalEventLog eventLog, List<Component> components) {
    /** Copies the list. */
    public SystemdReport {
        components = List.copyOf(components);
    }

    /** A statement of the TPM. */
    public sealed interface Component {
        /** {@return the statement} */
        Attest attest();

        /** {@return the signature over it} */
        TpmSignature signature();
    }

    /**
     * The quote.
     *
     * @param attest the statement
     * @param signature the signature over it
     */
    public record Pcrs(Attest attest, TpmSignature signature) implements Component {}

    /**
     * The value of an NvPCR.
     *
     * @param name systemd's name for it
     * @param index the public area of the NV index
     * @param authenticatedData what systemd says about it, in JSON, byte for byte; the statement holds the hash of this
     * @param attest the statement
     * @param signature the signature over it
     */
    public record NvPcr(String name, NvPublic index, Bytes authenticatedData, Attest attest, TpmSignature signature)
            implements Component {}

    /**
     * The audit of the session in which the other components were made.
     *
     * @param attest the statement
     * @param signature the signature over it
     */
    public record SessionAudit(Attest attest, TpmSignature signature) implements Component {}
}
