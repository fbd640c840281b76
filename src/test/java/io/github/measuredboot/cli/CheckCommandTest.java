package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.testing.CapturedQuote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private String full(String boot, String... more) {
        return create(boot, List.of(), more);
    }

    private String field(String boot) {
        return create(boot, List.of("--format", "field"));
    }

    private String create(String boot, List<String> form, String... more) {
        String file = folder.resolve(boot + form + ".json").toString();
        List<String> args = new ArrayList<>(List.of("refstate", "create", "-e", log(boot), "-o", file));
        args.addAll(form);
        Run run = Run.of(args, more);
        assertEquals(0, run.exitCode(), run.err());
        return file;
    }

    private static List<String> check(String boot, String state) {
        return List.of("check", log(boot), "--refstate", state, "--pcrs", pcrs(boot));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-direct", "sdboot-uki", "systemd-userland", "boot-order-before", "two-boots-second"})
    void aBootIsAcceptedAgainstItsOwnStateIfItsValuesAreTrue(String boot) throws Exception {
        List<String> check = check(boot, full(boot));
        Run run = Run.of(check, "--allow-secure-boot-off");
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().contains("ACCEPTED IF THE PCR VALUES ARE TRUE (bank sha512): no quote"), run.out());
        assertEquals(2, Run.of(check).exitCode());
        assertTrue(Run.of(check, "--json").rejecting().contains("secure-boot"));
    }

    @Test
    void secureBootNeedsNoAllowance() throws Exception {
        Run run = Run.of(check("uki-secureboot", full("uki-secureboot")), "--json", "--pin-sections");
        assertEquals(0, run.exitCode(), run.out());
        JsonNode json = run.json();
        assertEquals("accepted-if-values-are-true", json.at("/verdict/outcome").asText());
        assertEquals(log("uki-secureboot"), json.get("log").asText());
        JsonNode pk = StreamSupport.stream(json.at("/verdict/findings").spliterator(), false)
                .filter(finding -> finding.get("rule").asText().equals("pk"))
                .findFirst()
                .orElseThrow();
        assertEquals("passed", pk.get("outcome").asText());
        assertEquals("asserted", pk.get("proof").asText());
        assertEquals("content", pk.get("constraint").asText());
        assertEquals("[{\"number\":5,\"offset\":916}]", pk.get("events").toString());
        long bytes = 0;
        for (JsonNode count : json.at("/verdict/coverage/logBytes")) {
            bytes += count.asLong();
        }
        assertEquals(Files.size(Path.of(log("uki-secureboot"))), bytes);
        assertEquals("matches", json.at("/pcrs/sha256/7/status").asText());
        assertEquals(10, json.at("/explanation/0/pcr").asInt());
    }

    @Test
    void theFieldsFormKnowsLoadersToo() {
        for (String boot : List.of("uki-direct", "sdboot-uki")) {
            Run run = Run.of(check(boot, field(boot)), "--allow-secure-boot-off");
            assertEquals(0, run.exitCode(), run.out());
            assertTrue(run.out().contains("(bank sha256)"), run.out());
        }
    }

    @Test
    void anotherUkiIsRejectedAndNamed() throws Exception {
        List<String> check = check("uki-direct-other-cmdline", full("uki-direct"));
        Run text = Run.of(check, "--allow-secure-boot-off");
        assertEquals(2, text.exitCode());
        assertTrue(
                text.out().startsWith("REJECTED (bank sha512): PCR 4, event 23: the UKI has changed (rule images)\n"),
                text.out());
        assertEquals(
                List.of("images"),
                Run.of(check, "--allow-secure-boot-off", "--json").rejecting());
    }

    @ParameterizedTest
    @CsvSource({"boot-order-before, boot-order-after", "uki-direct, uki-direct-extra-boot-entry"})
    void anotherBootOrderIsAccepted(String before, String after) {
        Run run = Run.of(check(after, full(before)), "--allow-secure-boot-off");
        assertEquals(0, run.exitCode(), run.out());
    }

    @Test
    void aQuoteProvesTheBankThatItIsOver() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-secureboot", "rsa");
        List<String> check = new ArrayList<>(check("uki-secureboot", full("uki-secureboot")));
        check.addAll(Run.quote(captured));
        Run inItsBank = Run.of(check, "--bank", "sha256");
        assertEquals(0, inItsBank.exitCode(), inItsBank.out());
        assertTrue(inItsBank.out().startsWith("ACCEPTED (bank sha256)"), inItsBank.out());
        Run json = Run.of(check, "--bank", "sha256", "--json");
        assertEquals("accepted", json.json().at("/verdict/outcome").asText());
        assertEquals(
                captured.nonceBytes().toHex(), json.json().at("/quote/nonce").asText());
        Run inAnother = Run.of(check, "--bank", "sha512");
        assertEquals(2, inAnother.exitCode(), "the quote does not prove what is needed");
        assertTrue(
                inAnother.out().contains("ACCEPTED IF THE PCR VALUES ARE TRUE (bank sha512): the quote does not prove")
                        && inAnother.out().contains("it is over sha256 0-15"),
                inAnother.out());
    }

    @Test
    void aQuoteOverAllBanksProvesTheStrongest() {
        List<String> check = new ArrayList<>(check("uki-secureboot", full("uki-secureboot")));
        check.addAll(Run.quote(CapturedQuote.of("uki-secureboot", "ecc-multibank")));
        Run run = Run.of(check);
        assertTrue(run.out().startsWith("ACCEPTED (bank sha512)"), run.out());
        assertTrue(run.out().contains("note: sha1-bank"), run.out());
    }

    /** The kernel extends PCR 10, of which the log says nothing. */
    @Test
    void aQuoteAloneIsCheckedWithTheValuesOfTheLog() throws Exception {
        List<String> quoted = new ArrayList<>(List.of("check", log("uki-secureboot"), "-r", full("uki-secureboot")));
        quoted.addAll(Run.quote(CapturedQuote.of("uki-secureboot", "rsa")));
        Run refused = Run.of(quoted, "--json");
        assertEquals(2, refused.exitCode(), refused.out());
        assertEquals("pcr-digest-differs", refused.json().at("/quote/refused").asText());
    }

    @Test
    void aQuoteThatLeavesOutWhatIsNeededProvesNothing() {
        List<String> check = new ArrayList<>(List.of("check", log("uki-secureboot"), "-r", full("uki-secureboot")));
        check.addAll(Run.quote(CapturedQuote.of("uki-secureboot", "rsapss")));
        Run run = Run.of(check);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(
                run.out()
                        .startsWith(
                                "REJECTED (bank sha384): PCR 8, 12-14: the log does not give the value (rule replayed)\n"),
                run.out());
        Run withValues = Run.of(check, "--pcrs", pcrs("uki-secureboot"));
        assertEquals(2, withValues.exitCode(), withValues.err());
        assertTrue(
                withValues
                        .out()
                        .startsWith("ACCEPTED IF THE PCR VALUES ARE TRUE (bank sha384): the quote does not prove"),
                withValues.out());
    }

    @Test
    void aQuoteOfAnotherBootIsRefused() throws Exception {
        List<String> check = new ArrayList<>(check("uki-secureboot", full("uki-secureboot")));
        check.addAll(Run.quote(CapturedQuote.of("uki-direct", "rsa")));
        Run run = Run.of(check, "--json");
        assertEquals(2, run.exitCode());
        assertEquals("pcr-digest-differs", run.json().at("/quote/refused").asText());
    }

    @Test
    void theUserspaceLogExplainsPcr11() throws Exception {
        String boot = "systemd-userland";
        String userspaceLog =
                Run.BOOTS.resolve(boot).resolve("tpm2-measure.log").toString();
        String state = full(boot, "--userspace-log", userspaceLog);
        Run with = Run.of(check(boot, state), "--allow-secure-boot-off", "--userspace-log", userspaceLog);
        assertEquals(0, with.exitCode(), with.out());
        Run without = Run.of(check(boot, state), "--allow-secure-boot-off", "--json");
        assertEquals(2, without.exitCode());
        assertEquals(
                List.of(
                        "other-banks",
                        "userspace-log",
                        "replayed",
                        "replayed",
                        "sections",
                        "pinned",
                        "userspace-digests"),
                without.rejecting());
    }

    @Test
    void valuesOfAnotherBootAreExplained() throws Exception {
        List<String> check = List.of(
                "check", log("uki-direct"), "-r", full("uki-direct"), "--pcrs", pcrs("uki-direct-other-cmdline"));
        Run run = Run.of(check, "--allow-secure-boot-off", "--json");
        assertEquals(2, run.exitCode());
        assertTrue(run.rejecting().contains("replayed"), run.out());
        assertTrue(run.texts("explanation", "pcr").contains("4"), run.out());
    }

    @Test
    void errorsSayWhatToDo() throws Exception {
        String state = full("uki-direct");
        assertError(Run.of("check", log("uki-direct"), "-r", state), "give --pcrs, --quote or both");
        assertError(Run.of(check("uki-direct", folder + "/none.json")), "none.json: no such file");
        assertError(Run.of(check("uki-direct", folder.toString())), folder + "/refstate.json: no such file");
        assertError(Run.of(check("uki-direct", "a\0b")), "no such file");
        assertError(Run.of(check("uki-direct", log("uki-direct"))), "eventlog.bin: ");
        assertError(Run.of(check("uki-direct", state), "--nonce", "00"), "belong to --quote, which is missing");
        assertError(Run.of("check", log("uki-direct"), "-r", state, "--pcr-selection", "sha1:0"), "belongs to --pcrs");
        assertError(Run.of("check", "a\0b", "-r", state, "--pcrs", pcrs("uki-direct")), "no such file");
        assertError(Run.of("check", state, "-r", state, "--pcrs", pcrs("uki-direct"), "--json"), state + ": ");
    }

    @Test
    void pinnedSectionsMustBeThere() throws Exception {
        String state = full("uki-direct");
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(Files.readString(Path.of(state)));
        ArrayNode pcrs = (ArrayNode) json.get("pcrs");
        for (int i = pcrs.size() - 1; i >= 0; i--) {
            if (pcrs.get(i).get("pcr").asInt() == 11) {
                pcrs.remove(i);
            }
        }
        String without = Files.writeString(folder.resolve("w"), json.toString()).toString();
        assertError(
                Run.of(check("uki-direct", without), "--pin-sections"), "no sections of the UKI, which --pin-sections");
        Run other =
                Run.of(check("uki-direct-other-cmdline", state), "--pin-sections", "--allow-secure-boot-off", "--json");
        assertEquals(List.of("images", "sections"), other.rejecting());
    }

    @Test
    void thePcrsToQuoteArePrintedBeforeThereIsEvidence() {
        Run run = Run.of("check", "-r", full("uki-direct"), "--print-pcrs");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("sha256:0,1,2,3,4,5,6,7,8,12,13,14", run.out().strip());
        Run sections = Run.of("check", "-r", full("uki-direct"), "--print-pcrs", "--pin-sections", "--bank", "sha384");
        assertEquals("sha384:0,1,2,3,4,5,6,7,8,11,12,13,14", sections.out().strip());
        assertError(
                Run.of("check", "-r", field("uki-direct"), "--print-pcrs", "--bank", "sha1"),
                "no bank in which the state pins all that it needs");
    }

    @Test
    void aQuoteCanBeRequired() {
        List<String> check = check("uki-direct", full("uki-direct"));
        assertError(Run.of(check, "--allow-secure-boot-off", "--require-quote"), "there is no --quote");
        List<String> quoted = new ArrayList<>(check);
        quoted.addAll(Run.quote(CapturedQuote.of("uki-direct", "rsa")));
        assertEquals(
                0, Run.of(quoted, "--allow-secure-boot-off", "--require-quote").exitCode());
    }

    @Test
    void aBankThatIsNotPinnedIsRejected() throws Exception {
        Run run = Run.of(
                check("uki-direct", full("uki-direct")), "--bank", "sm3_256", "--allow-secure-boot-off", "--json");
        assertEquals(2, run.exitCode());
        assertTrue(run.rejecting().contains("bank"), run.out());
    }

    private static void assertError(Run run, String message) {
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().startsWith("measuredboot: ") && run.err().contains(message), run.err());
        assertFalse(run.err().contains("internal error"), run.err());
    }
}
