/**
 * The signed reports of systemd 261 and later ({@code systemd-report --sign}), and NvPCRs: NV indexes that systemd extends like
 * PCRs. The format is experimental; what is not known is refused, because the TPM's audit covers it.
 *
 * <pre>{@code
 * SystemdReport report = SystemdReportJson.parse(file);
 * VerifiedSystemdReport verified = SystemdReportVerifier.verify(report, KeyIdentity.enrolled(report.key(), name, level));
 * BootPolicy.of(reference).evaluate(verified.replayed());
 * }</pre>
 *
 * <p>A report holds no nonce of a verifier. That it is new is proved only by what it reports, if that holds something which the
 * verifier has asked for; {@link io.github.measuredboot.attest.systemd.SystemdReport#report} is bound to the TPM's statements.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.attest.systemd;

import org.jspecify.annotations.NullMarked;
