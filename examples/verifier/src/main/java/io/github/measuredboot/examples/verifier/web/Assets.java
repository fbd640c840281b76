package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.cli.html.BootPage;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The style sheets, the script and the icon. */
final class Assets {
    private record Asset(String type, byte[] content) {}

    private final Map<String, Asset> byName = Map.of(
            "pages.css", new Asset("text/css; charset=utf-8", read("pages.css")),
            "report.css",
                    new Asset("text/css; charset=utf-8", BootPage.styleSheet().getBytes(StandardCharsets.UTF_8)),
            "live.js", new Asset("text/javascript; charset=utf-8", read("live.js")),
            "icon.svg", new Asset("image/svg+xml", read("icon.svg")));

    private static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(Context ctx) {
        Asset asset = byName.get(ctx.pathParam("name"));
        if (asset == null) {
            ctx.status(404);
        } else {
            ctx.contentType(asset.type).result(asset.content);
        }
    }
}
