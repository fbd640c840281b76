package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.WeakQuote;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the command line for weak quotes. */
class WeakQuoteOptionsTest {
    private static final Path LOG = Path.of("testdata/boots/uki-direct/eventlog.bin");
    private static final Map<QuoteFinding, String> OPTIONS = Map.ofEntries(
            Map.entry(QuoteFinding.SHORT_NONCE, "--allow-short-nonce"),
            Map.entry(QuoteFinding.KEY_NOT_RESTRICTED, "--allow-unrestricted-key"),
            Map.entry(QuoteFinding.KEY_NOT_FIXED_TO_TPM, "--allow-key-not-fixed-to-tpm"),
            Map.entry(QuoteFinding.KEY_NOT_FIXED_TO_PARENT, "--allow-key-not-fixed-to-parent"),
            Map.entry(QuoteFinding.KEY_NOT_MADE_BY_TPM, "--allow-imported-key"),
            Map.entry(QuoteFinding.KEY_NOT_SIGNING, "--allow-key-not-signing"),
            Map.entry(QuoteFinding.KEY_DECRYPTING, "--allow-decryption-key"),
            Map.entry(QuoteFinding.KEY_WITHOUT_SCHEME, "--allow-key-without-scheme"),
            Map.entry(QuoteFinding.KEY_NAME_WEAK, "--allow-weak-key-name"),
            Map.entry(QuoteFinding.SHORT_RSA_KEY, "--allow-short-rsa-key"),
            Map.entry(QuoteFinding.SHA1_SIGNATURE, "--allow-sha1-signature"));

    @TempDir
    Path folder = Path.of("");

    static List<WeakQuote> weakQuotes() {
        return WeakQuote.all();
    }

    private List<String> verify(WeakQuote weak) throws Exception {
        Quote.Tpm20 quote = weak.quote(
                PcrSelection.parse("sha256:0-7"), Replay.of(EventLog.read(LOG)).expectedValues());
        Bytes area = weak.tpm().publicArea().encode();
        return List.of(
                "verify",
                LOG.toString(),
                "--quote",
                write("attest", quote.attest().encode()),
                "--signature",
                write("signature", quote.signature().encode()),
                "--ak",
                write("ak", new ByteWriter().u16be(area.length()).bytes(area).toBytes()),
                "--nonce",
                weak.nonceBytes().toHex());
    }

    private String write(String name, Bytes bytes) throws Exception {
        return Files.write(folder.resolve(name), bytes.toByteArray()).toString();
    }

    @ParameterizedTest
    @MethodSource("weakQuotes")
    void quoteIsRefusedUnlessItsOwnOptionIsGiven(WeakQuote weak) throws Exception {
        List<String> verify = verify(weak);
        String option = option(weak);
        assertRefused(weak, Run.of(verify), Run.of(verify, "--json"));
        List<String> withAllOthers = Run.join(
                verify,
                OPTIONS.values().stream().filter(other -> !other.equals(option)).toArray(String[]::new));
        assertEquals(verify.size() + OPTIONS.size() - 1, withAllOthers.size());
        assertRefused(weak, Run.of(withAllOthers), Run.of(withAllOthers, "--json"));

        assertEquals(
                0,
                Run.of(
                                verify,
                                "--allow-weakness=sha1-signature,"
                                        + weak.weakness().id())
                        .exitCode());
        Run taken = Run.of(verify, option);
        assertEquals(0, taken.exitCode(), taken.out());
        assertTrue(
                taken.out()
                        .contains("note: " + weak.weakness().id() + ": "
                                + weak.weakness().message()),
                taken.out());
        JsonNode quote = Run.of(verify, option, "--json").json().get("quote");
        assertEquals("[\"" + weak.weakness().id() + "\"]", quote.get("findings").toString());
    }

    private static String option(WeakQuote weak) {
        return Objects.requireNonNull(OPTIONS.get(weak.weakness()));
    }

    private static void assertRefused(WeakQuote weak, Run text, Run json) throws Exception {
        assertEquals(2, text.exitCode(), text.out());
        assertTrue(
                text.out()
                        .startsWith("REFUSED: the quote is refused, too-weak: "
                                + weak.weakness().id() + ": "),
                text.out());
        assertTrue(
                text.out()
                        .strip()
                        .endsWith(", give --allow-weakness " + weak.weakness().id()),
                text.out());
        assertEquals(2, json.exitCode());
        JsonNode quote = json.json().get("quote");
        assertEquals("too-weak", quote.get("refused").asText());
        assertEquals(
                "[\"" + weak.weakness().id() + "\"]", quote.get("weaknesses").toString());
        assertFalse(json.json().has("pcrs"), "nothing is said of the log");
    }

    @Test
    void optionsForWeakQuotesBelongToAQuote() {
        Run run = Run.of("verify", LOG.toString(), "--pcrs", Run.pcrs("uki-direct"), "--allow-short-nonce");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("--allow-weakness short-nonce belongs to --quote"), run.err());
    }

    @Test
    void everyCommandThatTakesAQuoteHasThemAll() {
        for (String command : List.of("verify", "check")) {
            Set<String> options = new TreeSet<>(
                    Objects.requireNonNull(Main.commandLine().getSubcommands().get(command))
                            .getCommandSpec()
                            .optionsMap()
                            .keySet());
            options.retainAll(OPTIONS.values());
            assertEquals(new TreeSet<>(OPTIONS.values()), options, command);
        }
    }

    /** Evidence that an attacker forged with a weak key, or kept from a better day. */
    @TestFactory
    Stream<DynamicTest> quotesOfTheAttackCasesAreRefused() {
        Path attacks = TestLogs.shared("attacks");
        return Map.of(
                        "key-no-attributes", "key-not-restricted",
                        "key-not-fixed-to-tpm", "key-not-fixed-to-tpm",
                        "key-not-restricted", "key-not-restricted",
                        "key-rsa-1024", "short-rsa-key",
                        "quote-old-nonce", "nonce-differs")
                .entrySet()
                .stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> {
                    Path dir = attacks.resolve(entry.getKey());
                    Run run = Run.of(
                            "verify",
                            "--pcrs",
                            dir.resolve("claimed.pcrs.json").toString(),
                            "--quote",
                            dir.resolve("evil.quote/attest.bin").toString(),
                            "--signature",
                            dir.resolve("evil.quote/signature.bin").toString(),
                            "--ak",
                            dir.resolve("evil.quote/ak.bin").toString(),
                            "--nonce=e78a769250bdb3415bf32fb451e3af54e9102c88",
                            dir.resolve("evil.bin").toString());
                    assertEquals(2, run.exitCode(), run.out());
                    assertTrue(run.out().contains("the quote is refused, "), run.out());
                    assertTrue(run.out().contains(entry.getValue() + ": "), run.out());
                }));
    }
}
