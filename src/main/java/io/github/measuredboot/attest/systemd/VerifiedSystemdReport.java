package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.List;
import java.util.Optional;

/** A report that one TPM signed in one session. Instances are created only by {@link SystemdReportVerifier}. */
public final class VerifiedSystemdReport {
    private final SystemdReport report;
    private final KeyIdentity signer;
    private final ReplayedLog replayed;
    private final List<NvPcrValue> nvPcrs;

    VerifiedSystemdReport(SystemdReport report, KeyIdentity signer, ReplayedLog replayed, List<NvPcrValue> nvPcrs) {
        this.report = report;
        this.signer = signer;
        this.replayed = replayed;
        this.nvPcrs = List.copyOf(nvPcrs);
    }

    /** {@return the record with the report itself, to which the TPM's statements are bound; its content is systemd's claim} */
    public Bytes report() {
        return report.report();
    }

    /** {@return the key that signed, and who vouches for it} */
    public KeyIdentity signer() {
        return signer;
    }

    /** {@return the log, whose PCRs the quote proves} */
    public ReplayedLog replayed() {
        return replayed;
    }

    /** {@return the NvPCRs in the order of the report; whether the log explains each of them is for the caller to check} */
    public List<NvPcrValue> nvPcrs() {
        return nvPcrs;
    }

    /**
     * An NvPCR by its name.
     *
     * @param name systemd's name for it, such as {@code hardware}
     * @return its value; empty if the report does not have it
     */
    public Optional<NvPcrValue> nvPcr(String name) {
        return nvPcrs.stream().filter(value -> value.name().equals(name)).findFirst();
    }
}
