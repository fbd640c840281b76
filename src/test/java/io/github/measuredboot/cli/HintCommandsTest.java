package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.diagnosis.Hint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** A person can do what a hint says: each command and option that it names exists. */
class HintCommandsTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @EnumSource(Hint.class)
    void everyHintNamesCommandsAndOptionsThatExist(Hint hint) {
        List<String> named = quoted(hint);
        assertFalse(named.isEmpty(), hint.message());
        for (String text : named) {
            if (text.startsWith("--")) {
                assertOption("check", text);
                assertOption("diagnose", text);
            } else {
                assertCommandLine(text);
            }
        }
    }

    private static List<String> quoted(Hint hint) {
        List<String> named = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(hint.message());
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        String rest = QUOTED.matcher(hint.message()).replaceAll("");
        assertFalse(rest.contains("--") || rest.contains("`"), hint.message());
        return named;
    }

    private static void assertCommandLine(String text) {
        CommandLine command = Main.commandLine();
        for (String word : text.split(" ")) {
            if (word.startsWith("-")) {
                assertTrue(command.getCommandSpec().findOption(word) != null, text + ": no " + word);
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else {
                assertTrue(command.getParent() != null && isArgument(word), text + ": no " + word);
            }
        }
    }

    private static boolean isArgument(String word) {
        return word.matches("[A-Z]+") || word.equals("images");
    }

    private static void assertOption(String command, String option) {
        assertCommandLine(command + " " + option);
    }

    @Test
    void idsAreStableAndUnique() {
        Set<String> ids = new TreeSet<>();
        Arrays.stream(Hint.values()).forEach(hint -> ids.add(hint.id()));
        assertEquals(Hint.values().length, ids.size());
        assertTrue(ids.stream().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*")), ids.toString());
    }
}
