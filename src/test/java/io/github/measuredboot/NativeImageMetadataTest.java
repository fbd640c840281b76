package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.testing.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A native image has the resources that the library reads, and no others. */
class NativeImageMetadataTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path OF_THE_COMMAND_LINE = RESOURCES.resolve("io/github/measuredboot/cli");
    private static final Path METADATA =
            RESOURCES.resolve("META-INF/native-image/io.github.measuredboot/measuredboot/resource-config.json");

    @Test
    void namesEachResource() throws IOException {
        JsonNode includes = TestLogs.json(METADATA).at("/resources/includes");
        TreeSet<String> named = StreamSupport.stream(includes.spliterator(), false)
                .map(include -> include.get("pattern").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("io"))) {
            assertEquals(
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(OF_THE_COMMAND_LINE))
                            .map(file -> "\\Q" + RESOURCES.relativize(file) + "\\E")
                            .collect(Collectors.toCollection(TreeSet::new)),
                    named);
        }
    }
}
