package io.github.measuredboot.eventlog.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicLaunchDataTest {
    private static final String POLICY = "00".repeat(32);
    private static final Bytes NV_INFO = Bytes.parseHex("01" + "01c10102" + "000b" + "62044408" + "0020" + POLICY
            + "0068" + "01" + "01c10103" + "000b" + "62040408" + "0000" + "0046" + "00");

    @Test
    void theHashAtTheStartHasFlags() {
        for (HashAlgorithm algorithm : HashAlgorithm.standard()) {
            Bytes data = Bytes.wrap(new byte[algorithm.digestSize() + 4]);
            assertEquals(List.of("hash", "flags"), names(EventType.EVTYPE_HASH_START, data), algorithm::name);
        }
        assertEquals(List.of("data"), names(EventType.EVTYPE_HASH_START, Bytes.wrap(new byte[35])));
        assertEquals(List.of("data"), names(EventType.EVTYPE_HASH_START, Bytes.wrap(new byte[3])));
    }

    @Test
    void numbersAndTextsAreRead() {
        EventData status = decode(EventType.EVTYPE_CPU_SCRTM_STAT, Bytes.parseHex("01000000"));
        assertEquals(List.of(Field.hexadecimal("value", 1, 0, 4)), status.fields());
        assertEquals(List.of("data"), names(EventType.EVTYPE_CPU_SCRTM_STAT, Bytes.parseHex("0100")));
        Bytes text = Bytes.encode("Measured boot parameters", StandardCharsets.US_ASCII);
        assertEquals(
                List.of(Field.text("text", "Measured boot parameters", 0, text.length())),
                decode(EventType.EVTYPE_SLAUNCH, text).fields());
        assertEquals(List.of("data"), names(EventType.EVTYPE_SLAUNCH, Bytes.parseHex("00ff")));
        assertEquals(List.of(), names(EventType.EVTYPE_MLE_HASH, Bytes.EMPTY));
    }

    @Test
    void nvIndexesAreReadAndWhatIsNoneIsShownAsItIs() {
        List<Field> fields = decode(EventType.EVTYPE_NV_INFO_HASH, NV_INFO).fields();
        assertEquals(List.of("nvIndexes"), fields.stream().map(Field::name).toList());
        List<Field> items = ((FieldValue.Items) fields.get(0).value()).items();
        assertEquals(3, items.size());
        List<Field> second = ((FieldValue.Structure) items.get(1).value()).fields();
        assertEquals(
                List.of(
                        Field.flag("defined", true, 47, 1),
                        Field.hexadecimal("nvIndex", 0x01c1_0103L, 48, 4),
                        Field.hexadecimal("nameAlg", 0x000b, 52, 2),
                        Field.hexadecimal("attributes", 0x6204_0408L, 54, 4),
                        Field.binary("authPolicy", Bytes.EMPTY, 60),
                        Field.unsigned("dataSize", 0x46, 60, 2)),
                second);
        for (int length = 1; length < NV_INFO.length(); length++) {
            boolean whole = length == 47 || length == 62;
            assertEquals(
                    List.of(whole ? "nvIndexes" : "data"),
                    names(EventType.EVTYPE_NV_INFO_HASH, NV_INFO.slice(0, length)));
        }
        assertEquals(List.of("data"), names(EventType.EVTYPE_NV_INFO_HASH, Bytes.parseHex("0200")));
    }

    @Test
    void theTypesOfTheCasesAreNamed() throws Exception {
        EventLog log = EventLog.wrap(TestLogs.read(TestLogs.shared("cases").resolve("txt-event-types.bin")));
        assertEquals(
                List.of(
                        "EV_NO_ACTION",
                        "EVTYPE_HASH_START",
                        "EVTYPE_CPU_SCRTM_STAT",
                        "EVTYPE_LCP_CONTROL_HASH",
                        "EVTYPE_MLE_HASH",
                        "EVTYPE_OSSINITDATA_CAP_HASH",
                        "EVTYPE_NV_INFO_HASH",
                        "EVTYPE_SINIT_PUBKEY_HASH",
                        "EVTYPE_TBOOT_MODULE"),
                log.events().stream().map(event -> event.claimedType().name()).toList());
    }

    private static List<String> names(EventType type, Bytes data) {
        return decode(type, data).fields().stream().map(Field::name).toList();
    }

    private static EventData decode(EventType type, Bytes data) {
        try {
            byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                    .measure(17, type, data)
                    .build();
            EventData decoded = EventData.decode(EventLog.wrap(log).events().get(1));
            assertEquals(data, decoded.raw());
            return decoded;
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }
}
