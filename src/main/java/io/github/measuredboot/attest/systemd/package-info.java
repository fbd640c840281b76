/**
 * The signed reports of systemd 261 and later ({@code systemd-report --sign}), and NvPCRs: NV indexes that systemd extends like
 * PCRs. The format is experimental; what is not known is refused, because the TPM's audit covers it.
 *
 * <pre>{@code
 * try {
 *     SystemdReport report = SystemdReportJson.parse(Bytes.wrap(reportFile));
 *     KeyIdentity signer =
 *             KeyIdentity.enrolled(report.key(), Bytes.wrap(storedKeyName), IdentityLevel.PROVED_BY_EK);
 *     VerifiedSystemdReport verified = SystemdReportVerifier.verify(report, signer);
 *     verified.nvPcrs().forEach(value -> System.out.println(value.name() + ": " + value.isReproduced()));
 * } catch (MalformedDataException | AttestationRefusedException | QuoteRefusedException e) {
 *     System.err.println(e.getMessage());
 * }
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
