package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages, completion, and what the launcher's archive is made of. */
class PackageFilesTest {
    @TempDir
    Path folder;

    private String page(String name) throws IOException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(folder.resolve("man").resolve(name + ".gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachCommandHasAPageWithItsOptions() throws Exception {
        PackageFiles.write(folder);
        Set<String> pages = new TreeSet<>();
        check(Main.commandLine(), pages);
        try (Stream<Path> files = Files.list(folder.resolve("man"))) {
            assertEquals(
                    pages,
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        assertTrue(pages.contains("measuredboot-refstate-create.1.gz"), pages.toString());
    }

    private void check(CommandLine command, Set<String> pages) throws IOException {
        CommandSpec spec = command.getCommandSpec();
        String name = ManPage.name(spec);
        String page = page(name);
        pages.add(name + ".gz");
        assertTrue(
                page.lines().allMatch(line -> !line.startsWith(".") || line.matches("\\.(TH|SH|TP|BR)( .*)?")), page);
        assertTrue(page.lines().noneMatch(line -> line.startsWith("'") || line.isBlank()), page);
        for (OptionSpec option : spec.options()) {
            assertTrue(
                    option.hidden() || page.contains(option.longestName().replace("-", "\\-")), option + "\n" + page);
        }
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (!(subcommand.getCommand() instanceof CommandLine.HelpCommand)) {
                check(subcommand, pages);
            }
        }
    }

    @Test
    void completionKnowsTheCommands() throws Exception {
        PackageFiles.write(folder);
        String bash = Files.readString(folder.resolve("completion/measuredboot"));
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            assertTrue(bash.contains(command), command);
        }
        assertTrue(Files.readString(folder.resolve("completion/_measuredboot")).startsWith("#compdef measuredboot\n"));
    }

    /** As in /usr/share, in a terminal of its own. */
    @Test
    void completionWorksInZsh() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "no zsh");
        PackageFiles.write(folder);
        Path zsh = Files.createDirectories(folder.resolve("share/zsh/vendor-completions"));
        Path bash = Files.createDirectories(folder.resolve("share/bash-completion/completions"));
        Files.move(folder.resolve("completion/_measuredboot"), zsh.resolve("_measuredboot"));
        Files.move(folder.resolve("completion/measuredboot"), bash.resolve("measuredboot"));
        Process process = new ProcessBuilder(
                        "/usr/bin/zsh", "-f", ".ci/zsh", folder.resolve("share").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void theWarmupSucceedsAndLeavesNothing() {
        assertDoesNotThrow(() -> Warmup.main(new String[0]));
    }

    /** Those that the launcher gives an archive of their own. */
    @Test
    void theWarmupOfOneCommandIsThatOfAKnownOne() {
        for (String command : List.of("replay", "events", "summary")) {
            assertDoesNotThrow(() -> Warmup.main(new String[] {command}));
        }
        for (String command : List.of("check", "nothing")) {
            assertThrows(IllegalStateException.class, () -> Warmup.main(new String[] {command}));
        }
    }
}
