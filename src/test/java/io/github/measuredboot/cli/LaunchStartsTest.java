package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that compares PCR values says from which start those of a dynamic launch were extended, and why. */
class LaunchStartsTest {
    private static final EventType TBOOT = new EventType(0x501);

    @TempDir
    Path folder;

    private String log(EventType type) throws Exception {
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(17, type, Bytes.parseHex("01"))
                .measure(18, type, Bytes.parseHex("02"))
                .build();
        return Files.write(folder.resolve("log" + type.value()), log).toString();
    }

    private String values(String log, DynamicPcrStart start) throws Exception {
        Replay replay = Replay.of(EventLog.wrap(Files.readAllBytes(Path.of(log))));
        String value17 = replay.expectedValues(start)
                .value(HashAlgorithm.SHA256, 17)
                .orElseThrow()
                .toHex();
        return values("\"17\":\"" + value17 + "\"");
    }

    private String values(String members) throws Exception {
        return Files.writeString(folder.resolve("pcrs.json"), "{\"sha256\":{" + members + "}}")
                .toString();
    }

    @Test
    void theValueShowsTheStart() throws Exception {
        String log = log(EventType.EV_IPL);
        for (DynamicPcrStart start : DynamicPcrStart.values()) {
            String pcrs = values(log, start);
            String said = "\nPCR 17 started at " + start;
            for (String command : List.of("replay", "verify", "diagnose")) {
                Run run = Run.of(command, log, "--pcrs", pcrs);
                assertTrue(run.out().contains(said), run.out());
                assertTrue(run.out().contains("\nPCR 18 taken to start at ones: the log has no event of a"), run.out());
                assertFalse(run.out().contains("dynamic-launch"), run.out());
                JsonNode json = Run.of(command, "--json", log, "--pcrs", pcrs).json();
                assertEquals(
                        "[{\"bank\":\"sha256\",\"pcr\":17,\"start\":\"" + start + "\",\"basis\":\"value\"},"
                                + "{\"bank\":\"sha256\",\"pcr\":18,\"start\":\"ones\",\"basis\":\"no-launch-event\"}]",
                        json.get("dynamicPcrStarts").toString());
            }
        }
    }

    @Test
    void checkSaysItToo() throws Exception {
        String state = folder.resolve("state.json").toString();
        Run made = Run.of(
                "refstate", "create", "-e", Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"), "-o", state);
        assertEquals(0, made.exitCode(), made.err());
        String log = log(TBOOT);
        Run run = Run.of("check", log, "-r", state, "--pcrs", values(log, DynamicPcrStart.ZEROS));
        assertTrue(run.out().contains("\nPCR 17 started at zeros, as after a dynamic launch"), run.out());
    }

    @Test
    void withoutValuesTheEventsDecideAndTheOtherValueIsShownWhereTheyLeaveItOpen() throws Exception {
        Run launched = Run.of("replay", log(TBOOT));
        assertTrue(launched.out()
                .contains("\nPCR 17, 18 taken to start at zeros, as after a dynamic launch: the log has events"));
        assertFalse(launched.out().contains("from ones"), launched.out());
        String log = log(EventType.EV_IPL);
        Run open = Run.of("replay", log);
        assertTrue(open.out().contains("\nPCR 17, 18 taken to start at ones"), open.out());
        String fromZeros =
                Files.readString(Path.of(values(log, DynamicPcrStart.ZEROS))).replaceAll(".*:\"|\"}}", "");
        assertTrue(open.out().contains("\n      " + fromZeros + "  from zeros, after a dynamic launch\n"), open.out());
    }

    @Test
    void aValueThatNeitherStartLeadsToIsSaid() throws Exception {
        Run run = Run.of("replay", log(TBOOT), "--pcrs", values("\"17\":\"" + "11".repeat(32) + "\""));
        assertEquals(2, run.exitCode());
        assertTrue(
                run.out()
                        .contains(
                                "\nPCR 17 taken to start at zeros, as after a dynamic launch: neither start leads to the value"));
    }

    @Test
    void otherLogsSayNothing() throws Exception {
        Run run = Run.of("replay", "--json", Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"));
        assertFalse(run.json().has("dynamicPcrStarts"));
    }

    @Test
    void theLaunchOfTheCasesStartsAtZeros() {
        Path cases = TestLogs.shared("cases");
        Run run = Run.of(
                "replay",
                cases.resolve("drtm-txt.bin").toString(),
                "--pcrs",
                cases.resolve("drtm-txt.pcrs.json").toString());
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("\nPCR 17, 18 started at zeros, as after a dynamic launch"), run.out());
    }
}
