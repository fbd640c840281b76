package io.github.measuredboot.examples.verifier.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.ClientIdentity;
import io.github.measuredboot.examples.verifier.testing.HttpsConnection;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may see pages, and what a session is good for. */
class LoginTest {
    @TempDir
    static Path data;

    private static RunningVerifier verifier;

    @BeforeAll
    static void start() throws Exception {
        verifier = new RunningVerifier(data);
        verifier.putGroup("servers", "first-use", "operator", List.of());
    }

    @AfterAll
    static void stop() throws Exception {
        verifier.close();
    }

    @Test
    void nobodyReadsWithoutLoggingIn() throws Exception {
        List<String> pages = verifier.running().service().routes().stream()
                .filter(route -> route.endsWith(" page"))
                .map(route -> route.split(" ")[1].replace("{id}", "1").replace("{group}", "servers"))
                .toList();
        assertTrue(pages.size() >= 6, pages.toString());
        for (String page : pages) {
            HttpsConnection.Answer answer = new Site(verifier).get(page);
            assertEquals(303, answer.status(), page);
            assertTrue(answer.headers().get("location").startsWith("/login?next="), page);
            assertEquals("Redirected", answer.body(), page);
        }
    }

    @Test
    void theTokenOpensASessionAndLeadsToThePageThatWasWanted() throws Exception {
        Site site = new Site(verifier);
        String login = site.get("/groups/servers?x=1").headers().get("location");
        String next =
                Jsoup.parse(site.get(login).body()).select("input[name=next]").val();
        assertEquals("/groups/servers?x=1", next);

        HttpsConnection.Answer answer = site.login(verifier.token(), next, Map.of("Sec-Fetch-Site", "same-origin"));

        assertEquals(303, answer.status());
        assertEquals("/groups/servers?x=1", answer.headers().get("location"));
        String cookie = answer.headers().get("set-cookie");
        assertTrue(cookie.matches("__Host-session=[0-9a-f]{64}; .*"), cookie);
        for (String part : List.of("Secure", "HttpOnly", "SameSite=Strict", "Path=/")) {
            assertTrue(List.of(cookie.split("; ")).contains(part), cookie + " lacks " + part);
        }
        assertFalse(cookie.contains("Domain"), cookie);
        assertEquals("Group servers", site.page("/groups/servers").select("h1").text());
    }

    @Test
    void anotherTokenOpensNothing() throws Exception {
        Site site = new Site(verifier);
        HttpsConnection.Answer answer = site.login("0".repeat(64), "/groups", Map.of());
        assertFalse(answer.headers().containsKey("set-cookie"));
        String again = answer.headers().get("location");
        assertEquals(
                "This is not the token.",
                Jsoup.parse(site.get(again).body()).select("[role=alert]").text());
        assertEquals(303, site.get("/").status());
        site.login("", "/", Map.of());
        assertEquals(303, site.get("/").status());
    }

    @Test
    void loginLeadsToNoOtherSite() throws Exception {
        for (String next : List.of("https://evil.example/", "//evil.example/", "/\\evil.example", "/a\r\nX: y", "x")) {
            HttpsConnection.Answer answer = new Site(verifier).login(verifier.token(), next, Map.of());
            assertEquals("/", answer.headers().get("location"), next);
            assertFalse(answer.headers().containsKey("x"));
        }
    }

    @Test
    void formsOfOtherSitesAreRefused() throws Exception {
        for (String site : List.of("cross-site", "same-site", "none")) {
            Map<String, String> from = Map.of("Sec-Fetch-Site", site);
            HttpsConnection.Answer answer = new Site(verifier).login(verifier.token(), "/", from);
            assertEquals(403, answer.status(), site);
            assertFalse(answer.headers().containsKey("set-cookie"));
            Site loggedIn = new Site(verifier).loggedIn();
            assertEquals(403, loggedIn.send("POST", "/logout", "", from).status());
            assertEquals(200, loggedIn.get("/").status());
        }
    }

    @Test
    void aSessionReadsAndChangesNothing() throws Exception {
        Site site = new Site(verifier).loggedIn();
        assertEquals(200, site.get("/v1/machines").status());
        for (String route : verifier.running().service().routes()) {
            String[] parts = route.split(" ");
            if (parts[2].equals("operator") && !parts[0].equals("GET")) {
                String path = parts[1].replaceAll("\\{[a-z]+}", "1");
                assertEquals(401, site.send(parts[0], path, "", Map.of()).status(), route);
            }
        }
    }

    @Test
    void loggingOutEndsTheSession() throws Exception {
        Site site = new Site(verifier).loggedIn();
        assertEquals(200, site.get("/").status());
        HttpsConnection.Answer answer = site.send("POST", "/logout", "", Map.of("Sec-Fetch-Site", "same-origin"));
        assertTrue(answer.headers().get("set-cookie").startsWith("__Host-session=; "), answer.toString());
        assertTrue(answer.headers().get("set-cookie").contains("Expires=Thu, 01 Jan 1970"), answer.toString());
        assertEquals(303, site.get("/").status(), "even if the browser keeps the cookie");
        assertEquals(401, site.get("/v1/machines").status());
    }

    @Test
    void anOperatorWithAClientCertificateNeedsNoLogin(@TempDir Path other) throws Exception {
        new RunningVerifier(other).close(); // makes the certificate of the server
        ClientIdentity operator = ClientIdentity.create(other.resolve("server.pem"));
        ClientIdentity stranger = ClientIdentity.create(other.resolve("server.pem"));
        try (RunningVerifier known = new RunningVerifier(other, "--operator-certificate", operator.sha256());
                Client its = new Client(operator.context(), known.port());
                Client strangers = new Client(stranger.context(), known.port())) {
            assertEquals(200, its.get("/groups").status());
            assertEquals(303, strangers.get("/groups").status());
        }
    }
}
