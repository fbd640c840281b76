package io.github.measuredboot.internal.recognition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputFormatTest {
    private static final byte[] LOG = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
            .measure(4, EventType.EV_EFI_ACTION, Bytes.encode("Calling EFI Application from Boot Option", UTF_8))
            .build();

    private static Arguments text(InputFormat format, String text) {
        return Arguments.of(format, Bytes.encode(text, UTF_8));
    }

    private static Arguments hex(InputFormat format, String hex, int padding) {
        return Arguments.of(format, Bytes.parseHex(hex + "5a".repeat(padding)));
    }

    private static Bytes gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static Bytes marked(String mark) {
        return Bytes.parseHex(mark + Bytes.wrap(LOG).toHex());
    }

    static Stream<Arguments> inputs() {
        String sha1 = "ab".repeat(20);
        return Stream.of(
                Arguments.of(InputFormat.EMPTY, Bytes.EMPTY),
                hex(InputFormat.ZEROS, "00".repeat(4096), 0),
                hex(InputFormat.ONES, "ff".repeat(4096), 0),
                Arguments.of(InputFormat.GZIP, gzip(LOG)),
                hex(InputFormat.ZSTD, "28b52ffd24", 40),
                hex(InputFormat.XZ, "fd377a585a000004", 40),
                hex(InputFormat.BZIP2, "425a6839314159265359", 40),
                hex(InputFormat.LZ4, "04224d1864", 40),
                hex(InputFormat.LZ4_LEGACY, "02214c18", 40),
                hex(InputFormat.SKIPPABLE_FRAME, "502a4d1804000000", 40),
                hex(InputFormat.SKIPPABLE_FRAME, "5f2a4d1804000000", 40),
                hex(InputFormat.LZMA, "5d00008000ffffffffffffffff", 40),
                hex(InputFormat.LZMA, "5d000000011027000000000000", 40),
                hex(InputFormat.ZLIB, "789c", 40),
                hex(InputFormat.ZLIB, "7801", 40),
                hex(InputFormat.COMPRESS, "1f9d90", 40),
                hex(InputFormat.SEVEN_ZIP, "377abcaf271c0004", 40),
                hex(InputFormat.ZIP, "504b03041400", 40),
                hex(InputFormat.TAR, "61".repeat(10) + "00".repeat(247) + "7573746172", 300),
                hex(InputFormat.ELF, "7f454c46020101", 60),
                hex(InputFormat.PE, "4d5a9000", 60),
                hex(InputFormat.CCEL_TABLE, "4343454c38000000", 48),
                hex(InputFormat.TPM2_TABLE, "54504d324c000000", 60),
                hex(InputFormat.ATTEST, "ff5443478018", 60),
                hex(InputFormat.ATTEST, "0060ff5443478018", 60),
                hex(InputFormat.TPM12_QUOTE, "0101000051554f54", 40),
                hex(InputFormat.TPM12_QUOTE, "003651555432", 50),
                hex(InputFormat.IMA_BINARY, "0a000000" + sha1 + "06000000" + "696d612d6e67", 60),
                hex(InputFormat.IMA_BINARY, "0a000000" + "cd".repeat(32) + "07000000" + "696d612d736967", 60),
                hex(InputFormat.IMA_BINARY, "0a000000" + sha1 + "08000000" + "642d6e677c736967", 60),
                hex(InputFormat.CEL_TLV, "0000000008" + "00".repeat(8) + "01" + "00000001" + "04", 60),
                hex(InputFormat.CEL_TLV, "0000000001" + "00" + "02" + "00000004" + "01800001", 60),
                hex(InputFormat.CEL_TLV, "0000000001" + "00" + "6c" + "00000001" + "04", 60),
                hex(InputFormat.CEL_CBOR, "82a400000104", 60),
                hex(InputFormat.CEL_CBOR, "9fa500000104", 60),
                hex(InputFormat.CERTIFICATE, "3082004430820020a003020102020101", 60),
                hex(InputFormat.CERTIFICATE, "30820044308140" + "020101", 64),
                hex(InputFormat.CERTIFICATE, "3082004430820020020101300d0609", 60),
                hex(InputFormat.DER, "3082004030820020", 60),
                hex(InputFormat.DER, "30820044300d06092a864886f70d010101", 60),
                Arguments.of(InputFormat.UTF16, Bytes.encode("\ufeff{\"a\": 1}", UTF_16LE)),
                Arguments.of(InputFormat.UTF16, Bytes.encode("\ufeff{\"a\": 1}", UTF_16BE)),
                Arguments.of(InputFormat.UTF16, Bytes.encode("version: 1\n---\n", UTF_16LE)),
                text(InputFormat.CEL_JSON, "[ {\n \"recnum\": 0, \"pcr\": 4}]"),
                text(InputFormat.CEL_JSON, "\ufeff[{\"pcr\": 4, \"digests\": [], \"recnum\": 1}]"),
                text(InputFormat.JSON, "{\"sha256\": {}}"),
                text(InputFormat.JSON, "\ufeff { }"),
                text(InputFormat.JSON, "[1, 2]"),
                text(InputFormat.RECORDS, "\u001e{\"pcr\":11}\n"),
                text(InputFormat.PEM_CERTIFICATE, "Certificate:\n  Data:\n-----BEGIN CERTIFICATE-----\nMIIB"),
                text(InputFormat.PEM, "-----BEGIN PUBLIC KEY-----\nMIIB"),
                text(InputFormat.YAML_LOG, "---\nversion: 1\nevents:\n- EventNum: 0\n"),
                text(InputFormat.YAML_LOG, "version: 2\nevents:\n"),
                text(InputFormat.YAML_LOG, "- EventNum: 0\n  PCRIndex: 0\n"),
                text(InputFormat.PCR_VALUES, "  sha1:\n    0 : 0x" + sha1.toUpperCase(Locale.ROOT) + "\n"),
                text(InputFormat.PCR_VALUES, "sha3_256 :\n  10: 0x" + sha1),
                text(InputFormat.IMA_TEXT, "10 " + sha1 + " ima-ng sha256:" + "cd".repeat(32) + " boot_aggregate\n"),
                text(InputFormat.IMA_TEXT, "10 " + sha1 + " ima " + sha1 + " boot_aggregate\n"),
                text(InputFormat.HTML, "<!DOCTYPE html>\n<html>"),
                text(InputFormat.HTML, "\n<html lang=en>"),
                text(InputFormat.LFS_POINTER, "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
                text(InputFormat.OCTAL_DUMP, "0000000 000000 000000 000003 000000\n0000020 000000\n"),
                text(InputFormat.OCTAL_DUMP, "0000000 0000 0000 0003 0000 0000 0000 0000 0000\n0000020 0000\n"),
                text(InputFormat.HEX_DUMP, "00000000: 0000 0000 0300 0000 0000 0000 0000 0000  ......\n"),
                text(InputFormat.HEX_DUMP, "00000000  00 00 00 00 03 00 00 00  00 00 00 00 00 00 00 00  |....|\n"),
                text(InputFormat.HEX_DUMP, "000000 00 00 00 00 03 00 00 00 00 00 00 00 00 00 00 00  >....<\n"),
                text(InputFormat.HEX, "0000000003000000" + "00".repeat(20) + "\n25000000"),
                text(InputFormat.HEX, "0x0000000003000000"),
                text(InputFormat.BASE64, Base64.getMimeEncoder().encodeToString(LOG)),
                text(InputFormat.BASE64, Base64.getUrlEncoder().encodeToString(LOG)),
                text(InputFormat.TEXT, "hello, Größe\n"),
                Arguments.of(InputFormat.MARKED, marked("efbbbf")),
                Arguments.of(InputFormat.MARKED, marked("fffe")),
                Arguments.of(InputFormat.MARKED, marked("feff")),
                hex(InputFormat.MARKED, "efbbbf00010203", 40));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void eachIsRecognizedAndNamedWhereALogIsExpected(InputFormat format, Bytes input) {
        assertEquals(Optional.of(format), InputFormat.of(input));
        MalformedDataException refused =
                assertThrows(MalformedDataException.class, () -> EventLog.parse(input, ParseLimits.DEFAULT));
        assertTrue(refused.fault().message().contains(format.reason()), refused::getMessage);
        assertEquals(
                refused.fault(),
                EventLog.examine(input, ParseLimits.DEFAULT).fault().orElseThrow());
    }

    @Test
    void everyFormatHasACase() {
        assertEquals(
                Stream.of(InputFormat.values())
                        .filter(format -> format != InputFormat.EVENT_LOG)
                        .toList(),
                inputs().map(arguments -> arguments.get()[0]).distinct().toList());
    }

    @Test
    void aLogIsNamedWhereJsonIsExpected() {
        MalformedDataException refused =
                assertThrows(MalformedDataException.class, () -> PcrValuesJson.parse(Bytes.wrap(LOG)));
        assertTrue(refused.fault().message().contains(InputFormat.EVENT_LOG.reason()), refused::getMessage);
    }

    @Test
    void faultsOfJsonKeepTheirPlace() {
        MalformedDataException refused = assertThrows(
                MalformedDataException.class, () -> PcrValuesJson.parse(Bytes.encode("{\"sha256\": [}", UTF_8)));
        assertEquals(11, refused.fault().offset(), refused::getMessage);
    }

    @Test
    void aMarkBeforeJsonIsSkippedAndCounted() throws MalformedDataException {
        assertTrue(PcrValuesJson.parse(Bytes.encode("\ufeff{\"sha1\": {}}", UTF_8))
                .bank(HashAlgorithm.SHA1)
                .isPresent());
        MalformedDataException refused = assertThrows(
                MalformedDataException.class, () -> PcrValuesJson.parse(Bytes.encode("\ufeff{\"sha256\": [}", UTF_8)));
        assertEquals(14, refused.fault().offset(), refused::getMessage);
    }

    @Test
    void logsLikeNothingElse() {
        for (TestLogs.TestLog log : TestLogs.corpus()) {
            Optional<InputFormat> format = InputFormat.of(Bytes.wrap(log.bytes()));
            assertTrue(format.isEmpty() || format.get() == InputFormat.EVENT_LOG, log.name() + " " + format);
        }
    }

    @Property(tries = 500)
    void anyBytesAreJudged(@ForAll @Size(max = 300) byte[] bytes) {
        InputFormat.of(Bytes.wrap(bytes))
                .ifPresent(format -> assertTrue(format.reason().length() > 10));
        InputFormat.of(Bytes.encode(new String(bytes, ISO_8859_1), UTF_8));
    }
}
