package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.CelRecord.Content;
import io.github.measuredboot.eventlog.CelRecord.Register;
import io.github.measuredboot.eventlog.CelRecord.StringCheck;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserspaceLogJsonTest {
    private static final Path LOG = Path.of("testdata/boots/systemd-userland/tpm2-measure.log");
    private static final String RS = "\u001e";
    private static final String EMPTY_SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private static final String RECORD = RS + "{'pcr':11,'digests':[]}\n";

    @Test
    void readsWhatSystemdWrote() throws Exception {
        UserspaceLog log = UserspaceLogJson.read(LOG);
        assertEquals(
                List.of("enter-initrd", "leave-initrd", "machine-id:0123456789abcdef0123456789abcdef"),
                log.records().stream()
                        .limit(3)
                        .map(record -> record.string().orElseThrow())
                        .toList());
        assertEquals(
                List.of("phase", "phase", "machine-id", "filesystem", "phase", "phase"),
                log.records().stream()
                        .map(record -> record.eventType().orElseThrow())
                        .toList());
        assertEquals(new Register.Pcr(15), log.records().get(2).register());
        assertEquals(1, log.records().get(0).offset());
        assertTrue(log.records().get(0).json().decode(StandardCharsets.UTF_8).contains("\"bootId\""));
        assertEquals(
                List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512),
                log.algorithms());
        assertEquals(List.of(), log.diagnostics());
        assertFalse(log.isMarkedUnfinished());
        for (CelRecord record : log.records()) {
            for (HashAlgorithm bank : log.algorithms()) {
                assertEquals(Optional.of(StringCheck.MATCHES), record.stringCheck(bank));
            }
        }
    }

    @Test
    void encodingGivesTheFileBack() throws Exception {
        Bytes file = Bytes.wrap(TestLogs.read(LOG));
        assertEquals(file, UserspaceLogJson.encode(UserspaceLogJson.parse(file)));
    }

    @Test
    void theDigestProvesTheStringOrDiffersOrDoesNotCoverIt() throws Exception {
        String form = RS + "{'pcr':15,'digests':[{'hashAlg':'sha1','digest':'%s'}],'content_type':'%s','content':%s}";
        assertEquals(
                List.of(
                        StringCheck.MATCHES,
                        StringCheck.DIFFERS,
                        StringCheck.NOT_COVERED,
                        StringCheck.MATCHES,
                        StringCheck.NOT_COVERED,
                        StringCheck.NOT_COVERED),
                parse(String.format(form, EMPTY_SHA1, "systemd", "{'string':''}")
                                + String.format(form, EMPTY_SHA1, "systemd", "{'string':'x','eventType':'machine-id'}")
                                + String.format(form, EMPTY_SHA1, "systemd", "{'string':'x','eventType':'volume-key'}")
                                + String.format(form, EMPTY_SHA1, "systemd", "{'string':'','eventType':'volume-key'}")
                                + String.format(form, EMPTY_SHA1, "systemd", "{}")
                                + String.format(form, EMPTY_SHA1, "other", "{'string':''}"))
                        .records()
                        .stream()
                        .map(record -> record.stringCheck(HashAlgorithm.SHA1).orElseThrow())
                        .toList());
        UserspaceLog log = parse(RECORD);
        assertEquals(Optional.empty(), log.records().get(0).stringCheck(HashAlgorithm.SHA1));
    }

    @Test
    void recordsAreSplitAtTheSeparatorAlone() throws Exception {
        UserspaceLog log = parse("\n" + RS + RS + " {\n 'pcr' :\n\n 1, 'digests' : [ ] }\n\n" + RS + "\n" + RS
                + "{'digests':[],'nv_index':30474752}");
        assertEquals(
                List.of(new Register.Pcr(1), new Register.NvIndex(0x01d10200)),
                log.records().stream().map(CelRecord::register).toList());
        assertEquals(
                "{\n \"pcr\" :\n\n 1, \"digests\" : [ ] }",
                text(log.records().get(0).json()));
        assertEquals(4, log.records().get(0).offset());
    }

    @Test
    void whatIsUnknownIsKept() throws Exception {
        UserspaceLog log = parse(RS
                + "{'later':{'a':[1,2,{'b':null}]},'pcr':1,'digests':[{'hashAlg':'sha1','digest':'" + EMPTY_SHA1
                + "','x':1},{'hashAlg':'md9','digest':'00ff'}],'content':[1],'content_type':'mine'}");
        CelRecord record = log.records().get(0);
        assertTrue(text(record.json()).contains("\"later\":{\"a\":[1,2,{\"b\":null}]}"));
        assertEquals(List.of(new CelRecord.UnknownDigest("md9", Bytes.parseHex("00ff"))), record.unknownDigests());
        assertEquals(Optional.of("mine"), record.contentType());
        assertEquals(new Content.Other(), record.content());
        assertEquals(
                List.of(DiagnosticCode.RECORD_ALGORITHM_UNKNOWN),
                log.diagnostics().stream().map(Diagnostic::code).toList());
    }

    @Test
    void aRecordWithNulIsSkippedAndReported() throws Exception {
        UserspaceLog log = parse(RECORD + RS + "{\0}\n" + RECORD);
        assertEquals(2, log.records().size());
        assertEquals(
                List.of(
                        new Diagnostic(DiagnosticCode.RECORD_WITHOUT_CONTENT_TYPE, 1, 2),
                        new Diagnostic(DiagnosticCode.RECORD_WITH_NUL, RECORD.length() + 1, 1)),
                log.diagnostics());
    }

    @Test
    void theStickyBitMarksAnUnfinishedLog(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("log");
        Files.write(file, TestLogs.read(LOG));
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("unix"), "no Unix permissions here");
        assertFalse(UserspaceLogJson.read(file).isMarkedUnfinished());
        Files.setAttribute(file, "unix:mode", (int) Files.getAttribute(file, "unix:mode") | 01000);
        UserspaceLog log = UserspaceLogJson.read(file);
        assertTrue(log.isMarkedUnfinished());
        assertEquals(
                DiagnosticCode.USERSPACE_LOG_UNFINISHED,
                log.diagnostics().get(0).code());
        assertEquals(log, log.markedUnfinished());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'digests':[]} | value | neither pcr nor nv_index | 13",
                "{'pcr':1,'nv_index':1,'digests':[]} | /nv_index | both pcr and nv_index | 20",
                "{'pcr':1,'pcr':1,'digests':[]} | syntax | Duplicate | 14",
                "{'pcr':1,'digests':[],'x':{'y':1,'y':2}} | syntax | Duplicate | 36",
                "{'pcr':24,'digests':[]} | /pcr | 24 is not 0 to 23 | 7",
                "{'pcr':-1,'digests':[]} | /pcr | -1 is not 0 to 23 | 7",
                "{'pcr':1.0,'digests':[]} | /pcr | not an integer | 7",
                "{'pcr':99999999999999999999999999,'digests':[]} | /pcr | is not 0 to 23 | 7",
                "{'nv_index':4294967296,'digests':[]} | /nv_index | is not 0 to 4294967295 | 12",
                "{'pcr':1} | value | no member \"digests\" | 8",
                "{'pcr':1,'digests':{}} | /digests | not an array | 19",
                "{'pcr':1,'digests':[{'hashAlg':'sha1'}]} | /digests/0 | no member \"digest\" | 37",
                "{'pcr':1,'digests':[{'hashAlg':'sha1','digest':'0'}]} | /digests/0/digest | not hexadecimal | 47",
                "{'pcr':1,'digests':[{'hashAlg':'sha1','digest':'00'}]} | /digests/0 | 1 bytes, sha1 has 20 | 51",
                "{'pcr':1,'digests':[{'hashAlg':'x','digest':''},{'hashAlg':'x','digest':''}]} | /digests/1 | two digests of x | 74",
                "{'pcr':1,'digests':[],'content_type':'systemd'} | value | no member \"content\" | 46",
                "{'pcr':1,'digests':[],'content_type':'systemd','content':1} | /content | not an object | 57",
                "{'pcr':1,'digests':[],'content':{'string':1},'content_type':'systemd'} | /content/string | not a string | 42",
                "{'pcr':1,'digests':[],'content':{'string':'\\ud800'},'content_type':'systemd'} | /content/string | surrogate | 42",
                "[] | value | not an object | 0",
                "{'pcr':1,'digests':[]} {} | end | follows | 23",
                "{'pcr':1,'digests':[]  | syntax | end-of-input | 21",
            })
    void tellsWhatIsWrong(String json, String field, String reason, int offset) {
        Fault fault = assertThrows(MalformedDataException.class, () -> parse(RECORD + RS + json))
                .fault();
        assertEquals("tpm2-measure.log record 2", fault.structure());
        assertEquals(field, fault.field());
        assertTrue(fault.reason().contains(reason), fault.message());
        assertEquals(RECORD.length() + 1 + offset, fault.offset(), fault.message());
    }

    @Test
    void refusesTextBeforeTheFirstSeparatorOtherEncodingsAndDepth() {
        assertEquals("format", fault(Bytes.encode("{}", StandardCharsets.UTF_8)).field());
        assertEquals("encoding", fault(Bytes.parseHex("1e7b22ff227d")).field());
        assertEquals(3, fault(Bytes.parseHex("1e7b22ff227d")).offset());
        StringBuilder deep = new StringBuilder(RS + "{'x':");
        for (int i = 0; i < 100_000; i++) {
            deep.append('[');
        }
        assertTrue(fault(utf8(deep.toString())).reason().contains("depth"));
    }

    @Test
    void keepsTheLimits() throws Exception {
        Bytes two = utf8(RECORD + RECORD);
        assertEquals(
                2,
                UserspaceLogJson.parse(two, ParseLimits.DEFAULT.withMaxEvents(2))
                        .records()
                        .size());
        ParseLimits one = ParseLimits.DEFAULT.withMaxEvents(1);
        assertThrows(MalformedDataException.class, () -> UserspaceLogJson.parse(two, one));
        ParseLimits small = ParseLimits.DEFAULT.withMaxLogSize(two.length() - 1);
        assertThrows(MalformedDataException.class, () -> UserspaceLogJson.parse(two, small));
        Bytes digests = utf8(RS + "{'pcr':1,'digests':[{'hashAlg':'a','digest':''},{'hashAlg':'b','digest':''}]}");
        ParseLimits oneDigest = ParseLimits.DEFAULT.withMaxAlgorithms(1);
        assertThrows(MalformedDataException.class, () -> UserspaceLogJson.parse(digests, oneDigest));
    }

    @Test
    void examinationGivesTheRecordsBeforeTheFault() {
        UserspaceLog.Examination examination =
                UserspaceLogJson.examine(utf8(RECORD + RECORD + RS + "{\n" + RECORD), ParseLimits.DEFAULT);
        assertEquals(2, examination.readable().records().size());
        assertEquals(
                "tpm2-measure.log record 3", examination.fault().orElseThrow().structure());
        assertTrue(examination.readable().diagnostics().stream().anyMatch(d -> d.code() == DiagnosticCode.INCOMPLETE));
    }

    private static Fault fault(Bytes log) {
        return assertThrows(MalformedDataException.class, () -> UserspaceLogJson.parse(log))
                .fault();
    }

    private static UserspaceLog parse(String log) throws MalformedDataException {
        return UserspaceLogJson.parse(utf8(log));
    }

    private static Bytes utf8(String log) {
        return Bytes.encode(log.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    private static String text(Bytes bytes) {
        return bytes.decode(StandardCharsets.UTF_8);
    }
}
