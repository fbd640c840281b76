package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.CanonicalEventLog;
import io.github.measuredboot.eventlog.CelRecord.Content;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.TestLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalEventLogJsonTest {
    private static final Path BOOT = Path.of("testdata/boots/systemd-userland");
    private static final Bytes CEL = Bytes.wrap(TestLogs.read(BOOT.resolve("pcrlock-cel.json")));

    @Test
    void readsWhatPcrlockWrote() throws Exception {
        CanonicalEventLog cel = CanonicalEventLogJson.parse(CEL);
        assertEquals(52, cel.records().size());
        assertEquals(OptionalLong.of(1), cel.records().get(0).recnum());
        Content.PcClient first = (Content.PcClient) cel.records().get(0).content();
        assertEquals(EventType.EV_S_CRTM_VERSION, first.eventType());
        assertEquals(List.of(), cel.diagnostics());
        assertEquals(cel, CanonicalEventLogJson.parse(CanonicalEventLogJson.encode(cel)));
    }

    @Test
    void itsPartsAreTheFirmwaresLogAndSystemds() throws Exception {
        CanonicalEventLog cel = CanonicalEventLogJson.parse(CEL);
        EventLog firmware = EventLog.read(BOOT.resolve("eventlog.bin"));
        List<Event> fromCel = cel.firmwareLog(0).events();
        assertEquals(firmware.events().size(), fromCel.size());
        for (int i = 1; i < fromCel.size(); i++) {
            assertEquals(firmware.events().get(i).claimedType(), fromCel.get(i).claimedType());
            assertEquals(firmware.events().get(i).data(), fromCel.get(i).data());
        }
        assertEquals(
                UserspaceLogJson.read(BOOT.resolve("tpm2-measure.log")).records().stream()
                        .map(record -> record.content())
                        .toList(),
                cel.userspaceLog().records().stream()
                        .map(record -> record.content())
                        .toList());
        assertEquals(firmware.events().size() + 1, cel.firmwareLog(3).events().size());
    }

    @Test
    void aGapInTheRecordNumbersIsReported() throws Exception {
        CanonicalEventLog cel = parse("[{'recnum':7,'pcr':1,'digests':[],'content_type':'x'},"
                + "{'recnum':8,'pcr':1,'digests':[],'content_type':'x'},"
                + "{'recnum':10,'pcr':1,'digests':[],'content_type':'x'}]");
        assertEquals(
                List.of(DiagnosticCode.RECNUM_NOT_CONSECUTIVE),
                cel.diagnostics().stream().map(Diagnostic::code).toList());
    }

    @Test
    void anEmptyLogIsOne() throws Exception {
        assertEquals(List.of(), parse(" [ ] ").records());
        assertEquals(Bytes.encode("[]", StandardCharsets.UTF_8), CanonicalEventLogJson.encode(parse("[]")));
        assertThrows(MalformedDataException.class, () -> parse("[]").firmwareLog(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | CEL-JSON | value | not an array",
                "[] [] | CEL-JSON | end | follows",
                "[1] | CEL-JSON | /0 | not an object",
                "[{'pcr':1,'digests':[]}] | CEL-JSON | /0 | no member \"recnum\"",
                "[{'recnum':1,'pcr':1,'digests':[],'content_type':'pcclient_std','content':{'event_type':'EV_NONE','event_data':''}}] | CEL-JSON | /0/content/event_type | EV_NONE is neither",
                "[{'recnum':1,'pcr':1,'digests':[],'content_type':'pcclient_std','content':{'event_type':'4294967296','event_data':''}}] | CEL-JSON | /0/content/event_type | is not 0 to",
                "[{'recnum':1,'pcr':1,'digests':[],'content_type':'pcclient_std','content':{'event_type':'4'}}] | CEL-JSON | /0/content | no member \"event_data\"",
                "[{'recnum':1,'pcr':1,'digests':[]} | CEL-JSON | syntax | end-of-input",
                "[] # | CEL-JSON | syntax | Unexpected character",
            })
    void tellsWhatIsWrong(String json, String structure, String field, String reason) {
        Fault fault =
                assertThrows(MalformedDataException.class, () -> parse(json)).fault();
        assertEquals(structure, fault.structure(), fault.message());
        assertEquals(field, fault.field(), fault.message());
        assertTrue(fault.reason().contains(reason), fault.message());
        assertTrue(fault.offset() <= json.length(), fault.message());
    }

    @Test
    void refusesNulOtherEncodingsAndTooMuch() {
        assertThrows(MalformedDataException.class, () -> CanonicalEventLogJson.parse(Bytes.parseHex("5b005d00")));
        assertThrows(MalformedDataException.class, () -> CanonicalEventLogJson.parse(Bytes.parseHex("5b22ff225d")));
        assertThrows(
                MalformedDataException.class,
                () -> CanonicalEventLogJson.parse(CEL, ParseLimits.DEFAULT.withMaxEvents(51)));
        assertThrows(
                MalformedDataException.class,
                () -> CanonicalEventLogJson.parse(CEL, ParseLimits.DEFAULT.withMaxLogSize(CEL.length() - 1)));
    }

    private static CanonicalEventLog parse(String json) throws MalformedDataException {
        return CanonicalEventLogJson.parse(Bytes.encode(json.replace('\'', '"'), StandardCharsets.UTF_8));
    }
}
