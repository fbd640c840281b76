package io.github.measuredboot.examples.verifier.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The token of operators, and the sessions of browsers that gave it. A session reads and changes nothing, so that a forged request
 * gains nothing by it. Sessions are kept in memory, and end with the process.
 */
public final class Sessions {
    private static final String COOKIE = "__Host-session";
    static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MAX = 1000;
    private static final int ID_SIZE = 32;
    private static final String START = "/";
    private static final Pattern PAGE = Pattern.compile("/(?!/)[A-Za-z0-9/.?=&%_-]*");

    private final byte[] tokenSha256;
    private final Json json;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Long> startByHash = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX;
        }
    };

    Sessions(byte[] tokenSha256, Json json, LongSupplier nanoTime) {
        this.tokenSha256 = tokenSha256.clone();
        this.json = json;
        this.nanoTime = nanoTime;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/login", this::login, Access.PUBLIC);
        routes.post("/logout", this::logout, Access.PUBLIC);
    }

    /** {@return whether a browser sends a session, open or not} */
    public static boolean isThere(Context ctx) {
        return ctx.cookie(COOKIE) != null;
    }

    boolean isToken(String token) {
        return MessageDigest.isEqual(Guard.sha256(token.getBytes(StandardCharsets.UTF_8)), tokenSha256);
    }

    /** {@return whether a request reads, and comes from a browser that has logged in} */
    boolean mayRead(Context ctx) {
        String id = ctx.cookie(COOKIE);
        return id != null && ctx.method() == HandlerType.GET && isOpen(id);
    }

    private synchronized boolean isOpen(String id) {
        Long start = startByHash.get(hash(id));
        return start != null && nanoTime.getAsLong() - start < LIFETIME.toNanos();
    }

    private void login(Context ctx) throws IOException {
        refuseOtherSites(ctx);
        Map<String, String> form = form(ctx);
        String next = form.getOrDefault("next", START);
        String page = PAGE.matcher(next).matches() ? next : START;
        if (isToken(form.getOrDefault("token", "").strip())) {
            ctx.cookie(cookie(open(), (int) LIFETIME.toSeconds()));
            ctx.redirect(page, HttpStatus.SEE_OTHER);
        } else {
            ctx.redirect(loginPage(page) + "&wrong=true", HttpStatus.SEE_OTHER);
        }
    }

    /** {@return where to log in before a page is shown} */
    static String loginPage(String next) {
        return "/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    private synchronized String open() {
        byte[] id = new byte[ID_SIZE];
        random.nextBytes(id);
        String text = HexFormat.of().formatHex(id);
        startByHash.put(hash(text), nanoTime.getAsLong());
        return text;
    }

    private void logout(Context ctx) {
        refuseOtherSites(ctx);
        String id = ctx.cookie(COOKIE);
        if (id != null) {
            close(id);
        }
        ctx.cookie(cookie("", 0));
        ctx.redirect("/login", HttpStatus.SEE_OTHER);
    }

    private synchronized void close(String id) {
        startByHash.remove(hash(id));
    }

    private static Cookie cookie(String value, int seconds) {
        return new Cookie(COOKIE, value, "/", seconds, true, true, null, SameSite.STRICT);
    }

    /** Browsers say where a form came from; other clients have no cookie to be abused. */
    private static void refuseOtherSites(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw new Problem(403, "forbidden", "this form is of another site");
        }
    }

    private Map<String, String> form(Context ctx) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : new String(json.body(ctx), StandardCharsets.US_ASCII).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "invalid", "the form is not encoded as forms are");
        }
    }

    private static String hash(String id) {
        return HexFormat.of().formatHex(Guard.sha256(id.getBytes(StandardCharsets.UTF_8)));
    }
}
