package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.testing.Growth;
import io.github.measuredboot.testing.HostileLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command line prints about a hostile log costs no more than in proportion to the log. */
class CommandGrowthTest {
    @TempDir
    Path folder = Path.of("");

    static List<HostileLogs.Shape> shapes() {
        return HostileLogs.shapes();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void commandsAreLinear(HostileLogs.Shape shape) throws Exception {
        String pcrs = wrongPcrs();
        requireLinear(
                shape,
                log -> List.of(
                        Run.of("events", log),
                        Run.of("summary", "--bank", "sha256", log),
                        Run.of("summary", "-v", "--bank", "sha256", log),
                        Run.of("replay", "--pcrs", pcrs, log)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void diagnosesAreLinear(HostileLogs.Shape shape) throws Exception {
        String state = folder.resolve("state.json").toString();
        assertEquals(
                0,
                Run.of("refstate", "create", "-e", log("uki-secureboot"), "-o", state)
                        .exitCode());
        String pcrs = wrongPcrs();
        requireLinear(
                shape,
                log -> List.of(
                        Run.of("diagnose", "-r", state, log),
                        Run.of("diagnose", "--json", "-r", state, "--pcrs", pcrs, log)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void reportsAreLinear(HostileLogs.Shape shape) throws Exception {
        requireLinear(shape, log -> List.of(Run.of("report", "-o", "-", log)));
    }

    private void requireLinear(HostileLogs.Shape shape, Function<String, List<Run>> commands) throws Exception {
        Growth.requireLinear(
                shape.largest() / 2,
                size -> Files.write(folder.resolve("log" + size), shape.log().apply(size))
                        .toString(),
                log -> commands.apply(log).stream()
                        .mapToInt(CommandGrowthTest::length)
                        .sum());
    }

    private String wrongPcrs() throws IOException {
        String wrong = IntStream.range(0, 24)
                .mapToObj(pcr -> "\"" + pcr + "\":\"" + "17".repeat(32) + "\"")
                .collect(Collectors.joining(",", "{\"sha256\":{", "}}"));
        return Files.writeString(folder.resolve("pcrs.json"), wrong).toString();
    }

    private static int length(Run run) {
        if (run.exitCode() == Main.ERROR) {
            throw new IllegalStateException(run.err());
        }
        return run.out().length();
    }
}
