package io.github.measuredboot.examples.verifier.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Browser;
import io.github.measuredboot.examples.verifier.testing.Reporter;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that is open in Chromium while machines come, fail, fall silent and recover; skipped where it is not installed. */
class LiveTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final Boot OTHER_UKI = Boot.captured("uki-direct-other-cmdline");

    @TempDir
    Path data;

    @Test
    void statusFollowsFromEnrolmentToTimeoutAndBack() throws Exception {
        Browser.requireInstalled();
        try (RunningVerifier verifier = new RunningVerifier(data, "--interval", "0.6");
                Browser browser = new Browser(verifier.port(), true);
                SimulatedMachine first = verifier.machine(GOOD);
                SimulatedMachine second = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "operator", List.of());
            verifier.addState("servers", "image of October", GOOD);
            browser.logIn(verifier.token(), "/");
            browser.await("#nobody", "There is no such machine.");
            browser.driver().executeScript("window.loadedOnce = true;");

            String one = "#machine-" + first.enrol("servers", "web-1");
            String secondId = second.enrol("servers", "web-2");
            String two = "#machine-" + secondId;
            browser.await(one, "PENDING");
            try (Reporter firstReports = new Reporter(first, 300);
                    Reporter secondReports = new Reporter(second, 300)) {
                browser.await(one, "PASS");
                browser.await(two, "PASS");
                browser.await("#counts", "All 2 ✖ FAIL 0 ? TIMEOUT 0 … PENDING 0 ✔ PASS 2");
                String before = browser.text(one + " td:nth-child(3) time");
                browser.await(
                        "later success",
                        () -> !List.of("", before).contains(browser.text(one + " td:nth-child(3) time")));

                secondReports.reboot(OTHER_UKI);
                browser.await(two, "✖ FAIL");
                firstReports.stop();
                browser.await(one, "? TIMEOUT");
                browser.await("#live", "web-1 is TIMEOUT.");
                browser.await(two, "✖ FAIL");
                browser.picture("live-fail-and-timeout");

                firstReports.start();
                browser.await(one, "✔ PASS");
                secondReports.reboot(GOOD);
                browser.await(two, "✔ PASS");
                assertEquals(
                        true, browser.driver().executeScript("return window.loadedOnce;"), "nothing was loaded again");

                browser.open("/machines/" + secondId);
                secondReports.reboot(OTHER_UKI);
                browser.await("h1", "web-2 ✖ FAIL");
                browser.await("#why", "UKI has changed");
                browser.await("#difference", Boot.imageDigest("uki-direct-other-cmdline"));
                secondReports.stop();
                verifier.operator().send("DELETE", "/v1/machines/" + secondId, null);
                browser.await("h1", "Not found");
            }
        }
    }

    /** With an interval of a minute: the event alone brings the change. */
    @Test
    void aChangeIsShownByItsEventAndTheFocusStays() throws Exception {
        Browser.requireInstalled();
        int port = freePort();
        String row;
        try (Browser browser = new Browser(port, true)) {
            try (RunningVerifier verifier = new RunningVerifier(data, "--port", String.valueOf(port));
                    SimulatedMachine machine = verifier.machine(GOOD)) {
                verifier.putGroup("servers", "first-use", "first-use", List.of());
                row = "#machine-" + machine.enrol("servers", "web-1");
                browser.logIn(verifier.token(), "/");
                browser.await("#live", "Live.");
                browser.driver().executeScript("document.querySelector('" + row + " th a').focus()");
                machine.attest();
                browser.await(row, "PASS");
                machine.reboot(OTHER_UKI);
                machine.attest();
                browser.await(row, "FAIL");
                assertEquals("web-1", browser.driver().executeScript("return document.activeElement.textContent"));
            }
            browser.await("#live", "What is shown is old.");
            browser.await(row, "FAIL");
            try (RunningVerifier again = new RunningVerifier(data, "--port", String.valueOf(port))) {
                browser.await("#live", "You are logged out: load the page again.");
                browser.logIn(again.token(), "/");
                browser.await(row, "FAIL");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
