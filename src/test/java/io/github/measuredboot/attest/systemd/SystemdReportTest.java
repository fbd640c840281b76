package io.github.measuredboot.attest.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.attest.AttestationRefusal;
import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.CanonicalEventLogJson;
import io.github.measuredboot.json.SystemdReportJson;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SystemdReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Bytes file() {
        return Bytes.wrap(TestLogs.read(TestLogs.shared("systemd-report").resolve("systemd-report-signed.seq")));
    }

    private static AttestationKey key() throws Exception {
        return SystemdReportJson.parse(file()).key();
    }

    private static VerifiedSystemdReport verify(Bytes file, AttestationKey key) throws Exception {
        return SystemdReportVerifier.verify(SystemdReportJson.parse(file), KeyIdentity.asserted(key));
    }

    private static boolean isRefused(Bytes file, AttestationKey key) throws Exception {
        try {
            verify(file, key);
            return false;
        } catch (MalformedDataException | AttestationRefusedException | QuoteRefusedException e) {
            return true;
        }
    }

    @Test
    void theReportIsVerified() throws Exception {
        VerifiedSystemdReport verified = verify(file(), key());
        assertTrue(verified.replayed().provesAll(PcrSelection.parse("sha256:0-5,7,9,11-15")));
        assertEquals(IdentityLevel.ASSERTED, verified.signer().level());
        assertFalse(verified.replayed().quoted().orElseThrow().isFresh(), "no verifier gave a nonce");
        assertEquals(
                List.of("cryptsetup", "hardware", "login", "verity"),
                verified.nvPcrs().stream().map(NvPcrValue::name).toList());
        // the indexes of the sample were extended by hand, and nothing in the log says so
        for (NvPcrValue value : verified.nvPcrs()) {
            assertEquals(0, value.records());
            assertFalse(value.isReproduced());
            assertFalse(value.isInitialized());
        }
        assertEquals(
                0x01d10200,
                verified.nvPcr("hardware").orElseThrow().reading().index().nvIndex());
        assertTrue(verified.report().decode(StandardCharsets.UTF_8).contains("io.systemd.Basic.Architecture"));
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        assertEquals(
                AttestationRefusal.KEY_DIFFERS,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> verify(file(), SoftwareTpm.p256().key()))
                        .reason());
    }

    /**
     * What a flip can change without being noticed is what no digest covers: in the log the digests of banks that are not quoted,
     * and what systemd and the firmware tell of their records. All else is refused.
     */
    @Test
    void eachFlippedByteIsRefusedOrIrrelevant() throws Exception {
        Bytes file = file();
        AttestationKey key = key();
        int logStart = indexOf(file, "\"eventLog\":") + "\"eventLog\":".length();
        int logEnd = indexOf(file, ",\"publicKey\":");
        SortedMap<String, Integer> irrelevant = new TreeMap<>();
        SystemdReport original = SystemdReportJson.parse(file);
        for (int i = 0; i < file.length(); i++) {
            byte[] flipped = file.toByteArray();
            flipped[i] ^= 1;
            Bytes changed = Bytes.wrap(flipped);
            boolean inLog = i > logStart && i < logEnd - 1;
            boolean refused = i % 997 == 0
                    ? isRefused(changed, key)
                    : inLog ? isRecordRefused(file, i) : isRefused(changed, key, original);
            if (!refused) {
                irrelevant.merge(isIn(file, i, logStart, logEnd), 1, Integer::sum);
            }
        }
        irrelevant.keySet().removeAll(List.of("content of a record", "digest of another bank"));
        assertEquals(new TreeMap<>(), irrelevant);
    }

    /** The same, faster where the statements are not changed: then the signatures are as good as they were. */
    private static boolean isRefused(Bytes file, AttestationKey key, SystemdReport original) throws Exception {
        try {
            SystemdReport report = SystemdReportJson.parse(file);
            boolean sameStatements = report.components().equals(original.components())
                    && report.report().equals(original.report())
                    && report.key().name().equals(original.key().name());
            return !sameStatements || isRefused(file, key);
        } catch (MalformedDataException | AttestationRefusedException e) {
            return true;
        }
    }

    /** The same for the one record of the log that a flip is in: it is another one for the replay. */
    private static boolean isRecordRefused(Bytes file, int index) throws Exception {
        String text = file.decode(StandardCharsets.ISO_8859_1);
        int start = text.lastIndexOf("{\"pcr\":", index);
        int end = text.indexOf(",{\"pcr\":", start + 1);
        int size = (end < 0 ? indexOf(file, "],\"publicKey\":") : end) - start;
        Bytes record = file.slice(start, size);
        if (index >= start + size) {
            return true; // the comma between two records
        }
        byte[] flipped = record.toByteArray();
        flipped[index - start] ^= 1;
        try {
            CelRecord one = record(record);
            CelRecord other = record(Bytes.wrap(flipped));
            return !one.recnum().equals(other.recnum())
                    || !one.register().equals(other.register())
                    || !one.digest(HashAlgorithm.SHA256).equals(other.digest(HashAlgorithm.SHA256))
                    || isExtendedAs(one) != isExtendedAs(other);
        } catch (MalformedDataException e) {
            return true;
        }
    }

    private static CelRecord record(Bytes json) throws MalformedDataException {
        return CanonicalEventLogJson.parse(Bytes.parseHex("5b" + json.toHex() + "5d"))
                .records()
                .get(0);
    }

    private static int isExtendedAs(CelRecord record) {
        return record.content() instanceof CelRecord.Content.PcClient content
                ? content.eventType().equals(EventType.EV_NO_ACTION) ? 0 : 1
                : 2;
    }

    private static String isIn(Bytes file, int index, int logStart, int logEnd) {
        String text = file.decode(StandardCharsets.ISO_8859_1);
        if (index < logStart || index >= logEnd) {
            return "outside of the log, at " + index + ": " + text.substring(Math.max(0, index - 30), index + 10);
        }
        int record = text.lastIndexOf("{\"pcr\":", index);
        int content = text.indexOf("\"content_type\":", record);
        if (index >= content) {
            return "content of a record";
        }
        int digest = text.lastIndexOf("{\"hashAlg\":\"", index);
        if (digest > record && !text.startsWith("{\"hashAlg\":\"sha256\"", digest)) {
            return "digest of another bank";
        }
        return "in the log, at " + index + ": " + text.substring(Math.max(0, index - 30), index + 10);
    }

    private static int indexOf(Bytes file, String part) {
        return file.decode(StandardCharsets.ISO_8859_1).indexOf(part);
    }

    private static Bytes changed(Consumer<ObjectNode> change) throws IOException {
        Bytes file = file();
        int second = indexOf(file.from(1), "\u001e") + 1;
        ObjectNode signature =
                (ObjectNode) MAPPER.readTree(file.from(second + 1).toByteArray());
        change.accept(signature);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file.slice(0, second).toByteArray());
        out.write(0x1e);
        out.write(MAPPER.writeValueAsBytes(signature));
        out.write('\n');
        return Bytes.wrap(out.toByteArray());
    }

    private static ArrayNode components(ObjectNode signature) {
        return (ArrayNode) signature.get("data").get("components");
    }

    private static ArrayNode log(ObjectNode signature) {
        return (ArrayNode) signature.get("data").get("eventLog");
    }

    @Test
    void droppedDoubledAndExchangedPartsAreRefused() throws Exception {
        AttestationKey key = key();
        assertFalse(isRefused(changed(signature -> {}), key), "written anew it is the same");
        for (int size : new int[] {6}) {
            for (int i = 0; i < size; i++) {
                int part = i;
                assertTrue(isRefused(changed(s -> components(s).remove(part)), key), "without component " + i);
                assertTrue(isRefused(
                        changed(s -> components(s).insert(part, components(s).get(part))), key));
                for (int j = i + 1; j < size; j++) {
                    int other = j;
                    assertTrue(isRefused(changed(s -> exchange(components(s), part, other)), key));
                }
            }
        }
        for (int i = 0; i < 50; i += 7) {
            int record = i;
            assertTrue(isRefused(changed(s -> renumber(log(s), l -> l.remove(record))), key), "without record " + i);
            assertTrue(isRefused(
                    changed(s ->
                            renumber(log(s), l -> l.insert(record, l.get(record).deepCopy()))),
                    key));
            assertTrue(isRefused(changed(s -> log(s).remove(record)), key) || record == 49);
        }
    }

    private static void exchange(ArrayNode list, int one, int other) {
        JsonNode first = list.get(one);
        list.set(one, list.get(other));
        list.set(other, first);
    }

    private static void renumber(ArrayNode log, Consumer<ArrayNode> change) {
        change.accept(log);
        for (int i = 0; i < log.size(); i++) {
            ((ObjectNode) log.get(i)).put("recnum", i + 1);
        }
    }

    private static AttestationRefusal refusal(Consumer<ObjectNode> change) {
        return assertThrows(AttestationRefusedException.class, () -> verify(changed(change), key()))
                .reason();
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertEquals(AttestationRefusal.UNKNOWN_PART, refusal(s -> s.put("mechanism", "plain")));
        assertEquals(
                AttestationRefusal.UNKNOWN_PART,
                refusal(s -> ((ObjectNode) components(s).get(1)).put("type", "capability-tpm-property")));
        assertEquals(AttestationRefusal.CONTRADICTION, refusal(s -> s.put("sha256", "00".repeat(32))));
        assertEquals(
                AttestationRefusal.CONTRADICTION,
                refusal(s -> ((ObjectNode) components(s).get(1)).put("nvpcrName", "other")));
        assertEquals(AttestationRefusal.INCOMPLETE, refusal(s -> components(s).remove(5)));
        assertEquals(
                AttestationRefusal.AUDIT_DIFFERS, refusal(s -> components(s).remove(2)));
        assertThrows(MalformedDataException.class, () -> verify(changed(s -> s.put("version", 2)), key()));
    }

    /** Who makes a report of another form than JSON has to have the name signed all the same. */
    @Test
    void theNameOfAnNvPcrIsTheOneThatTheTpmHasSigned() throws Exception {
        SystemdReport report = SystemdReportJson.parse(file());
        List<SystemdReport.Component> components = new ArrayList<>(report.components());
        SystemdReport.NvPcr login = (SystemdReport.NvPcr) components.get(3);
        components.set(
                3,
                new SystemdReport.NvPcr(
                        "hardware2", login.index(), login.authenticatedData(), login.attest(), login.signature()));
        SystemdReport renamed = new SystemdReport(report.report(), report.key(), report.eventLog(), components);
        assertEquals(
                AttestationRefusal.NAME_DIFFERS,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> SystemdReportVerifier.verify(renamed, KeyIdentity.asserted(report.key())))
                        .reason());
    }

    @Test
    void namesAreReadFromWhatIsSigned() {
        assertEquals(Optional.of("a"), name("{\"name\":\"a\",\"priority\":500}"));
        assertEquals(Optional.of("a"), name(" { \"priority\" : -1.5 , \"name\" : \"a\" } "));
        assertEquals(Optional.of("a"), name("{\"x\":\"name\",\"name\":\"a\",\"y\":null,\"z\":true}"));
        for (String text : List.of(
                "{}",
                "",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\",\"name\":\"a\"}",
                "{\"name\":1}",
                "{\"x\":{\"name\":\"a\"}}",
                "{\"name\":\"a\\\"b\"}",
                "{\"name\":\"a\"",
                "{\"name\":\"a\"} {\"name\":\"b\"}",
                "{\"name\":\"a\"}x",
                "[\"name\",\"a\"]",
                ",\"name\":\"a\"}",
                "{\"name\":\"a\"{\"x\":1}",
                "{\"name\":\"" + "a".repeat(5000) + "\"}")) {
            assertEquals(Optional.empty(), name(text), text);
        }
    }

    private static Optional<String> name(String text) {
        return AuthenticatedData.name(Bytes.encode(text, StandardCharsets.UTF_8));
    }

    @Test
    void faultsCountFromTheBeginningOfTheFile() throws Exception {
        int second = indexOf(file().from(1), "\u001e") + 1;
        for (Consumer<ObjectNode> change : List.<Consumer<ObjectNode>>of(
                s -> s.put("version", 2),
                s -> ((ObjectNode) components(s).get(2)).put("x", 1),
                s -> ((ObjectNode) log(s).get(49)).put("recnum", "x"))) {
            Bytes changed = changed(change);
            Fault fault = assertThrows(MalformedDataException.class, () -> SystemdReportJson.parse(changed))
                    .fault();
            assertTrue(fault.offset() > second && fault.offset() < changed.length(), fault::toString);
            assertTrue("{\"".contains((char) changed.u8((int) fault.offset()) + ""), fault::toString);
        }
    }
}
