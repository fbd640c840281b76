package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.Quote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of README.md: it runs, and README.md has just these lines. */
class ReadmeExampleTest {
    private static final String BEGIN = "// README begins";
    private static final String END = "// README ends";

    private static Verdict example(
            byte[] logBytes,
            Bytes referenceJson,
            Bytes pcrValues,
            Bytes attest,
            Bytes signature,
            Bytes attestationKey,
            Bytes nonce)
            throws Exception {
        // README begins
        ReferenceState reference = ReferenceStateJson.parse(referenceJson).state();
        BootPolicy policy = BootPolicy.of(reference);
        ReplayedLog replayed = Evidence.of(Replay.of(EventLog.copyOf(logBytes)))
                .withValues(PcrValuesJson.parse(pcrValues))
                .withQuote(Quote.decode(attest, signature), AttestationKey.decode(attestationKey), Nonce.of(nonce))
                .evaluate();
        Verdict verdict = policy.evaluate(replayed);
        if (!verdict.isAccepted()) {
            verdict.rejections().forEach(finding -> System.err.println(finding.message()));
        }
        // README ends
        return verdict;
    }

    @Test
    void itAcceptsAGoodBootAndRejectsAnother() throws Exception {
        Bytes reference = reference("uki-secureboot");
        assertTrue(run("uki-secureboot", reference).isAccepted());
        assertEquals(
                Verdict.Outcome.REJECTED,
                run("uki-direct-other-cmdline", reference).outcome());
    }

    @Test
    void readmeHasJustTheseLines() {
        List<String> source = lines(Path.of("src/test/java/io/github/measuredboot/ReadmeExampleTest.java"));
        List<String> stripped = source.stream().map(String::strip).toList();
        String example = String.join("\n", source.subList(stripped.indexOf(BEGIN) + 1, stripped.indexOf(END)))
                .stripIndent();
        assertEquals(10, example.lines().count());
        String readme = String.join("\n", lines(Path.of("README.md")));
        assertTrue(readme.contains("```java\n" + example.strip() + "\n```"), "README.md lacks:\n" + example);
    }

    private static Verdict run(String boot, Bytes reference) throws Exception {
        CapturedQuote quote = CapturedQuote.of(boot, "ecc");
        return example(
                file(boot, "eventlog.bin"),
                reference,
                Bytes.wrap(file(boot, "pcrs.json")),
                quote.file("attest.bin"),
                quote.file("signature.bin"),
                quote.file("ak-public.bin"),
                quote.nonceBytes());
    }

    private static Bytes reference(String boot) throws Exception {
        ReplayedLog good = Replay.of(EventLog.wrap(file(boot, "eventlog.bin")))
                .compareWith(PcrValuesJson.parse(Bytes.wrap(file(boot, "pcrs.json"))));
        ReferenceState state = Enrolment.enrol(good, ReferenceStateMaker.create());
        return Bytes.encode(ReferenceStateJson.write(state, ReferenceStateJson.Form.FULL), StandardCharsets.UTF_8);
    }

    private static byte[] file(String boot, String name) {
        return TestLogs.read(Path.of("testdata/boots", boot, name));
    }

    private static List<String> lines(Path file) {
        return new String(TestLogs.read(file), StandardCharsets.UTF_8).lines().toList();
    }
}
