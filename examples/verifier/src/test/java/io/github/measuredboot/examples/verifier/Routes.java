package io.github.measuredboot.examples.verifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes of the OpenAPI document, which is written so that lines are enough to find them. */
final class Routes {
    private static final Pattern PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|put|post|delete):");
    private static final Pattern ACCESS = Pattern.compile("      x-access: (public|newcomer|machine|operator|page)");

    /** A route and who may call it. */
    record Route(String method, String path, String access) {}

    private Routes() {}

    static List<Route> documented() throws IOException {
        List<Route> routes = new ArrayList<>();
        String path = "";
        String method = "";
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Main.class.getResourceAsStream("/openapi.yaml")), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = PATH.matcher(line);
                if (matcher.matches()) {
                    path = matcher.group(1);
                }
                matcher = METHOD.matcher(line);
                if (matcher.matches()) {
                    method = matcher.group(1).toUpperCase(Locale.ROOT);
                }
                matcher = ACCESS.matcher(line);
                if (matcher.matches()) {
                    routes.add(new Route(method, path, matcher.group(1)));
                }
            }
        }
        return routes;
    }
}
