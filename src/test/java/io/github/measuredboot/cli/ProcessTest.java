package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a process of its own, under a shell. */
class ProcessTest {
    private static final Path SHELL = Path.of("/bin/bash");
    private static final String LOG =
            Path.of(Run.log("uki-direct")).toAbsolutePath().toString();

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void needsAShell() {
        assumeTrue(Files.isExecutable(SHELL), "no " + SHELL);
    }

    /** The command is $MB. */
    private Run shell(String script) throws IOException, InterruptedException {
        return shell(script, List.of());
    }

    private Run shell(String script, List<String> options) throws IOException, InterruptedException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        java.addAll(options);
        java.add(Main.class.getName());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Path file = Files.writeString(
                folder.resolve("script"), "MB=(" + quoted(java) + ")\n" + script + "\n", StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(SHELL.toString(), file.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").reduce("", (all, word) -> all + " " + word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "events --json", "replay -v", "summary"})
    void aClosedPipeIsSilent(String command) throws Exception {
        Run run = shell("\"${MB[@]}\" " + command + " " + LOG + " | head -c 1\nexit ${PIPESTATUS[0]}");
        assertEquals("", run.err());
        assertTrue(List.of(0, Main.CLOSED_PIPE).contains(run.exitCode()), run.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"events -h", "--help", "--version", "help events"})
    void helpThatNobodyReadsIsSilent(String command) throws Exception {
        Run run = shell("(sleep 1; exec \"${MB[@]}\" " + command + ") | true\nexit ${PIPESTATUS[0]}");
        assertEquals("", run.err());
        assertEquals(Main.CLOSED_PIPE, run.exitCode());
    }

    @Test
    void helpForAFullDiskIsAnError() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        Run run = shell("\"${MB[@]}\" events -h > /dev/full");
        assertEquals(Main.ERROR, run.exitCode());
        assertTrue(run.err().startsWith("measuredboot: the output could not be written in full: "), run.err());
        assertEquals(1, run.err().lines().count());
    }

    /** The log is much longer than what a pipe holds. */
    @Test
    void whatNobodyReadsIsNotWorkedOut() throws Exception {
        Path log = folder.resolve("log");
        Files.write(log, tinyEvents(50_000));
        Run run = shell("\"${MB[@]}\" events " + log + " | head -1\nexit ${PIPESTATUS[0]}");
        assertEquals("", run.err());
        assertEquals(Main.CLOSED_PIPE, run.exitCode());
        assertEquals(1, run.out().lines().count());
    }

    @Test
    void aFullDiskIsAnError() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        Run run = shell("\"${MB[@]}\" events " + LOG + " > /dev/full");
        assertEquals(Main.ERROR, run.exitCode());
        assertTrue(run.err().startsWith("measuredboot: the output could not be written in full: "), run.err());
    }

    /** Names in UTF-8, in Latin-1, and in a folder of such a name, whatever the locale says. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
    void anyFileName(String locale) throws Exception {
        Run run = shell(
                "cd " + folder + "\nmkdir -p $'d\\303\\244' && cd $'d\\303\\244'\ncp " + LOG
                        + " $'b\\303\\266ot.bin'\ncp " + LOG + " $'b\\366ot.bin'\ncp " + LOG
                        + " plain.bin\nexport LC_ALL="
                        + locale + "\n"
                        + "\"${MB[@]}\" replay $'b\\303\\266ot.bin' $'b\\366ot.bin' plain.bin ../$'d\\303\\244'/plain.bin"
                        + " \"$PWD\"/$'b\\303\\266ot.bin' -v\n"
                        + "\"${MB[@]}\" refstate create $'b\\303\\266ot.bin' -o $'st\\303\\244te' && test -s $'st\\303\\244te'");
        assertEquals(0, run.exitCode(), run.toString());
        assertFalse(run.err().contains("no such file"), run.err());
        assertEquals(
                5,
                run.out().lines().filter(line -> line.contains("crypto-agile")).count(),
                run.out());
        assertTrue(run.out().contains("böot.bin: crypto-agile"), run.out());
    }

    /** 16 MiB and 100,000 events, as many as are read. */
    @Test
    void aLargeHostileLogIsWrittenAsAStream() throws Exception {
        Path log = folder.resolve("log");
        Files.write(log, tinyEvents(99_999));
        Path json = folder.resolve("json");
        Run run = shell("\"${MB[@]}\" events --json " + log + " > " + json, List.of("-Xmx256m"));
        assertEquals(0, run.exitCode(), run.err());
        int events = 0;
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            while (parser.nextToken() != null) {
                events += "offset".equals(parser.currentName())
                                && parser.currentToken().isNumeric()
                        ? 1
                        : 0;
            }
        }
        assertTrue(events >= 100_000, events + " events");
    }

    /** A crypto-agile log of 16 MiB at most. */
    private static byte[] tinyEvents(int count) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        byte[] header = "Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer specId = ByteBuffer.allocate(header.length + 17).order(ByteOrder.LITTLE_ENDIAN);
        specId.put(header)
                .putInt(0)
                .put((byte) 0)
                .put((byte) 2)
                .put((byte) 0)
                .put((byte) 2)
                .putInt(1);
        specId.putShort((short) 0xb).putShort((short) 32).put((byte) 0);
        log.writeBytes(ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(3)
                .position(28)
                .putInt(specId.capacity())
                .array());
        log.writeBytes(specId.array());
        int data = ((16 << 20) - log.size()) / count - 50;
        for (int i = 0; i < count; i++) {
            ByteBuffer event = ByteBuffer.allocate(50 + data).order(ByteOrder.LITTLE_ENDIAN);
            event.putInt(i % 8)
                    .putInt(0x80000001)
                    .putInt(1)
                    .putShort((short) 0xb)
                    .position(46)
                    .putInt(data);
            log.writeBytes(event.array());
        }
        return log.toByteArray();
    }
}
