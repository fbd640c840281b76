package io.github.measuredboot.examples.verifier.load;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.examples.verifier.domain.Judge;
import io.github.measuredboot.examples.verifier.domain.Judgement;
import io.github.measuredboot.examples.verifier.domain.KnownState;
import io.github.measuredboot.examples.verifier.domain.Measurements;
import io.github.measuredboot.examples.verifier.domain.Submission;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SoftwareTpm;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.VerdictJson;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.PcrSelection;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one attestation takes of the library alone: quote, signature, comparison, policy, pins, and what is written and read as JSON. */
final class Library {
    private final Submission submission;
    private final List<KnownState> states;
    private final KeyIdentity signer;
    private String record = AttestationRecordJson.write(AttestationRecord.enrol(1, Instant.EPOCH));
    private String pins = FirstUsePinsJson.write(FirstUsePins.NONE);
    private long number;

    private Library(Boot boot) throws Exception {
        PcrSelection pcrs = PcrSelection.parse("sha256:0,1,2,3,4,5,6,7,8,9,11,12,13,14");
        SoftwareTpm tpm = SoftwareTpm.create();
        byte[] nonce = new byte[32];
        SoftwareTpm.Quoted quoted = tpm.quote(pcrs, boot.values(), nonce);
        submission = new Submission(
                Bytes.wrap(nonce),
                pcrs,
                new Measurements(boot.log(), Optional.empty()),
                quoted.attest(),
                quoted.signature(),
                SoftwareTpm.values(pcrs, boot.values()));
        Bytes json = Bytes.encode(RunningVerifier.stateOf(boot), StandardCharsets.UTF_8);
        states = List.of(KnownState.of(1, ReferenceStateJson.parse(json).state(), false));
        signer = KeyIdentity.asserted(AttestationKey.decode(Bytes.wrap(tpm.akPublic())));
    }

    /** {@return the milliseconds of CPU time of each attestation, after as long a time of warming up} */
    static double cpuOfEach(Boot boot, int seconds) throws Exception {
        Library library = new Library(boot);
        library.run(seconds);
        return library.run(seconds);
    }

    private double run(int seconds) throws Exception {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int count = 0;
        for (; System.nanoTime() < end; count++) {
            judge();
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6 / count;
    }

    private void judge() throws Exception {
        Judgement judgement = Judge.judge(
                submission, signer, states, FirstUsePinsJson.parse(Bytes.encode(pins, StandardCharsets.UTF_8)));
        if (!judgement.isAccepted()
                || VerdictJson.write(judgement.verdict().orElseThrow()).isEmpty()) {
            throw new IllegalStateException("not accepted: " + judgement.message());
        }
        pins = FirstUsePinsJson.write(judgement.pins());
        record = AttestationRecordJson.write(AttestationRecordJson.parse(Bytes.encode(record, StandardCharsets.UTF_8))
                .add(new AttestationRecord.Report(1, ++number, Instant.EPOCH, true))
                .record());
    }
}
