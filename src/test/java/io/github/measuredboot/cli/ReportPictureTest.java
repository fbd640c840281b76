package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of a page; skipped where there is no Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPictureTest {
    private static final int RED = 16;
    private static final int HEIGHT = 1400;

    private Path folder = Path.of("");
    private String browser = "";
    private Path file = Path.of("");

    @BeforeAll
    void drawsARejectedBoot(@TempDir Path temporary) throws IOException {
        folder = temporary;
        browser = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(name -> Files.isExecutable(Path.of(name)))
                .findFirst()
                .orElse("");
        assumeTrue(!browser.isEmpty(), "no Chromium: install it to look at the pages");
        String state = folder.resolve("state.json").toString();
        Run.of(
                "refstate",
                "create",
                "--full",
                "-e",
                Run.log("uki-secureboot"),
                "--pcrs",
                Run.pcrs("uki-secureboot"),
                "-o",
                state);
        Page.of(folder, Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"), "-r", state);
        file = folder.resolve("page.html");
    }

    @Test
    void theBrowserReadsWhatWasWritten() throws Exception {
        Document read = Jsoup.parse(browse("--dump-dom"));

        assertEquals("REJECTED", read.select("h1").text());
        Document written = Jsoup.parse(Files.readString(file));
        assertEquals(written.text(), read.text());
        assertEquals(written.getAllElements().size(), read.getAllElements().size());
    }

    /** Should markup get through after all, the browser runs nothing and loads nothing. */
    @Test
    void thePageForbidsScripts() throws Exception {
        String script = "<script>document.body.textContent = 'it ran'</script>";
        String html = Files.readString(file);
        Path with = Files.writeString(folder.resolve("script.html"), html.replace("</body>", script + "</body>"));
        Path allowed = Files.writeString(
                folder.resolve("allowed.html"),
                html.replace("</body>", script + "</body>").replace("Content-Security-Policy", "Nothing"));

        assertEquals(
                "REJECTED", Jsoup.parse(browse(with, "--dump-dom")).select("h1").text());
        assertEquals("it ran", Jsoup.parse(browse(allowed, "--dump-dom")).body().text());
    }

    @Test
    void theAnswerIsRedAtTheTopInLightAndDark() throws Exception {
        BufferedImage light = picture(1200, "light");
        BufferedImage dark = picture(1200, "dark", "--blink-settings=preferredColorScheme=0");

        assertTrue(brightness(light) > 200, () -> "brightness " + brightness(light));
        assertTrue(brightness(dark) < 60, () -> "brightness " + brightness(dark));
        for (BufferedImage picture : List.of(light, dark)) {
            assertTrue(colours(picture) > 50, () -> colours(picture) + " colours");
            assertTrue(hasRed(picture), "no red at the top");
        }
    }

    /** Nothing is wider than the screen: the right margin is background all the way down. */
    @Test
    void thePageFitsAPhone() throws Exception {
        BufferedImage phone = picture(500, "phone");
        assertTrue(colours(phone) > 50, () -> colours(phone) + " colours");
        Set<Integer> margin = new TreeSet<>();
        for (int y = 0; y < phone.getHeight(); y++) {
            margin.add(phone.getRGB(phone.getWidth() - 2, y));
        }
        assertEquals(1, margin.size(), margin::toString);
    }

    private BufferedImage picture(int width, String name, String... options) throws Exception {
        Path png = folder.resolve(name + ".png");
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--hide-scrollbars");
        all.add("--window-size=" + width + "," + HEIGHT);
        all.add("--screenshot=" + png);
        browse(all.toArray(new String[0]));
        BufferedImage picture = ImageIO.read(png.toFile());
        assertEquals(width, picture.getWidth());
        assertEquals(HEIGHT, picture.getHeight());
        return picture;
    }

    private static int brightness(BufferedImage picture) {
        return (picture.getRGB(2, HEIGHT / 2) >> RED) & 0xff;
    }

    private static int colours(BufferedImage picture) {
        Set<Integer> colours = new TreeSet<>();
        for (int y = 0; y < picture.getHeight(); y += 3) {
            for (int x = 0; x < picture.getWidth(); x += 3) {
                colours.add(picture.getRGB(x, y));
            }
        }
        return colours.size();
    }

    private static boolean hasRed(BufferedImage picture) {
        for (int x = 20; x < 60; x++) {
            int rgb = picture.getRGB(x, 60);
            if (((rgb >> RED) & 0xff) > 2 * ((rgb >> 8) & 0xff) - 40 && ((rgb >> RED) & 0xff) > (rgb & 0xff) + 60) {
                return true;
            }
        }
        return false;
    }

    private String browse(String... options) throws IOException, InterruptedException {
        return browse(file, options);
    }

    private String browse(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        File out = folder.resolve("out").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the browser does not end");
        }
        return Files.readString(out.toPath());
    }
}
