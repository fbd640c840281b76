package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.HostileLogs;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final int MAX_CHARACTERS = 1_500_000;

    @TempDir
    Path folder = Path.of("");

    private String state(String boot) {
        String state = folder.resolve(boot + ".json").toString();
        Run run = Run.of("refstate", "create", "--full", "-e", Run.log(boot), "--pcrs", Run.pcrs(boot), "-o", state);
        assertEquals(0, run.exitCode(), run::err);
        return state;
    }

    private Page page(String... arguments) throws Exception {
        return Page.of(folder, arguments);
    }

    private Page page(List<String> first, String... more) throws Exception {
        return Page.of(folder, Run.join(first, more).toArray(new String[0]));
    }

    @Test
    void aQuotedBootIsAcceptedAndProved() throws Exception {
        Page page = page(
                Run.quote(CapturedQuote.of("uki-secureboot", "ecc")),
                Run.log("uki-secureboot"),
                "--pcrs",
                Run.pcrs("uki-secureboot"),
                "-r",
                state("uki-secureboot"));

        assertEquals(0, page.run().exitCode());
        assertTrue(page.answer().startsWith("ACCEPTED: "), page::answer);
        assertTrue(page.run().out().startsWith(page.text("h1")), page.run()::out);
        assertEquals(
                "quote",
                page.document().select("#boot-11-0 td[data-label=Proof]").text());
        assertEquals("proved", page.document().select("#boot-11-0 .mark").text());
        assertEquals(List.of("Firmware", "Boot manager and loaders"), page.texts(".stages > li > h3"));
        assertTrue(page.text(".chain").contains("capture test db in db CN=capture test db"), page.text(".chain"));
        assertEquals("exactly these events, in this order", pinned(page, "PCR 4"));
        assertEquals(List.of(), page.texts(".problems"));
        assertTrue(page.texts(".findings .mark").contains("passed"));
    }

    @Test
    void theExitCodeIsThatOfDiagnose() throws Exception {
        List<String> judged = List.of(Run.log("uki-secureboot"), "-r", state("uki-secureboot"));
        List<String> quoted = Run.join(
                judged,
                Run.join(Run.quote(CapturedQuote.of("uki-secureboot", "rsa")), "--pcrs", Run.pcrs("uki-secureboot"))
                        .toArray(new String[0]));
        for (List<String> arguments : List.of(
                judged,
                Run.join(judged, "--pcrs", Run.pcrs("uki-secureboot")),
                Run.join(quoted, "--bank", "sha256"),
                Run.join(quoted, "--bank", "sha512"))) {
            Run diagnose = Run.of(List.of("diagnose"), arguments.toArray(new String[0]));
            Page page = page(arguments);
            assertEquals(diagnose.exitCode(), page.run().exitCode(), page::answer);
            assertEquals(
                    diagnose.exitCode() == 0,
                    page.answer().matches("ACCEPTED( IF THE PCR VALUES ARE TRUE)?: .*"),
                    page::answer);
        }
    }

    private static String pinned(Page page, String register) {
        return page.document()
                .select("tr:has(th:contains(" + register + ")) td[data-label=What may be measured]")
                .get(0)
                .text();
    }

    @Test
    void theAnswerNamesWhatIsWrong() throws Exception {
        Page page = page(
                Run.log("uki-direct-other-cmdline"),
                "--pcrs",
                Run.pcrs("uki-direct-other-cmdline"),
                "-r",
                state("uki-direct"),
                "--allow-secure-boot-off");

        assertEquals(2, page.run().exitCode());
        assertTrue(page.answer().startsWith("REJECTED: "), page::answer);
        assertTrue(page.texts(".sentence").get(0).contains("PCR"), page::answer);
        assertFalse(page.texts(".problems > li").isEmpty());
        assertFalse(page.texts(".hints li").isEmpty());
        assertTrue(page.texts(".findings tbody .mark").get(0).equals("FAILED"), page.text(".findings"));
        assertEquals(
                page.document().select("main section").first(),
                page.document().select("section:has(#why)").first());
    }

    @Test
    void aLogOfAnotherBootIsDifferentWithoutAState() throws Exception {
        Page page = page(Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-secureboot"));

        assertEquals(2, page.run().exitCode());
        assertTrue(page.answer().startsWith("DIFFERENT: The log does not give the value of PCR 0, "), page::answer);
        assertTrue(page.texts(".pcrs tr.refuted .mark").contains("differs"));
        assertFalse(page.texts(".pcrs tr.refuted .items li").isEmpty());
    }

    @Test
    void whatTheKernelMeasuresIsNoDifference() throws Exception {
        Page page = page(Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"));

        assertEquals(0, page.run().exitCode());
        assertTrue(page.answer().startsWith("REPRODUCED: "), page::answer);
        Page userland = page(Run.log("systemd-userland"), "--pcrs", Run.pcrs("systemd-userland"));
        assertTrue(
                userland.answer().startsWith("REPRODUCED IN PCR 0 TO 7: The log does not give the value of PCR 11, 15"),
                userland::answer);
    }

    @Test
    void onlyThePcrsInWhichSomethingDiffersAreMarked() throws Exception {
        Page page = page(Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"), "-r", state("uki-secureboot"));

        assertEquals(2, page.run().exitCode());
        List<String> marked = page.document()
                .select("tr:has(.mark:contains(not as expected))")
                .eachAttr("id");
        assertEquals(List.of("boot-13-0", "boot-13-4", "boot-13-7"), marked, "the rule firmware is about PCR 2 too");
    }

    @Test
    void thePageIsOfTheBankThatIsChosen() throws Exception {
        String log = Run.log("uki-secureboot");
        assertTrue(page(log).document().text().contains("bank sha256 of sha1"));
        assertTrue(page(log, "--bank", "sha1").document().text().contains("bank sha1 of sha1"));
        assertTrue(page(log, "--bank", "sha1", "--pcrs", Run.pcrs("uki-secureboot"))
                .document()
                .text()
                .contains("bank sha1 of sha1"));
        String output = folder.resolve("none.html").toString();
        for (String bank : List.of("sm3_256", "sha1,sha256")) {
            Run run = Run.of("report", log, "--bank", bank, "-o", output);
            assertEquals(1, run.exitCode());
            assertTrue(run.err().contains("bank"), run.err());
        }
    }

    @Test
    void ofTwoBootsTheMalformedOneIsNamed() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(Run.log("uki-direct")));
        String cut =
                Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 5000)).toString();
        Page page = page(Run.log("uki-direct"), cut);

        assertEquals(1, page.run().exitCode());
        assertTrue(page.answer().startsWith("MALFORMED LOG: " + cut + ": TCG_PCR_EVENT"), page::answer);
        assertTrue(page.answer().endsWith("; the events before that are shown"), page::answer);
        String junk = Files.write(folder.resolve("junk"), new byte[] {1, 2, 3}).toString();
        assertTrue(page(junk).answer().endsWith("; no event can be read"), page(junk)::answer);
    }

    @Test
    void aLogAloneIsComparedWithNothing() throws Exception {
        Page page = page(Run.log("tpm12-legacy"));

        assertEquals(0, page.run().exitCode());
        assertTrue(page.answer().startsWith("NOT COMPARED: "), page::answer);
        assertEquals(
                List.of("not compared"),
                page.texts(".pcrs .mark").stream().distinct().toList());
    }

    @Test
    void twoBootsAreSideBySide() throws Exception {
        Page page = page(Run.log("boot-order-before"), Run.log("boot-order-after"));

        assertEquals(0, page.run().exitCode());
        assertTrue(page.answer().startsWith("DIFFERENT: In PCR 1: BootOrder (claimed) changed"), page::answer);
        assertEquals(
                "0001, 0000, 0002, 0003, 0004", page.texts(".changes .before").get(1));
        assertEquals(
                "0001, 0002, 0000, 0003, 0004", page.texts(".changes .after").get(1));
        assertEquals(List.of("PCR 1 firmware settings"), page.texts(".values tr.differs th"));
        assertEquals(2, page.document().select("details.fold svg").size());
        Page same = page(Run.log("uki-direct"), Run.log("uki-direct"));
        assertTrue(same.answer().startsWith("SAME: "), same::answer);
    }

    @Test
    void aRefusedQuoteProvesNothing() throws Exception {
        Page page = page(Run.quote(CapturedQuote.of("uki-secureboot", "ecc")), Run.log("uki-direct"));

        assertEquals(2, page.run().exitCode());
        assertTrue(page.answer().startsWith("QUOTE REFUSED: "), page::answer);
        assertEquals(List.of(), page.texts(".mark.proved").stream().distinct().toList());
    }

    @Test
    void ofAMalformedLogTheEventsBeforeTheFaultAreDrawn() throws Exception {
        Path cut = folder.resolve("cut.bin");
        byte[] log = TestLogs.read(Path.of(Run.log("uki-direct")));
        Files.write(cut, Arrays.copyOf(log, log.length - 3));
        Page page = page(cut.toString());

        assertEquals(Main.ERROR, page.run().exitCode());
        assertTrue(page.answer().startsWith("MALFORMED LOG: "), page::answer);
        assertEquals(40, page.document().select(".events tbody tr").size());
    }

    @Test
    void userspaceIsPartOfTheStory() throws Exception {
        String boot = "systemd-userland";
        String userspace = Run.BOOTS.resolve(boot).resolve("tpm2-measure.log").toString();
        Page page = page(Run.log(boot), "--userspace-log", userspace, "--pcrs", Run.pcrs(boot));

        assertEquals(
                List.of("Firmware", "Boot manager and loaders", "Operating system"), page.texts(".stages > li > h3"));
        assertTrue(page.text(".stages > li:last-child").contains("enter-initrd"), page.text(".stages"));
    }

    @Test
    void wrongUseIsAnError() {
        Run neither = Run.of("report", Run.log("uki-direct"));
        assertEquals(Main.ERROR, neither.exitCode());
        assertTrue(neither.err().contains("-o"), neither::err);
        String page = folder.resolve("page.html").toString();
        String log = Run.log("uki-direct");
        Run three = Run.of("report", log, log, log, "-o", page);
        assertEquals(Main.ERROR, three.exitCode());
        assertTrue(three.err().contains("3 logs are given: two are compared"), three::err);
        Run nowhere = Run.of(
                "report",
                Run.log("uki-direct"),
                "-o",
                folder.resolve("no/page.html").toString());
        assertEquals(Main.ERROR, nowhere.exitCode());
        assertTrue(nowhere.err().contains("/no does not exist"), nowhere::err);
    }

    @Test
    void thePageMayGoToStandardOutput() throws Exception {
        Run run = Run.of("report", Run.log("uki-direct"), "-o", "-");
        assertEquals(0, run.exitCode());
        assertEquals(page(Run.log("uki-direct")).html(), run.out());
    }

    @Test
    void aFullDiskIsAnError() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        Run run = Run.of("report", Run.log("uki-direct"), "-o", "/dev/full");
        assertEquals(Main.ERROR, run.exitCode());
        assertTrue(run.err().contains("/dev/full: "), run::err);
    }

    @Test
    void equalInputGivesTheSameBytes() throws Exception {
        assertEquals(
                page(Run.log("uki-direct")).html(), page(Run.log("uki-direct")).html());
    }

    @TestFactory
    Stream<DynamicTest> everyLogOfTheCorpusHasAPage() {
        String corpus = TestLogs.shared("corpus").toString();
        return TestLogs.corpus().stream()
                .map(log -> dynamicTest(log.name(), () -> {
                    String file = Path.of(corpus, log.name() + ".bin").toString();
                    Page page = page(file);
                    assertEquals(Run.of("summary", file).exitCode(), page.run().exitCode(), page.run()::err);
                    assertTrue(
                            page.html().length() < MAX_CHARACTERS,
                            () -> page.html().length() + " characters");
                }));
    }

    @TestFactory
    Stream<DynamicTest> pagesAreBounded() {
        return HostileLogs.shapes().stream()
                .map(shape -> dynamicTest(shape.name(), () -> {
                    Path log =
                            Files.write(folder.resolve("log.bin"), shape.log().apply(shape.largest()));
                    Page page = page(log.toString());
                    assertTrue(
                            page.html().length() < MAX_CHARACTERS,
                            () -> page.html().length() + " characters");
                }));
    }
}
