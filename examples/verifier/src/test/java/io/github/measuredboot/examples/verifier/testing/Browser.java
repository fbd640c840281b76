package io.github.measuredboot.examples.verifier.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a screen, as Debian has it: with its driver, which is of the same version. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String AXE = axe();

    private final ChromeDriver driver;
    private final String origin;

    /** Skips the calling test where there is none. */
    public static void requireInstalled() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no browser is installed: apt-get install chromium chromium-driver");
    }

    /** Starts one with a profile of its own. */
    public Browser(int port, boolean withScripts) {
        origin = "https://localhost:" + port;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.setAcceptInsecureCerts(true);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars");
        if (!withScripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .withSilent(true)
                        .build(),
                options);
        resize(1200, 900);
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The size of what is seen; below 500 pixels a window cannot be made. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public void open(String path) {
        driver.get(origin + path);
    }

    /** Opens a page, which asks for the token first. */
    public void logIn(String token, String path) {
        open(path);
        WebElement field = driver.findElement(By.id("token"));
        field.sendKeys(token);
        field.submit();
        await("page after the login", () -> !path().startsWith("/login"));
    }

    public String path() {
        return driver.getCurrentUrl().substring(origin.length());
    }

    public ChromeDriver driver() {
        return driver;
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The text of an element as it is shown; empty if there is none, or if it is replaced at this moment. */
    public String text(String css) {
        try {
            return all(css).stream()
                    .findFirst()
                    .map(WebElement::getText)
                    .orElse("")
                    .replaceAll("\\s+", " ");
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    /** Waits until an element has a text. */
    public void await(String css, String part) {
        await(part + " in " + css, () -> text(css).contains(part));
    }

    /** A condition. */
    public interface Condition {
        boolean holds();
    }

    public void await(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("there is no " + what + ":\n" + text("body"));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Presses a key where the focus is. */
    public void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** What has the focus: its text, and whether it can be seen that it has it. */
    public String focus() {
        return String.valueOf(driver.executeScript("const e = document.activeElement;"
                + "const s = getComputedStyle(e);"
                + "const r = e.getBoundingClientRect();"
                + "const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && r.left >= 0 && r.width > 0;"
                + "return e.textContent.trim().replace(/\\s+/g, ' ') + (seen ? '' : ' (not seen)');"));
    }

    /** Whether everything is within the width of the window. */
    public boolean fits() {
        return (Boolean) Objects.requireNonNull(driver.executeScript(
                "return document.documentElement.scrollWidth <= document.documentElement.clientWidth;"));
    }

    /** What axe-core finds wrong with the page: rule, element, and what it says. */
    public List<String> violations() {
        driver.executeScript(AXE);
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run().then(r => done(r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200) + ': '"
                + " + n.failureSummary))));");
        List<String> violations = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(found)).forEach(one -> violations.add(String.valueOf(one)));
        return violations;
    }

    /** What the browser complained about: a script or a style that it did not take. */
    public Stream<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage());
    }

    /** Writes a picture of the whole page into the folder target. */
    public void picture(String name) throws IOException {
        Object height = driver.executeScript("return document.documentElement.scrollHeight;");
        Object width = driver.executeScript("return document.documentElement.clientWidth;");
        resize(
                ((Long) Objects.requireNonNull(width)).intValue(),
                Math.min(4000, ((Long) Objects.requireNonNull(height)).intValue()));
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        resize(((Long) width).intValue(), 900);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
