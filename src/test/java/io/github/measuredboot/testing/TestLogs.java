package io.github.measuredboot.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The logs that tests read: boots captured for this project, and the corpus, which is there only where it was given. */
public final class TestLogs {
    private static final Path BOOTS = Path.of("testdata/boots");
    private static final String SHARED = "measuredboot.shared";

    /** A log and what is known about it. */
    public record TestLog(String name, byte[] bytes, JsonNode facts) {}

    private TestLogs() {}

    public static List<Path> boots() {
        return list(BOOTS).filter(Files::isDirectory).toList();
    }

    /** A part of the shared folder; skips the calling test where the property that names the folder is not set. */
    public static Path shared(String part) {
        String shared = System.getProperty(SHARED, "");
        assumeTrue(!shared.isEmpty(), "no " + part + ": run with -D" + SHARED + "=FOLDER");
        return Path.of(shared, part);
    }

    /** Skips the calling test where the shared folder is not given. */
    public static List<TestLog> corpus() {
        return list(shared("corpus"))
                .filter(path -> path.toString().endsWith(".bin"))
                .map(TestLogs::corpusLog)
                .toList();
    }

    private static TestLog corpusLog(Path path) {
        String file = path.toString();
        String name = path.getFileName().toString().replaceFirst("\\.bin$", "");
        return new TestLog(name, read(path), json(Path.of(file.substring(0, file.length() - 3) + "json")));
    }

    public static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(Path path) {
        try {
            return new ObjectMapper().readTree(read(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
