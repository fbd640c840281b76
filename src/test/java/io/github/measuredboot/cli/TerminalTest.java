package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** What is printed on a terminal. */
class TerminalTest {
    private static final Terminal TERMINAL = new Terminal(true, false, true, Ansi.ON);

    @Test
    void noColorTakesTheColoursAway() {
        assertEquals(Ansi.ON, Terminal.colours(true, Map.of("TERM", "xterm")));
        assertEquals(Ansi.ON, Terminal.colours(true, Map.of("NO_COLOR", "")));
        assertEquals(Ansi.OFF, Terminal.colours(true, Map.of("NO_COLOR", "1")));
        assertEquals(Ansi.OFF, Terminal.colours(true, Map.of("TERM", "dumb")));
        assertEquals(Ansi.OFF, Terminal.colours(false, Map.of()));
    }

    @Test
    void answersHaveColoursAndJsonHasLinesOnATerminal() {
        String[] replay = {"replay", "--pcrs", Run.pcrs("uki-direct"), Run.log("uki-direct")};
        assertTrue(run(TERMINAL, replay).startsWith("\u001b[1m\u001b[32mMATCH\u001b["));
        assertTrue(run(Terminal.NONE, replay).startsWith("MATCH: "));
        String[] json = {"replay", "--json", Run.log("uki-direct")};
        assertTrue(run(TERMINAL, json).startsWith("{\n \"log\": \""));
        assertEquals(1, run(Terminal.NONE, json).lines().count());
    }

    /** Markup in the text of a log is text. */
    @Test
    void textOfTheLogIsNoMarkup() {
        assertTrue(new TextOutput(line -> {}, false, Ansi.ON).bad("@|bold x|@").contains("@|bold x|@"));
    }

    private static String run(Terminal terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main.run(Main.commandLine(ThisMachine.LINUX, terminal), out, new ByteArrayOutputStream(), args);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void progressIsShownAfterASecondAndErased() throws InterruptedException {
        StringWriter screen = new StringWriter();
        Progress quick = Progress.start(new PrintWriter(screen), "quick");
        quick.end();
        Progress slow = Progress.start(new PrintWriter(screen), "slow");
        assertFalse(screen.toString().contains("slow"));
        await(() -> screen.toString().matches("(?s).*slow \\.\\.\\. [1-9][0-9]* s.*"));
        slow.end();
        assertTrue(screen.toString().startsWith("\r\u001b[Kslow")
                && screen.toString().endsWith("\r\u001b[K"));
        assertFalse(screen.toString().contains("quick") || screen.toString().contains(" 0 s"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertTrue(condition.getAsBoolean());
    }
}
