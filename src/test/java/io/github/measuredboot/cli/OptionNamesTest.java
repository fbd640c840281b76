package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every option that a message, a description or a page names exists, and is one that help shows. */
class OptionNamesTest {
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern OPTION = Pattern.compile("(?<![-\\w])--[a-z][a-z0-9-]*[a-z0-9]");

    /** What systemd-report makes reports with, and the launcher its archive. */
    private static final Set<String> OF_OTHERS = Set.of("--sign", "--make-archive");

    private final Set<String> shown = new TreeSet<>();
    private final Set<String> hidden = new TreeSet<>();

    OptionNamesTest() {
        collect(Main.commandLine());
        shown.addAll(OF_OTHERS);
    }

    private void collect(CommandLine command) {
        command.getCommandSpec().options().forEach(option -> {
            (option.hidden() ? hidden : shown).addAll(List.of(option.names()));
            if (option.negatable()) {
                shown.add("--no-" + option.longestName().substring(2));
            }
        });
        command.getSubcommands().values().forEach(this::collect);
    }

    @Test
    void thoseInMessagesExist() throws IOException {
        TreeSet<String> wrong = new TreeSet<>();
        int found = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                for (MatchResult literal :
                        LITERAL.matcher(Files.readString(file)).results().toList()) {
                    String text = literal.group().substring(1, literal.group().length() - 1);
                    if (hidden.contains(text)) {
                        continue;
                    }
                    for (String option : named(text)) {
                        found++;
                        if (!shown.contains(option)) {
                            wrong.add(file + ": " + option);
                        }
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(found > 100, found + " options are named");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "SECURITY.md", "docs/COMMAND-LINE.md"})
    void thoseInPagesExist(String page) throws IOException {
        Set<String> wrong = new TreeSet<>(named(Files.readString(Path.of(page))));
        wrong.removeAll(shown);
        assertEquals(Set.of(), wrong);
    }

    private static List<String> named(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).toList();
    }
}
