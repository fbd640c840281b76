package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** How options are spelled and repeated, and what is said to whoever gets it wrong. */
class UsageTest {
    private static final String LOG = Run.log("uki-secureboot");
    private static final String PCRS = Run.pcrs("uki-secureboot");
    private static final String UKI = "testdata/uki/signed.efi";

    @TempDir
    Path folder = Path.of("");

    private static Run run(String line) {
        return Run.of(line.split(" "));
    }

    private static String message(String line) {
        Run run = run(line);
        assertEquals(Main.ERROR, run.exitCode(), run.toString());
        return run.err().lines().findFirst().orElse("");
    }

    private Path state() {
        Path state = folder.resolve("state.json");
        assertEquals(
                0,
                run("refstate create --pcrs " + PCRS + " " + LOG + " --output " + state)
                        .exitCode());
        return state;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"events -h", "--help", "--version", "help events", "refstate create --help", "replay --json --x"
            })
    void helpThatGetsLostIsOneLine(String line) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(Main.ERROR, Main.run(Main.commandLine(), full, err, line.split(" ")));
        String text = err.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("measuredboot: the output could not be written in full: "), text);
        assertEquals(
                1,
                text.lines()
                        .filter(said -> said.contains("could not be written"))
                        .count(),
                text);
        assertFalse(text.contains("\tat "), text);
        Terminal pipe = new Terminal(false, true, false, Ansi.OFF);
        ByteArrayOutputStream silent = new ByteArrayOutputStream();
        assertEquals(
                Main.CLOSED_PIPE, Main.run(Main.commandLine(ThisMachine.LINUX, pipe), full, silent, line.split(" ")));
        assertFalse(silent.toString(StandardCharsets.UTF_8).contains("could not be written"));
    }

    @Test
    void aDashIsStandardOutput() throws Exception {
        Path dash = Path.of("-");
        String state = state().toString();
        String create = "refstate create --pcrs " + PCRS + " " + LOG;
        Run created = run(create + " -o -");
        assertEquals(0, created.exitCode(), created.err());
        assertEquals(
                run(create).json().fieldNames().next(),
                created.json().fieldNames().next());
        Run merged = run("refstate merge " + state + " " + state + " --output -");
        assertEquals(run("refstate merge " + state + " " + state).out(), merged.out());
        Run predicted = run("predict --stub-version 257 " + UKI + " --refstate " + state + " -o -");
        assertEquals(0, predicted.exitCode(), predicted.err());
        Path next = folder.resolve("next.json");
        assertEquals(
                0,
                run("predict --stub-version 257 " + UKI + " --refstate " + state + " --output " + next)
                        .exitCode());
        assertEquals(Files.readString(next), predicted.out());
        assertFalse(Files.exists(dash));
    }

    @Test
    void binariesAreNotForStandardOutput() throws Exception {
        TestIdentity.in(folder);
        String keys = " --ek " + folder.resolve("ek.pub") + " --ak " + folder.resolve("ak.pub");
        for (String line :
                List.of("-o - --challenge " + folder.resolve("c"), "--challenge - -o " + folder.resolve("o"))) {
            assertEquals(Main.ERROR, run("credential make" + keys + " " + line).exitCode());
            assertFalse(Files.exists(Path.of("-")));
        }
    }

    @Test
    void everyOutputHasItsLongName() {
        List<String> shortOnly = new ArrayList<>();
        collect(Main.commandLine(), shortOnly);
        assertEquals(List.of(), shortOnly);
    }

    private static void collect(CommandLine command, List<String> shortOnly) {
        command.getCommandSpec().options().stream()
                .filter(option -> List.of(option.names()).contains("-o"))
                .filter(option -> !List.of(option.names()).contains("--output"))
                .forEach(option -> shortOnly.add(command.getCommandSpec().qualifiedName()));
        command.getSubcommands().values().forEach(sub -> collect(sub, shortOnly));
    }

    @Test
    void listsAccumulate() throws Exception {
        for (String command :
                List.of("events", "replay", "verify --pcrs " + PCRS, "check -r " + state() + " --pcrs " + PCRS)) {
            String line = command + " " + LOG;
            assertEquals(
                    run(line + " --pcr 0,7").out(),
                    run(line + " --pcr 0 --pcr 7").out());
        }
        String create = "refstate create --pcrs " + PCRS + " " + LOG;
        assertEquals(
                run(create + " --pin-pcr 1,3").json().get("pcrs"),
                run(create + " --pin-pcr 1 --pin-pcr 3").json().get("pcrs"));
    }

    @Test
    void flagsMayBeRepeatedAndValuesMayNot() {
        assertEquals(
                run("events --json " + LOG).out(),
                run("events --json --json " + LOG).out());
        assertEquals(
                run("replay -v " + LOG).out(),
                run("replay -v -v --verbose " + LOG).out());
        assertEquals(0, run("events -h -h").exitCode());
        assertEquals(
                "measuredboot: option '--userspace-log' (FILE) should be specified only once",
                message("replay --userspace-log a --userspace-log b " + LOG));
        String once = "refstate create --pcrs " + PCRS + " --format full --profile uki " + LOG;
        assertEquals(0, run(once).exitCode());
        assertTrue(message(once + " --profile uki").contains("'--profile' (PROFILE) should"));
        assertTrue(message("refstate create -o a --output b " + LOG).endsWith(" should be specified only once"));
    }

    /** ESC and a line that is not ours. */
    @Test
    void controlCharactersOfNamesAreEscaped() throws Exception {
        String name = "a\u001b[31mb\nmeasuredboot: forged";
        Path log = Files.copy(Path.of(LOG), folder.resolve(name));
        Path cut = Files.write(folder.resolve(name + ".cut"), Arrays.copyOf(Files.readAllBytes(Path.of(LOG)), 3000));
        Path state = Files.copy(state(), folder.resolve(name + ".json"));
        Path odd = Files.writeString(
                folder.resolve(name + ".odd.json"), Files.readString(state).replaceFirst("\\{", "{\"odd\": 1, "));
        for (List<String> args : List.of(
                List.of("replay", log.toString()),
                List.of("replay", log + "x"),
                List.of("replay", log.toString(), log.toString(), "--pcrs", PCRS),
                List.of("replay", log + "/x"),
                List.of("replay", "--bank", "sm3_256", log.toString()),
                List.of("replay", "--pcrs", log.toString(), log.toString()),
                List.of("events", log.toString()),
                List.of("events", cut.toString()),
                List.of("events", log.toString(), log.toString()),
                List.of("summary", cut.toString()),
                List.of("summary", "--bank", "sm3_256", log.toString()),
                List.of("summary", log.toString()),
                List.of("verify", "--pcrs", PCRS, cut.toString(), log.toString()),
                List.of("verify", "--pcrs", PCRS, log.toString(), log.toString()),
                List.of("check", "-r", odd.toString(), "--pcrs", PCRS, log.toString()),
                List.of("check", "-r", log.toString(), "--pcrs", PCRS, log.toString()),
                List.of("diagnose", "-r", odd.toString(), "--pcrs", PCRS, log.toString()),
                List.of("diagnose", log.toString(), log.toString()),
                List.of("diagnose", state.toString(), state.toString()),
                List.of("refstate", "create", log.toString(), "-o", state.toString()),
                List.of("refstate", "create", "--bank", "sm3_256", log.toString()),
                List.of("refstate", "merge", state.toString(), odd.toString(), "-o", state.toString()),
                List.of("refstate", "diff", state.toString(), odd.toString()),
                List.of("save", "--refstate-dir", folder.resolve(name + ".d").toString(), log.toString()),
                List.of("save", "--refstate-dir", folder.resolve(name + ".d").toString(), log.toString()),
                List.of("save", "--refstate-dir", log.toString(), log.toString()),
                List.of("predict", log.toString()),
                List.of("sigdb", log.toString()),
                List.of("guid", name),
                List.of("devpath", name),
                List.of("ek", log.toString()),
                List.of("systemd-report", log.toString()),
                List.of(
                        "report",
                        log.toString(),
                        "-o",
                        folder.resolve(name + ".html").toString()),
                List.of("report", log.toString(), "-o", log + "/x"),
                List.of("replay", "--bank", name, LOG),
                List.of("replay", "--" + name, LOG),
                List.of(name),
                List.of("help", name),
                List.of("refstate", name))) {
            Run run = Run.of(args);
            for (String text : List.of(run.out(), run.err())) {
                assertEquals(-1, text.indexOf('\u001b'), args + ": " + text);
                assertTrue(text.lines().noneMatch(line -> line.startsWith("measuredboot: forged")), args + ": " + text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events",
                "summary",
                "replay",
                "events --bank sm3_256",
                "sigdb",
                "predict",
                "check -r",
                "verify --pcrs " + "testdata/boots/uki-direct/pcrs.json"
            })
    void standardInputIsCalledSo(String command) throws Exception {
        byte[] log = Files.readAllBytes(Path.of(LOG));
        for (int length : new int[] {0, 3000, log.length}) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(log, length));
            List<String> args = new ArrayList<>(List.of(command.split(" ")));
            args.add("-");
            Run run = Run.withInput(cut, args);
            assertFalse((run.out() + run.err()).matches("(?s).*(^|\n|: )-: .*"), run.toString());
        }
    }

    @Test
    void standardInputIsCalledSoInText() throws Exception {
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(Files.readAllBytes(Path.of(LOG)), 3000));
        assertTrue(Run.withInput(cut, List.of("events", "-")).err().contains("measuredboot: standard input: "));
        assertTrue(Run.withInput(cut, List.of("summary", "-")).err().contains("measuredboot: standard input: "));
    }

    @Test
    void aMissingFolderIsNamed() {
        String file = folder.resolve("none") + "/x";
        for (String line : List.of("refstate create --pcrs " + PCRS + " " + LOG + " -o ", "report " + LOG + " -o ")) {
            assertEquals(
                    "measuredboot: " + file + ": the folder " + folder.resolve("none") + " does not exist",
                    message(line + file));
        }
        assertEquals("measuredboot: none: no such file", message("events none"));
        if (Files.isDirectory(Path.of("/proc/self"))) {
            assertEquals(
                    "measuredboot: /proc/x: the folder cannot be made",
                    message("save --refstate-dir /proc/x --pcrs " + PCRS + " " + LOG));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evnts LOG | unknown command 'evnts'",
                "refstate nosuch | unknown command 'nosuch'",
                "help evnts | unknown command 'evnts'",
                "refstate help nosuch | unknown command 'nosuch'",
                "--nosuch events | Unknown option: '--nosuch'",
                "predict --nosuch x FILE | Unknown option: '--nosuch'",
                "predict --nosuch --other FILE | Unknown options: '--nosuch', '--other'",
                "predict a b | unexpected argument 'b'",
                "predict a b c | unexpected arguments 'b', 'c'",
                "report --json --nosuch LOG | Unknown option: '--nosuch'",
                "report LOG | Missing required option: '--output=FILE'",
                "refstate merge A | at least 2 of STATE are needed",
                "refstate merge | at least 2 of STATE are needed"
            })
    void whatIsWrongIsSaidPlainly(String line, String expected) {
        assertEquals("measuredboot: " + expected, message(line));
    }

    @Test
    void theNearestCommandIsSuggested() {
        assertTrue(run("evnts LOG").err().contains("events"), run("evnts LOG").err());
        assertTrue(
                run("refstate crete").err().contains("refstate create"),
                run("refstate crete").err());
    }

    @Test
    void namesOfTypesAndBanksHaveNoCase() {
        String all = run("events --type EV_SEPARATOR --bank sha256 " + LOG).out();
        for (String line :
                List.of("ev_separator --bank SHA256", "Ev_Separator --bank sha-256", "EV_SEPARATOR --bank SHA-256")) {
            assertEquals(all, run("events --type " + line + " " + LOG).out());
        }
        assertTrue(message("events --bank SM3-256 " + LOG).contains("no bank sm3_256"));
        assertEquals("sha256:0-7+sha3_256:all", Converters.Selection.normalized("SHA-256:0-7+SHA3-256:all"));
        assertEquals(
                run("verify --pcrs " + PCRS + " --require sha256:0-7 " + LOG).out(),
                run("verify --pcrs " + PCRS + " --require SHA-256:0-7 " + LOG).out());
        assertTrue(message("events --bank md5 " + LOG).contains("'md5' is not one of"));
    }
}
