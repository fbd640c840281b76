package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands of README.md and docs run, in their order, and succeed. */
class DocumentedCommandsTest {
    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^|&& )(?:measuredboot|java -jar target/measuredboot-cli.jar) (.*)$");

    @Test
    void eachSucceeds() throws IOException {
        Files.createDirectories(Path.of("target"));
        for (Path page : pages()) {
            for (String command : commands(Files.readString(page))) {
                Run run = Run.of(command.split(" "));
                assertEquals(0, run.exitCode(), () -> page + ": " + command + "\n" + run);
            }
        }
    }

    @Test
    void readmeHasSomeOfThem() throws IOException {
        assertTrue(commands(Files.readString(Path.of("README.md"))).size() > 3);
    }

    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        for (MatchResult block : SHELL.matcher(page).results().toList()) {
            COMMAND.matcher(block.group(1)).results().forEach(line -> commands.add(line.group(1)));
        }
        return commands;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
