package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.testing.Growth;
import io.github.measuredboot.testing.HostileLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagnosis of a hostile log costs no more than in proportion to the log. */
class DiagnoseGrowthTest {
    @TempDir
    private Path folder;

    static List<HostileLogs.Shape> shapes() {
        return HostileLogs.shapes();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void diagnosesAreLinear(HostileLogs.Shape shape) throws Exception {
        String state = folder.resolve("state.json").toString();
        assertEquals(
                0,
                Run.of("refstate", "create", "--full", "-e", log("uki-secureboot"), "-o", state)
                        .exitCode());
        String wrong = IntStream.range(0, 24)
                .mapToObj(pcr -> "\"" + pcr + "\":\"" + "17".repeat(32) + "\"")
                .collect(Collectors.joining(",", "{\"sha256\":{", "}}"));
        String pcrs = Files.writeString(folder.resolve("pcrs.json"), wrong).toString();
        Growth.requireLinear(
                shape.largest() / 2,
                size -> Files.write(folder.resolve("log" + size), shape.log().apply(size))
                        .toString(),
                log -> List.of(
                                Run.of("diagnose", "-r", state, log),
                                Run.of("diagnose", "--json", "-r", state, "--pcrs", pcrs, log))
                        .stream()
                        .mapToInt(DiagnoseGrowthTest::length)
                        .sum());
    }

    private static int length(Run run) {
        if (run.exitCode() == Main.ERROR) {
            throw new IllegalStateException(run.err());
        }
        return run.out().length();
    }
}
