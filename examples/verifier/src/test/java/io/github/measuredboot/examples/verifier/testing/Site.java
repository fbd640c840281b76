package io.github.measuredboot.examples.verifier.testing;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The pages as a browser without a script gets them. */
public final class Site {
    private final RunningVerifier verifier;
    private String cookie = "";

    public Site(RunningVerifier verifier) {
        this.verifier = verifier;
    }

    /** A request of its own, with the session if there is one. */
    public HttpsConnection.Answer send(String method, String path, String form, Map<String, String> more)
            throws Exception {
        Map<String, String> headers = new TreeMap<>(more);
        if (!form.isEmpty()) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        try (HttpsConnection connection =
                new HttpsConnection(ClientIdentity.none(verifier.certificate()).context(), verifier.port())) {
            return connection.send(method, path, headers, form.getBytes(StandardCharsets.US_ASCII));
        }
    }

    public HttpsConnection.Answer get(String path) throws Exception {
        return send("GET", path, "", Map.of());
    }

    public HttpsConnection.Answer login(String token, String next, Map<String, String> more) throws Exception {
        String form = "token=" + encoded(token) + "&next=" + encoded(next);
        HttpsConnection.Answer answer = send("POST", "/login", form, more);
        if (answer.headers().containsKey("set-cookie")) {
            cookie = answer.headers().get("set-cookie").split(";", 2)[0];
        }
        return answer;
    }

    public Site loggedIn() throws Exception {
        login(verifier.token(), "/", Map.of());
        return this;
    }

    public Document page(String path) throws Exception {
        HttpsConnection.Answer answer = get(path);
        if (answer.status() != 200) {
            throw new IOException(path + ": " + answer);
        }
        return Jsoup.parse(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
