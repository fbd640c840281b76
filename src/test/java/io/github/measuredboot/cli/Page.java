package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A page that {@code report} has written, as a browser reads it. */
record Page(Run run, String html, Document document) {
    private static final Set<String> MAY_REFER = Set.of("href", "aria-labelledby", "id");

    static Page of(Path folder, String... arguments) throws IOException {
        Path file = folder.resolve("page.html");
        Files.deleteIfExists(file);
        Run run = Run.of(Run.join(List.of("report"), arguments), "-o", file.toString());
        assertTrue(Files.exists(file), run::toString);
        String html = Files.readString(file, StandardCharsets.UTF_8);
        Page page = new Page(run, html, Jsoup.parse(html));
        page.check();
        return page;
    }

    /** The word and the sentence that the page begins with. */
    String answer() {
        return text("h1") + ": " + text(".sentence");
    }

    String text(String selector) {
        return document.select(selector).text();
    }

    List<String> texts(String selector) {
        return document.select(selector).eachText();
    }

    /** Each element and each of its attributes, without values. */
    Set<String> shapes() {
        Set<String> shapes = new TreeSet<>();
        for (Element element : document.getAllElements()) {
            shapes.add(element.tagName());
            for (Attribute attribute : element.attributes()) {
                shapes.add(element.tagName() + " " + attribute.getKey());
            }
        }
        return shapes;
    }

    /** What holds for every page. */
    private void check() {
        assertEquals("en", document.select("html").attr("lang"));
        assertEquals(
                "default-src 'none'; style-src 'unsafe-inline'",
                document.select("meta[http-equiv=Content-Security-Policy]").attr("content"));
        assertEquals(
                List.of(),
                document.select("script, link, img, iframe, object, embed, form, base")
                        .eachText());
        assertEquals(1, document.select("h1").size());
        assertEquals(1, document.select("main").size());
        assertEquals("h1", firstHeading());
        assertEquals(List.of(), document.select("th:not([scope])").eachText());
        assertEquals(List.of(), document.select("svg:not([role=img])").eachText());
        checkReferences();
        checkAttributes();
        document.getAllElements().forEach(element -> checkText(element.wholeOwnText()));
    }

    private String firstHeading() {
        return document.select("h1, h2, h3, h4").get(0).tagName();
    }

    private void checkReferences() {
        List<String> ids = document.select("[id]").eachAttr("id");
        assertEquals(new TreeSet<>(ids).size(), ids.size(), ids::toString);
        List<String> missing = new ArrayList<>();
        for (Element link : document.select("[href]")) {
            assertTrue(link.attr("href").startsWith("#"), link::outerHtml);
            if (!ids.contains(link.attr("href").substring(1))) {
                missing.add(link.attr("href"));
            }
        }
        for (Element element : document.select("[aria-labelledby]")) {
            for (String id : element.attr("aria-labelledby").split(" ")) {
                if (!ids.contains(id)) {
                    missing.add(id);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Nothing that a log controls is in an attribute: the values are few, and all of them are harmless. */
    private void checkAttributes() {
        for (Element element : document.body().getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey();
                assertFalse(name.startsWith("on") || name.equals("style") || name.equals("src"), element::outerHtml);
                String allowed = MAY_REFER.contains(name) ? "[#a-z0-9 -]*" : "[A-Za-z0-9 .,?-]*";
                assertTrue(attribute.getValue().matches(allowed), element::outerHtml);
            }
        }
    }

    private static void checkText(String text) {
        text.codePoints().filter(c -> c != '\n').forEach(c -> {
            int type = Character.getType(c);
            assertFalse(
                    type == Character.CONTROL
                            || type == Character.FORMAT
                            || type == Character.SURROGATE
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR,
                    () -> String.format("U+%04X in %s", c, text));
        });
    }
}
