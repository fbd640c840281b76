package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveCommandTest {
    @TempDir
    private Path folder;

    private Run save(String boot, String... more) {
        return Run.of(
                List.of(
                        "save",
                        "-e",
                        log(boot),
                        "--refstate-dir",
                        folder.resolve("new/dir").toString()),
                more);
    }

    @Test
    void theStateBeforeIsKept() throws Exception {
        Path state = folder.resolve("new/dir/refstate.json");
        Path previous = folder.resolve("new/dir/refstate.json.previous");
        Run first = save("uki-direct");
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(first.out().matches("saved \\Q" + state + "\\E, UKI sha256:[0-9a-f]{12}…\\R"), first.out());
        assertFalse(Files.exists(previous));
        String before = Files.readString(state);
        assertTrue(before.contains("\"version\": 2") && before.contains("\"log_name\""), before);

        Run second = save("uki-direct-other-cmdline", "--json");
        assertEquals(previous.toString(), second.json().get("previous").asText());
        assertEquals(before, Files.readString(previous));

        Run third = save("uki-direct");
        assertTrue(third.out().contains("the state before is kept as " + previous), third.out());
        assertEquals(
                0,
                Run.of(
                                "check",
                                log("uki-direct-other-cmdline"),
                                "-r",
                                previous.toString(),
                                "--pcrs",
                                Run.pcrs("uki-direct-other-cmdline"),
                                "--allow-secure-boot-off")
                        .exitCode());
        try (Stream<Path> files = Files.list(state.getParent())) {
            assertEquals(2, files.count(), "no file is left over");
        }
    }

    @Test
    void whatCannotBeReadIsReplacedAllTheSame() throws Exception {
        Path state = Files.createDirectories(folder.resolve("new/dir")).resolve("refstate.json");
        Files.writeString(state, "garbage");
        Run run = save("uki-direct");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("garbage", Files.readString(folder.resolve("new/dir/refstate.json.previous")));
    }

    @Test
    void nothingIsWrittenWhereNoStateCanBeMade() throws Exception {
        assertEquals(1, save("large").exitCode());
        assertFalse(Files.exists(folder.resolve("new")));
        Files.writeString(folder.resolve("new"), "a file");
        Run run = save("uki-direct");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("measuredboot: " + folder.resolve("new")), run.err());
    }

    @Test
    void theFolderIsTheUsersStateDirectory() throws Exception {
        assertEquals(Path.of("/state/measuredboot"), StateFolder.byDefault("/state", "/home/u"));
        Path ofHome = Path.of("/home/u/.local/state/measuredboot");
        assertEquals(ofHome, StateFolder.byDefault(null, "/home/u"));
        assertEquals(ofHome, StateFolder.byDefault("", "/home/u"));
        assertEquals(ofHome, StateFolder.byDefault("relative", "/home/u"));
        assertThrows(InputException.class, () -> StateFolder.byDefault(null, "?"));
        assertThrows(InputException.class, () -> StateFolder.byDefault(null, null));
    }
}
