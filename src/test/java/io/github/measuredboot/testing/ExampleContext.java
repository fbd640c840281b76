package io.github.measuredboot.testing;

import io.github.measuredboot.attest.CertificateVerifier;
import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EkTemplate;
import io.github.measuredboot.attest.EndorsementKey;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.Quote;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** What the examples of the documentation use without declaring it; every example is compiled as the body of a subclass' method. */
public abstract class ExampleContext {
    private static final Path BOOT = Path.of("testdata/boots/uki-secureboot");

    protected final Path logFile = BOOT.resolve("eventlog.bin");
    protected final Path ukiFile = Path.of("testdata/uki/signed.efi");
    protected final Path userspaceLogFile = Path.of("testdata/boots/systemd-userland/tpm2-measure.log");

    protected final byte[] logBytes = TestLogs.read(logFile);
    protected final byte[] otherLogBytes =
            TestLogs.read(Path.of("testdata/boots/uki-direct-other-cmdline/eventlog.bin"));
    protected final byte[] pcrsJson = TestLogs.read(BOOT.resolve("pcrs.json"));
    protected final byte[] attest = TestLogs.read(BOOT.resolve("quote/ecc/attest.bin"));
    protected final byte[] signature = TestLogs.read(BOOT.resolve("quote/ecc/signature.bin"));
    protected final byte[] akPublic = TestLogs.read(BOOT.resolve("quote/ecc/ak-public.bin"));
    protected final byte[] nonceBytes =
            CapturedQuote.of("uki-secureboot", "ecc").nonceBytes().toByteArray();

    protected final EventLog log = EventLog.copyOf(logBytes);
    protected final PcrValues values = PcrValuesJson.parse(Bytes.wrap(pcrsJson));
    protected final Quote quote = Quote.decode(Bytes.wrap(attest), Bytes.wrap(signature));
    protected final AttestationKey key = AttestationKey.decode(Bytes.wrap(akPublic));
    protected final Nonce nonce = Nonce.of(Bytes.wrap(nonceBytes));
    protected final ReplayedLog evidence = Evidence.of(Replay.of(log))
            .withValues(values)
            .withQuote(quote, key, nonce)
            .evaluate();
    protected final ReferenceState state = Enrolment.enrol(evidence, ReferenceStateMaker.create());

    private static final TestAuthority AUTHORITY = TestAuthority.root("CN=root");
    private static final KeyPair EK = TestAuthority.rsa(2048);

    protected final byte[] rootCertificate = AUTHORITY.certificate().toByteArray();
    protected final byte[] ekCertificate = AUTHORITY
            .issue(
                    new TestAuthority.Spec()
                            .purpose(TestAuthority.EK)
                            .usage(0x20)
                            .tpm(true, true, "id:49465800"),
                    EK)
            .toByteArray();
    protected final byte[] ekPublic =
            EkTemplate.L1.publicArea(EK.getPublic()).orElseThrow().encode().toByteArray();
    protected final byte[] storedKeyName = key.name().orElseThrow().toByteArray();
    protected final EndorsementKey endorsementKey = EndorsementKey.of(PublicArea.decode(Bytes.wrap(ekPublic)));
    protected final VerifiedCertificate endorsementCertificate = CertificateVerifier.trusting(
                    List.of(TpmCertificate.decode(Bytes.wrap(rootCertificate))))
            .verify(
                    TpmCertificate.decode(Bytes.wrap(ekCertificate)),
                    TpmCertificate.Purpose.ENDORSEMENT_KEY,
                    Instant.now());
    protected final byte[] storedChallenge = CredentialChallenge.issue(
                    endorsementKey, key, new SecureRandom(), Instant.now().plusSeconds(300))
            .challenge()
            .encode()
            .toByteArray();
    protected final byte[] answer = new byte[32];
    protected final byte[] reportFile = {};

    protected ExampleContext() throws Exception {}

    /** Runs the example. */
    public abstract void run() throws Exception;
}
