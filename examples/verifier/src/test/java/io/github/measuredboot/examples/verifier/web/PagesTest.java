package io.github.measuredboot.examples.verifier.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.HttpsConnection;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages say, as the service writes them. */
class PagesTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final Boot OTHER_UKI = Boot.captured("uki-direct-other-cmdline");

    @TempDir
    static Path data;

    private static RunningVerifier verifier;
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        verifier = new RunningVerifier(data);
        site = new Site(verifier).loggedIn();
    }

    @AfterAll
    static void stop() throws Exception {
        verifier.close();
    }

    @AfterEach
    void clear() {
        verifier.running().store().inTransaction(handle -> {
            handle.execute("DELETE FROM machine");
            handle.execute("DELETE FROM reference_state");
            return handle.execute("DELETE FROM machine_group");
        });
    }

    private static String row(Document page, String id) {
        return page.select("#machine-" + id).text();
    }

    @Test
    void machinesAreThereByStatusAndGroup() throws Exception {
        try (SimulatedMachine first = verifier.machine(GOOD);
                SimulatedMachine second = verifier.machine(GOOD);
                SimulatedMachine third = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "first-use", List.of());
            verifier.putGroup("laptops", "first-use", "first-use", List.of());
            String passes = first.enrol("servers", "web-1");
            String fails = second.enrol("servers", "web-2");
            String waits = third.enrol("laptops", "laptop");
            first.attest();
            second.attest();
            second.reboot(OTHER_UKI);
            second.attest();

            Document all = site.page("/");
            assertTrue(row(all, passes).matches("web-1 ✔ PASS 20.*ago 20.*ago servers|web-1 ✔ PASS .*servers"));
            assertTrue(row(all, fails).contains("✖ FAIL 1 failure in a row"), row(all, fails));
            assertTrue(row(all, waits).contains("… PENDING no report yet never never"), row(all, waits));
            assertEquals(
                    "All 3 ✖ FAIL 1 ? TIMEOUT 0 … PENDING 1 ✔ PASS 1",
                    all.select("#counts").text());
            Document failing = site.page("/?status=FAIL");
            assertEquals(List.of("web-2"), failing.select("tbody th").eachText());
            assertEquals("✖ FAIL 1", failing.select("#counts [aria-current]").text());
            Document laptops = site.page("/?group=laptops");
            assertEquals(List.of("laptop"), laptops.select("tbody th").eachText());
            assertEquals(
                    "There is no such machine.",
                    site.page("/?group=%3Cb%3E&page=9").select("#nobody").text());
        }
    }

    @Test
    void aHundredMachinesAreShownAtOnce() throws Exception {
        verifier.putGroup("servers", "first-use", "first-use", List.of());
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            machine.enrol("servers", "web");
            verifier.running().store().inTransaction(handle -> {
                for (int i = 0; i < 249; i++) {
                    handle.execute(
                            "INSERT INTO machine (id, name, group_name, ek_name, ak_public, identity_level, tls_sha256, nonce_number,"
                                    + " record, pins, status, due_at) SELECT ?, ?, group_name, ?, ak_public, identity_level, ?, 0,"
                                    + " record, pins, status, due_at FROM machine WHERE name = 'web'",
                            "id-" + i,
                            "web-" + i,
                            "ek-" + i,
                            "tls-" + i);
                }
                return 0;
            });
            Document first = site.page("/");
            assertEquals(100, first.select("tbody tr").size());
            assertEquals("1 to 100 of 250", first.select("caption .detail").text());
            Document third = site.page("/?page=3");
            assertEquals(50, third.select("tbody tr").size());
            assertEquals("/?page=2", third.select("a[rel=prev]").attr("href"));
            assertTrue(third.select("a[rel=next]").isEmpty());
            assertEquals(
                    "/?status=PENDING&page=2",
                    site.page("/?status=PENDING").select("a[rel=next]").attr("href"));
        }
    }

    @Test
    void aMachineShowsWhyItFailsAndWhatDiffers() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "operator", List.of());
            verifier.addState("servers", "first image", GOOD);
            String id = machine.enrol("servers", "web-1");
            String path = "/machines/" + id;
            assertTrue(site.page(path).select("#title").text().contains("has not reported yet"));
            assertEquals(404, site.get(path + "/report").status());

            machine.attest();
            Document good = site.page(path);
            assertEquals("web-1 ✔ PASS", good.select("h1").text());
            assertTrue(good.select("#difference").text().contains("the boot is that of the state “first image”"));
            assertTrue(good.select("#why").isEmpty());
            assertTrue(good.select("#boot").text().contains(Boot.imageDigest("uki-direct")), good.text());
            assertTrue(good.select("#history tbody").text().matches("1 20.* accepted state [0-9]+ ?"), good.text());

            machine.reboot(OTHER_UKI);
            machine.attest();
            Document bad = site.page(path);
            assertEquals("web-1 ✖ FAIL", bad.select("h1").text());
            assertTrue(
                    bad.select("#why").text().contains("UKI has changed"),
                    bad.select("#why").text());
            assertTrue(
                    bad.select("#why code").eachText().contains("predict UKI"),
                    bad.select("#why").html());
            assertTrue(
                    bad.select("#title p").first().text().contains("rejected: the UKI has changed (PCR 4, event"),
                    bad.select("#title").text());
            Element difference = bad.select("#difference tbody tr").first();
            assertTrue(difference.text().contains(Boot.imageDigest("uki-direct-other-cmdline")), difference.text());
            assertTrue(difference.text().contains(Boot.imageDigest("uki-direct")), difference.text());
            assertEquals(2, bad.select("#history tbody tr").size());

            Document report = site.page(path + "/report");
            assertEquals("REJECTED", report.select("h1").text());
            assertTrue(report.select("aside").isEmpty(), "the report says it itself");
            assertTrue(report.select("#boot-timeline, #boot-pcrs").size() == 2, report.text());
        }
    }

    @Test
    void aBootThatTheOldStateAcceptsIsNotComparedWithTheNewOne() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "operator", List.of());
            verifier.addState("servers", "old", GOOD);
            verifier.addState("servers", "new", OTHER_UKI);
            String id = machine.enrol("servers", "web-1");
            machine.attest();
            Document page = site.page("/machines/" + id);
            assertTrue(page.select("#difference").text().contains("that of the state “old”"), page.text());
            assertEquals(
                    "ACCEPTED",
                    site.page("/machines/" + id + "/report").select("h1").text());
            assertTrue(verifier.operator()
                    .get("/v1/machines/" + id)
                    .json()
                    .get("reasons")
                    .isEmpty());
        }
    }

    @Test
    void aPinnedPcrThatChangedIsSaidOnTheReportToo() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "first-use", List.of());
            String id = machine.enrol("servers", "web-1");
            machine.attest();
            machine.become(GOOD.withText(11, "another phase"));
            machine.attest();
            String title = site.page("/machines/" + id).select("#title").text();
            assertTrue(title.contains("11 changed while"), title);
            Document report = site.page("/machines/" + id + "/report");
            assertTrue(
                    report.select("aside").text().contains("11 changed while"),
                    report.select("aside").text());
        }
    }

    @Test
    void evidenceThatProvesNothingHasAReasonAndNoReport() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD);
                SimulatedMachine other = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "first-use", List.of());
            String id = machine.enrol("servers", "web-1");
            machine.send(machine.evidence(machine.challenge().json(), other.tpm()));
            Document page = site.page("/machines/" + id);
            assertTrue(page.select("#title").text().contains("was refused, for it proves nothing:"), page.text());
            assertTrue(page.select("#boot").text().contains("Nothing is proved."));
            assertEquals(404, site.get("/machines/" + id + "/report").status());
        }
    }

    @Test
    void groupsShowTheirStatesAndRolloutWhoBootsTheOldImage() throws Exception {
        try (SimulatedMachine first = verifier.machine(GOOD);
                SimulatedMachine second = verifier.machine(GOOD);
                SimulatedMachine third = verifier.machine(GOOD)) {
            verifier.putGroup("servers", "first-use", "operator", List.of());
            verifier.putGroup("laptops", "first-use", "first-use", List.of());
            verifier.addState("servers", "old image", GOOD);
            first.enrol("servers", "web-1");
            second.enrol("servers", "web-2");
            third.enrol("laptops", "laptop");
            first.attest();
            second.attest();
            third.attest();
            verifier.addState("servers", "new image", OTHER_UKI);
            second.reboot(OTHER_UKI);
            second.attest();

            String sentence =
                    "1 of 2 machines was accepted by the newest state, “new image”; 1 machine still boots an older state.";
            Document rollout = site.page("/rollout");
            assertEquals(sentence, rollout.select("#group-servers .sentence").text());
            String old =
                    rollout.select("#group-servers tbody tr:has(.role.old)").text();
            assertTrue(old.startsWith("old image old") && old.contains("web-1 ✔ PASS") && !old.contains("web-2"), old);
            assertTrue(rollout.select("#group-laptops").text().contains("nothing to roll out"));

            Document group = site.page("/groups/servers");
            assertEquals(sentence, group.select("#rollout .sentence").text());
            assertEquals(
                    List.of("new image", "old image"),
                    group.select("#states tbody th").stream()
                            .map(Element::ownText)
                            .collect(Collectors.toList()));
            assertEquals(
                    List.of("in use", "1"),
                    group.select("#states tbody tr")
                            .first()
                            .select("td")
                            .eachText()
                            .subList(2, 4));
            Document groups = site.page("/groups");
            assertTrue(groups.select("#group-servers").text().contains("the states that an operator accepted 2"));
            assertEquals(
                    1,
                    site.page("/groups/laptops")
                            .select("#states a[href^=/machines/]")
                            .size());
        }
    }

    @Test
    void whatMachinesAndOperatorsWriteIsTextOnEveryPage() throws Exception {
        String hostile = "<script>a()</script>\"'><img src=x onerror=a()>\u202egnp\n&amp;${7*7}";
        try (SimulatedMachine machine = verifier.machine(GOOD.withText(12, hostile))) {
            verifier.putGroup("servers", "first-use", "operator", List.of());
            verifier.addState("servers", hostile, GOOD.withText(12, hostile));
            String id = machine.enrol("servers", "web-1");
            machine.attest();
            verifier.running().store().inTransaction(handle -> {
                handle.execute("UPDATE attestation SET message = ?", hostile);
                return handle.execute("UPDATE machine SET name = ?, ek_name = ?", hostile, hostile);
            });
            String shown = hostile.replace("\u202e", "\\u202e").replace("\n", "\\u000a");
            for (String path : List.of(
                    "/", "/machines/" + id, "/machines/" + id + "/report", "/groups", "/groups/servers", "/rollout")) {
                Document page = site.page(path);
                assertFalse(page.html().contains("\u202e"), path);
                assertTrue(
                        page.select("img, iframe, [onerror], [onclick], script:not([src=/assets/live.js])")
                                .isEmpty(),
                        path);
                assertEquals(path.equals("/groups"), !page.text().contains(shown), path);
            }
            String login = site.get("/login?wrong=%22%3E%3Cscript%3E&next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
                    .body();
            assertFalse(login.contains("<script>"), login);
        }
    }

    @Test
    void everyPageForbidsWhatItDoesNotNeed() throws Exception {
        for (String path : List.of("/", "/groups", "/rollout", "/login", "/machines/none")) {
            HttpsConnection.Answer answer = site.get(path);
            String policy = answer.headers().get("content-security-policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), path);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals("no-store", answer.headers().get("cache-control"), path);
            assertEquals("nosniff", answer.headers().get("x-content-type-options"), path);
            assertEquals("DENY", answer.headers().get("x-frame-options"), path);
        }
        assertEquals(404, site.get("/machines/none").status());
        assertTrue(site.get("/machines/none").body().contains("<h1>Not found</h1>"));
        assertEquals(
                "text/css; charset=utf-8",
                site.get("/assets/report.css").headers().get("content-type"));
        assertEquals(404, site.get("/assets/Pages.class").status());
        assertEquals(404, site.get("/assets/..%2fpages.css").status());
    }
}
