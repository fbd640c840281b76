package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is not named is taken from the machine that the command runs on, by every command alike. */
class ThisMachineTest {
    private static final Path BOOT = Run.BOOTS.resolve("systemd-userland");
    private static final ThisMachine MACHINE = new ThisMachine(
            Run.log("systemd-userland"),
            Run.pcrs("systemd-userland"),
            BOOT.resolve("tpm2-measure.log").toString());

    private static final String CLAIMED = "the state pins what the log claims";

    @TempDir
    Path folder = Path.of("");

    private static Run run(ThisMachine machine, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine(machine, Terminal.NONE);
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "verify"})
    void valuesAndUserspaceLogAreComparedToo(String command) {
        Run run = run(MACHINE, command);
        assertEquals(0, run.exitCode(), run.toString());
        assertTrue(run.out().contains("6 userspace records"), run.out());
        assertTrue(run.out().contains("the log gives the values of PCR 0-7, 9, 11, 15"), run.out());
    }

    @Test
    void statesAreMadeAndCheckedSo() {
        String state = folder.resolve("state.json").toString();
        Run made = run(MACHINE, "refstate", "create", "-o", state);
        assertEquals(0, made.exitCode(), made.err());
        for (String command : new String[] {"check", "diagnose"}) {
            Run run = run(MACHINE, command, "-r", state, "--allow-secure-boot-off");
            assertTrue(run.out().startsWith("ACCEPTED IF THE PCR VALUES ARE TRUE"), run.toString());
            assertTrue(run.out().contains("6 userspace records"), run.out());
        }
        Run summary = run(MACHINE, "summary");
        assertTrue(summary.out().contains("asserted 0-7"), summary.toString());
    }

    @Test
    void anotherLogTakesNothingFromTheMachine() {
        Run run = run(MACHINE, "replay", Run.log("uki-direct"));
        assertEquals(0, run.exitCode());
        assertTrue(!run.out().contains("userspace") && !run.out().startsWith("DIFFERENT"), run.out());
        assertEquals(1, run(MACHINE, "verify", Run.log("uki-direct")).exitCode());
    }

    @Test
    void theValuesOfTheMachineChooseAmongItsLogs() {
        String other = Run.log("uki-direct");
        String state = folder.resolve("state.json").toString();
        for (String[] command : new String[][] {
            {"verify", "--require", "sha256:0-7,11"}, {"replay"}, {"refstate", "create", "-o", state}
        }) {
            Run run = run(
                    MACHINE, Run.join(List.of(command), other, MACHINE.log()).toArray(new String[0]));
            assertEquals(0, run.exitCode(), run.toString());
            assertTrue(
                    run.err()
                            .startsWith(
                                    "note: of the 2 logs, " + MACHINE.log() + " is what the values belong to most\n"),
                    run.err());
            assertFalse(run.err().contains(CLAIMED), run.err());
        }
        Run check = run(MACHINE, "check", other, MACHINE.log(), "-r", state, "--allow-secure-boot-off");
        assertEquals(0, check.exitCode(), check.toString());
    }

    @Test
    void aStateOfWhatALogClaimsComesWithANote() {
        Run alone = run(MACHINE, "refstate", "create", Run.log("uki-direct"));
        assertTrue(alone.err().contains(CLAIMED), alone.err());
        Run withValues = run(MACHINE, "refstate", "create", Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"));
        assertFalse(withValues.err().contains(CLAIMED), withValues.err());
        assertFalse(run(MACHINE, "refstate", "create").err().contains(CLAIMED));
    }

    @Test
    void aMachineWithoutAnyIsAnErrorThatSaysWhatToDo() {
        ThisMachine none = new ThisMachine("/nonexistent/log", "/nonexistent/tpm", "/nonexistent/userspace");
        Run run = run(none, "check", "-r", "testdata/none");
        assertEquals(1, run.exitCode());
        Run noValues = run(new ThisMachine(MACHINE.log(), none.tpm(), none.userspaceLog()), "replay");
        assertEquals(1, noValues.exitCode());
        assertTrue(noValues.err().contains("name others with --pcrs"), noValues.err());
    }
}
