package io.github.measuredboot.examples.verifier.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Browser;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/** What an operator sees in Chromium, and can do without a mouse and without a script; skipped where it is not installed. */
class BrowserTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final Boot OTHER_UKI = Boot.captured("uki-direct-other-cmdline");

    @TempDir
    static Path data;

    private static RunningVerifier verifier;
    private static Browser browser;
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        Browser.requireInstalled();
        verifier = new RunningVerifier(data);
        fleet();
        browser = new Browser(verifier.port(), true);
        browser.logIn(verifier.token(), "/");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            verifier.close();
        }
    }

    /** Two groups, and a rollout that is on its way. */
    private static void fleet() throws Exception {
        verifier.putGroup("servers", "first-use", "operator", List.of());
        verifier.putGroup("laptops", "first-use", "first-use", List.of());
        verifier.addState("servers", "image of October", GOOD);
        try (SimulatedMachine failing = verifier.machine(GOOD);
                SimulatedMachine old = verifier.machine(GOOD);
                SimulatedMachine updated = verifier.machine(GOOD);
                SimulatedMachine silent = verifier.machine(GOOD);
                SimulatedMachine laptop = verifier.machine(GOOD.withText(12, "quiet splash"))) {
            PAGES.put("machines", "/");
            PAGES.put("machines-that-fail", "/?status=FAIL");
            PAGES.put("machine-fail", "/machines/" + failing.enrol("servers", "web-1"));
            PAGES.put("report-fail", PAGES.get("machine-fail") + "/report");
            PAGES.put("machine-pass", "/machines/" + old.enrol("servers", "web-2"));
            updated.enrol("servers", "web-3");
            PAGES.put("machine-pending", "/machines/" + silent.enrol("servers", "web-4"));
            PAGES.put("machine-first-use", "/machines/" + laptop.enrol("laptops", "laptop-of-anna"));
            PAGES.put("groups", "/groups");
            PAGES.put("group", "/groups/servers");
            PAGES.put("rollout", "/rollout");
            PAGES.put("not-found", "/machines/none");
            failing.attest();
            failing.reboot(OTHER_UKI);
            failing.attest();
            old.attest();
            laptop.attest();
            Boot next = Boot.captured("sdboot-uki");
            verifier.addState("servers", "image of November", next);
            updated.reboot(next);
            updated.attest();
        }
    }

    @Test
    void theKeyboardReachesTheSkipLinkAndEachRow() {
        browser.open("/");
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 30 && !reached.contains("web-2"); i++) {
            browser.press(Keys.TAB);
            reached.add(browser.focus());
        }
        assertEquals(
                List.of(
                        "Skip to the content",
                        "Machines",
                        "Groups",
                        "Rollout",
                        "Log out",
                        "All 5",
                        "✖ FAIL 1",
                        "? TIMEOUT 0",
                        "… PENDING 1",
                        "✔ PASS 3",
                        "laptop-of-anna",
                        "laptops",
                        "web-1",
                        "servers",
                        "web-2"),
                reached);
        browser.press(Keys.ENTER);
        browser.await("h1", "web-2");

        browser.press(Keys.TAB);
        assertEquals("Skip to the content", browser.focus());
        browser.press(Keys.ENTER);
        browser.press(Keys.TAB);
        assertEquals("servers", browser.focus(), "the first link of the content");
    }

    @Test
    void pagesReadTheSameWithoutAScript() throws Exception {
        try (Browser without = new Browser(verifier.port(), false)) {
            without.logIn(verifier.token(), "/");
            for (String path : PAGES.values()) {
                browser.open(path);
                without.open(path);
                assertTrue(browser.text("body").length() > 80, path);
                assertEquals(steady(browser.text("body")), steady(without.text("body")), path);
            }
            browser.open("/");
            browser.await("#live", "Live.");
            without.open("/");
            assertEquals("", without.text("#live"), "no script runs");
        }
    }

    private static String steady(String text) {
        return text.replaceAll("As of [-0-9: ]+ UTC( Live\\.)?", "")
                .replaceAll("(just now|[0-9]+ (second|minute)s? ago)", "ago");
    }

    @Test
    void pagesAreAccessibleInLightAndDarkAndFitAPhone() throws Exception {
        Map<String, String> pages = new LinkedHashMap<>(PAGES);
        pages.put("login", "/login?wrong=true");
        for (Map.Entry<String, String> page : pages.entrySet()) {
            browser.open(page.getValue());
            for (String scheme : List.of("light", "dark")) {
                browser.prefer(scheme);
                assertEquals(List.of(), browser.violations(), page + " in " + scheme);
                browser.picture(page.getKey() + "-" + scheme);
            }
            browser.prefer("light");
            browser.resize(360, 900);
            assertTrue(browser.fits(), page + " is wider than a phone");
            assertEquals(List.of(), browser.violations(), page + " on a phone");
            browser.picture(page.getKey() + "-phone");
            browser.resize(1200, 900);
        }
        assertEquals(
                List.of(),
                browser.complaints().filter(text -> !text.contains("404")).toList());
    }

    @Test
    void loggingOutStopsWhatIsOpen() throws Exception {
        try (Browser two = new Browser(verifier.port(), true)) {
            two.logIn(verifier.token(), "/groups");
            assertEquals("/groups", two.path());
            two.await("#live", "Live.");
            String first = two.driver().getWindowHandle();
            two.driver().switchTo().newWindow(WindowType.TAB);
            two.open("/rollout");
            two.all("form[action='/logout'] button").get(0).click();
            two.await("login", () -> two.path().equals("/login"));
            two.driver().switchTo().window(first);
            two.await("#live", "You are logged out: load the page again.");
            two.open("/rollout");
            assertEquals("/login?next=%2Frollout", two.path());
        }
    }
}
