package io.github.measuredboot.examples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootCheckTest {
    private final BootCheck check = new BootCheck(States.NONE);

    private static String expectedPcrs(byte[] log) throws Exception {
        return PcrValuesJson.write(Replay.of(EventLog.copyOf(log)).expectedValues());
    }

    private Optional<String> cluster(byte[] log) throws Exception {
        return check.check(log, expectedPcrs(log)).cluster();
    }

    @Test
    void bootsOfOneFirmwareAreOneCluster() throws Exception {
        Boot boot = check.check(Boots.log("uki-direct"), Boots.pcrs("uki-direct"));
        Boot other = check.check(Boots.log("uki-direct-other-cmdline"), Boots.pcrs("uki-direct-other-cmdline"));
        assertTrue(boot.cluster().isPresent());
        assertEquals(boot.cluster(), other.cluster());
        assertNotEquals(boot.pcrs().get(4).pcr(), 0);
        Boot legacy = check.check(Boots.log("tpm12-legacy"), Boots.pcrs("tpm12-legacy"));
        assertTrue(legacy.cluster().orElseThrow().startsWith("sha1-"));
    }

    @Test
    void claimedTypesDoNotChangeTheCluster() throws Exception {
        byte[] log = Boots.log("uki-direct");
        byte[] retyped = log.clone();
        for (Event event : EventLog.copyOf(log).events()) {
            if (event.isMeasured() && event.pcrIndex() == 0) {
                ByteBuffer.wrap(retyped).order(ByteOrder.LITTLE_ENDIAN).putInt(event.offset() + Integer.BYTES, (int)
                        EventType.EV_POST_CODE.value());
            }
        }
        assertTrue(!Arrays.equals(log, retyped));
        assertEquals(cluster(log), cluster(retyped));
    }

    @Test
    void whatIsAppendedLaterDoesNotChangeTheClusterAndOtherFirmwareDoes() throws Exception {
        EventLog log = EventLog.copyOf(Boots.log("uki-direct"));
        List<Event> firmware = log.events().stream()
                .filter(event -> event.isMeasured() && event.pcrIndex() == 0)
                .toList();
        byte[] first = firmware.get(0).encoded().toByteArray();
        byte[] appended = Arrays.copyOf(log.bytes().toByteArray(), log.bytes().length() + first.length);
        System.arraycopy(first, 0, appended, log.bytes().length(), first.length);
        assertEquals(cluster(log.bytes().toByteArray()), cluster(appended));

        LogEditor editor = new LogEditor(log);
        editor.measureOther(firmware.get(0), new Random(1));
        assertNotEquals(cluster(log.bytes().toByteArray()), cluster(editor.bytes()));
    }

    @Test
    void firmwareThatTheLogDoesNotExplainHasNoCluster() throws Exception {
        EventLog log = EventLog.copyOf(Boots.log("uki-direct"));
        LogEditor editor = new LogEditor(log);
        log.events().stream()
                .filter(event -> event.isMeasured() && event.pcrIndex() == 0)
                .findFirst()
                .ifPresent(event -> editor.measureOther(event, new Random(1)));
        Boot boot = check.check(editor.bytes(), Boots.pcrs("uki-direct"));
        assertEquals(Optional.empty(), boot.cluster());
        assertTrue(
                boot.unexplained().contains("sha256:0 differs"),
                boot.unexplained().toString());
    }

    @Test
    void aBootIsJudgedByTheStateOfItsCluster() throws Exception {
        byte[] log = Boots.log("uki-secureboot");
        String pcrs = Boots.pcrs("uki-secureboot");
        String state = ReferenceStateJson.write(
                Enrolment.enrol(BootCheck.replay(log, pcrs), ReferenceStateMaker.create()),
                ReferenceStateJson.Form.FULL);
        String cluster = check.check(log, pcrs).cluster().orElseThrow();
        BootCheck judge = new BootCheck(new States(Map.of(cluster, state), false).validated());
        assertEquals(
                Optional.of("accepted-if-values-are-true"),
                judge.check(log, pcrs).verdict());
        assertEquals(
                Optional.empty(),
                judge.check(Boots.log("large"), Boots.pcrs("large")).verdict());
        BootCheck forAll = new BootCheck(new States(Map.of(States.ALL, state), false).validated());
        Boot rejected = forAll.check(Boots.log("uki-direct"), Boots.pcrs("uki-direct"));
        assertEquals(Optional.of("rejected"), rejected.verdict());
        assertTrue(
                rejected.rejections().contains("firmware"),
                rejected.rejections().toString());
    }

    @Test
    void secureBootIsWhatPcr7Proves() throws Exception {
        byte[] log = Boots.log("uki-secureboot");
        SecureBootKeys keys = check.check(log, Boots.pcrs("uki-secureboot")).keys();
        assertEquals(Optional.of(true), keys.secureBoot());
        assertEquals(Optional.of(1), keys.dbxEntries());
        assertEquals(3, keys.missing().orElseThrow().size());
        assertEquals(
                Optional.of("2025021800"),
                check.check(Boots.log("large"), Boots.pcrs("large")).keys().sbatLevel());
        assertEquals(
                SecureBootKeys.UNKNOWN,
                check.check(log, Boots.pcrs("uki-direct")).keys(),
                "nothing is proved by the PCR values of another boot");
    }

    @Test
    void hostileRecordsAreRowsWithAFault() throws Exception {
        String pcrs = Boots.pcrs("uki-direct");
        byte[] log = Boots.log("uki-direct");
        byte[] garbage = new byte[10_000];
        new Random(1).nextBytes(garbage);
        assertEquals(Optional.of("there is no log"), check.check(null, pcrs).fault());
        assertEquals(
                Optional.of("there are no PCR values"), check.check(log, null).fault());
        for (byte[] hostile :
                List.of(new byte[0], garbage, new byte[17 << 20], Arrays.copyOf(log, log.length / 2 + 1))) {
            assertTrue(check.check(hostile, pcrs).fault().isPresent());
        }
        for (String values : List.of("", "{}", "[".repeat(1_000_000), "{\"sha256\":{\"0\":\"00\"}}")) {
            assertTrue(check.check(log, values).fault().isPresent());
        }
        assertEquals(Bytes.wrap(log), Bytes.wrap(Boots.log("uki-direct")), "a check changes nothing");
    }
}
