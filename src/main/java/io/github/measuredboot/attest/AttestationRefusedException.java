package io.github.measuredboot.attest;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A certificate, a key, a credential or a report does not prove what it was given for. */
public final class AttestationRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reason, for programs. */
    private final AttestationRefusal reason;

    /** Which peculiarities are not tolerated. */
    private final EnumSet<CertificateFinding> findings;

    /**
     * Creates a refusal, for code that builds on this package.
     *
     * @param reason why, for programs
     * @param message what was found and what was expected
     */
    public AttestationRefusedException(AttestationRefusal reason, String message) {
        super(message);
        this.reason = reason;
        this.findings = EnumSet.noneOf(CertificateFinding.class);
    }

    AttestationRefusedException(Set<CertificateFinding> findings, String subject) {
        super(findings.stream()
                .map(finding -> finding.id() + ": " + finding.message())
                .collect(Collectors.joining("; ", subject + ": ", " (refused unless tolerated)")));
        this.reason = AttestationRefusal.CERTIFICATE_NOT_ACCEPTED;
        this.findings = EnumSet.copyOf(findings);
    }

    /** {@return the reason, for programs; the message says what was found and what was expected} */
    public AttestationRefusal reason() {
        return reason;
    }

    /**
     * The peculiarities for which a certificate was refused although its chain leads to a trusted root.
     *
     * @return the findings in the order of their enum; empty unless {@link #reason} is {@link
     *     AttestationRefusal#CERTIFICATE_NOT_ACCEPTED}
     */
    public List<CertificateFinding> findings() {
        return List.copyOf(findings);
    }
}
