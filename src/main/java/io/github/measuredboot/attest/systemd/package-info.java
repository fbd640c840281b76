/**
 * The signed reports of systemd 261 and later ({@code systemd-report --sign}), and NvPCRs: NV indexes that systemd extends like
 * PCRs. The format is experimental; parts that are not known are refused, because the TPM's audit covers them.
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
 * <p>A report holds no nonce from a verifier. It is proved to be new only by what it reports, if that holds something that the
 * verifier has asked for; {@link io.github.measuredboot.attest.systemd.SystemdReport#report} is bound to the TPM's statements.
 *
 * <p>Every type in this package is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.attest.systemd;

import org.jspecify.annotations.NullMarked;
