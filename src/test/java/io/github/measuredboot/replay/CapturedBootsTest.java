package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CanonicalEventLog;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.json.CanonicalEventLogJson;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapturedBootsTest {
    private static final int IMA_PCR = 10;

    /** The PCRs that systemd extends after the firmware's log has ended. */
    private static final List<Integer> USERSPACE_PCRS = List.of(9, 11, 12, 15);

    static List<Path> boots() {
        return TestLogs.boots();
    }

    @ParameterizedTest
    @MethodSource("boots")
    void replayGivesTheValuesOfTheTpm(Path boot) throws Exception {
        ReplayedLog compared = compare(boot, PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json")))));
        assertFalse(compared.accountsForAllValues(), "the log does not account for PCR 10");
        List<Integer> elsewhere = Files.exists(boot.resolve("tpm2-measure.log")) ? USERSPACE_PCRS : List.of();
        ReplayedLog ofFirmware = compared.restrictedTo(c -> c.pcr() != IMA_PCR && !elsewhere.contains(c.pcr()));
        assertTrue(ofFirmware.accountsForAllValues(), ofFirmware.comparisons().toString());
    }

    @Test
    void whatTpm2PcrreadPrintsIsWhatTheJsonSays() throws Exception {
        Path boot = Path.of("testdata/boots/uki-direct");
        PcrValues yaml = PcrValues.parsePcrread(Files.readString(boot.resolve("pcrread.yaml"), StandardCharsets.UTF_8));
        assertEquals(PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json")))), yaml);
        assertEquals(4, yaml.banks().size());
    }

    @Test
    void theUserspaceLogAccountsForTheRest() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        PcrValues values = PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json"))));
        EventLog firmware = EventLog.read(boot.resolve("eventlog.bin"));
        UserspaceLog userspace = UserspaceLogJson.read(boot.resolve("tpm2-measure.log"));
        ReplayedLog compared =
                Replay.of(firmware, userspace).compareWith(values).restrictedTo(c -> c.pcr() != IMA_PCR);
        assertTrue(compared.accountsForAllValues(), compared.comparisons().toString());
        for (HashAlgorithm bank : firmware.algorithms()) {
            assertTrue(compared.isReproduced(bank, 15));
            assertFalse(Replay.of(firmware).compareWith(values).isReproduced(bank, 15));
        }

        CanonicalEventLog cel =
                CanonicalEventLogJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrlock-cel.json"))));
        Replay ofCel = Replay.of(cel.firmwareLog(0), cel.userspaceLog());
        for (HashAlgorithm bank : firmware.algorithms()) {
            assertEquals(
                    compared.replay().bank(bank).orElseThrow().pcrs(),
                    ofCel.bank(bank).orElseThrow().pcrs());
        }
    }

    @Test
    void theLogThatBelongsToTheValuesIsFound() throws Exception {
        List<EventLog> logs = List.of(
                EventLog.read(Path.of("testdata/boots/uki-direct/eventlog.bin")),
                EventLog.read(Path.of("testdata/boots/boot-order-before/eventlog.bin")),
                EventLog.read(Path.of("testdata/boots/boot-order-after/eventlog.bin")));
        PcrValues values =
                PcrValuesJson.parse(Bytes.wrap(TestLogs.read(Path.of("testdata/boots/boot-order-after/pcrs.json"))));
        assertEquals(
                logs.get(2), Replay.choose(logs, values).orElseThrow().replay().log());
        assertTrue(Replay.choose(logs.subList(0, 2), values).isEmpty());
    }

    @Test
    void secondBootOfAMachineMeasuresTheSame() throws Exception {
        Path first = Path.of("testdata/boots/two-boots-first");
        Path second = Path.of("testdata/boots/two-boots-second");
        PcrValues values = PcrValuesJson.parse(Bytes.wrap(TestLogs.read(first.resolve("pcrs.json"))));
        assertEquals(values, PcrValuesJson.parse(Bytes.wrap(TestLogs.read(second.resolve("pcrs.json")))));
        assertNotEquals(
                EventLog.read(first.resolve("eventlog.bin")),
                EventLog.read(second.resolve("eventlog.bin")),
                "load addresses differ, which no digest covers");
        assertTrue(compare(second, values).restrictedTo(c -> c.pcr() != IMA_PCR).accountsForAllValues());
    }

    private static ReplayedLog compare(Path boot, PcrValues values) throws Exception {
        return Replay.of(EventLog.read(boot.resolve("eventlog.bin"))).compareWith(values);
    }
}
