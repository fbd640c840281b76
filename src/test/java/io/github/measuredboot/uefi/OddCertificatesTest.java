package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.TestLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates that vendors might ship and the standard forbids: subject and fingerprint are there all the same. */
class OddCertificatesTest {
    private static final String SHA256_WITH_RSA = tlv("30", "06092a864886f70d01010b" + "0500");
    private static final String KEY = tlv("30", tlv("30", "06092a864886f70d010101" + "0500") + tlv("03", "00010203"));
    private static final String USAGE = "0603551d0f";
    private static final String CRITICAL = "0101ff";

    private static String tlv(String tag, String content) {
        int length = content.length() / 2;
        return tag + (length < 0x80 ? String.format("%02x", length) : String.format("82%04x", length)) + content;
    }

    private static String hex(String text) {
        return Bytes.encode(text, StandardCharsets.ISO_8859_1).toHex();
    }

    private static String name(String tag, String value) {
        return tlv("30", tlv("31", tlv("30", "0603550403" + tlv(tag, value))));
    }

    private static String extension(String oid, String critical) {
        return tlv("30", oid + critical + tlv("04", "03020204"));
    }

    private static String certificate(
            String serial, String subject, String from, String to, String extensions, String outerAlgorithm) {
        String tbs = tlv(
                "30",
                "a003020102" + serial + SHA256_WITH_RSA + name("13", hex("Issuer")) + tlv("30", from + to) + subject
                        + KEY + extensions);
        return tlv("30", tbs + outerAlgorithm + tlv("03", "000405"));
    }

    private static String withSerial(String serial) {
        return certificate(serial, NAME, FROM, TO, "", SHA256_WITH_RSA);
    }

    private static String withSubject(String subject) {
        return certificate("020101", subject, FROM, TO, "", SHA256_WITH_RSA);
    }

    private static String withStart(String from) {
        return certificate("020101", NAME, from, TO, "", SHA256_WITH_RSA);
    }

    private static String withExtensions(String... extensions) {
        return certificate(
                "020101", NAME, FROM, TO, tlv("a3", tlv("30", String.join("", extensions))), SHA256_WITH_RSA);
    }

    private static final String NAME = name("0c", hex("Subject"));
    private static final String FROM = tlv("17", hex("170524200021Z"));
    private static final String TO = tlv("18", hex("20500524200021Z"));

    static Stream<Arguments> oddities() {
        return Stream.of(
                Arguments.of(withSerial("0201ff"), "negative"),
                Arguments.of(withSerial("0200"), "serial number is empty"),
                Arguments.of(withSerial(tlv("02", "01".repeat(40))), "serial number has 40 bytes"),
                Arguments.of(
                        withExtensions(extension(USAGE, CRITICAL), extension(USAGE, CRITICAL)),
                        "2.5.29.15 is there twice"),
                Arguments.of(withExtensions(extension(USAGE, "010101")), "BOOLEAN"),
                Arguments.of(withExtensions(extension(USAGE, "01020001")), "BOOLEAN"),
                Arguments.of(withExtensions("3003020101"), "extnID"),
                Arguments.of(withExtensions("0500"), "extension"),
                Arguments.of(withStart(tlv("17", hex("1705242000Z"))), "notBefore"),
                Arguments.of(withStart(tlv("17", hex("170524200021+0200"))), "notBefore"),
                Arguments.of(withStart(tlv("18", hex("20170524200021.5Z"))), "notBefore"),
                Arguments.of(withStart(tlv("18", hex("20170524200021"))), "notBefore"),
                Arguments.of(withStart(tlv("18", hex("never"))), "notBefore"),
                Arguments.of(withStart(tlv("0c", hex("170524200021Z"))), "notBefore"),
                Arguments.of(
                        certificate("020101", NAME, FROM, TO, "", tlv("30", "06082a8648ce3d040302")), "algorithms"),
                Arguments.of(withSerial("020101") + "00", "1 bytes follow"),
                Arguments.of(withSerial("020101") + "00".repeat(9), "9 bytes follow"));
    }

    private static Certificate.Summary summary(String hex) {
        return assertInstanceOf(Certificate.Summary.class, Certificate.decode(Bytes.parseHex(hex), 0));
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void subjectAndFingerprintAreThereWithARemark(String hex, String remark) throws Exception {
        Certificate.Summary summary = summary(hex);
        assertEquals("CN=Subject", summary.subject());
        assertEquals("CN=Issuer", summary.issuer());
        assertEquals(
                Bytes.wrap(MessageDigest.getInstance("SHA-256")
                        .digest(Bytes.parseHex(hex).toByteArray())),
                summary.sha256Fingerprint());
        assertTrue(
                summary.remarks().stream().anyMatch(text -> text.contains(remark)),
                () -> summary.remarks().toString());
        assertTrue(summary.fields(0).stream().anyMatch(field -> field.name().equals("remark")));
    }

    @Test
    void whatTheStandardAllowsHasNoRemark() {
        assertEquals(0, summary(withSerial("020101")).remarks().size());
        assertEquals(0, summary(withExtensions(extension(USAGE, ""))).remarks().size());
    }

    private static String indefinite(String value) {
        return "3080" + value.substring(8) + "0000";
    }

    /** Subject and fingerprint are there wherever the input ends after the subject, or its length is left open. */
    @Test
    void whatIsCutOffAfterItsSubjectHasASummary() {
        String whole = withExtensions(extension(USAGE, CRITICAL), tlv("30", USAGE + tlv("04", "ab".repeat(100))));
        for (int cut : new int[] {1, 3, 5, 20, 60, 120}) {
            assertIsSubject(whole.substring(0, whole.length() - 2 * cut), "are left");
        }
        int key = whole.indexOf(KEY);
        assertIsSubject(whole.substring(0, key), "subjectPublicKeyInfo ends");
        assertInstanceOf(Certificate.Broken.class, Certificate.decode(Bytes.parseHex(whole.substring(0, key - 2)), 0));
    }

    @Test
    void aCertificateOfIndefiniteLengthHasASummary() {
        String whole = withExtensions(extension(USAGE, CRITICAL), tlv("30", USAGE + tlv("04", "ab".repeat(100))));
        assertIsSubject(indefinite(whole), "an indefinite length");
        int end = whole.lastIndexOf(SHA256_WITH_RSA);
        String inner = indefinite(whole.substring(8, end)) + whole.substring(end);
        assertIsSubject("3080" + inner + "0000", "an indefinite length");
        assertIsSubject(tlv("30", inner), "an indefinite length");
    }

    private static void assertIsSubject(String hex, String remark) {
        Certificate.Summary summary = summary(hex);
        assertEquals("CN=Subject", summary.subject());
        assertEquals("CN=Issuer", summary.issuer());
        assertTrue(
                summary.remarks().stream().anyMatch(text -> text.contains(remark)),
                () -> summary.remarks().toString());
        assertFalse(Certificate.isAllOf(summary.encoded()));
        assertThrows(CertificateException.class, summary::toX509Certificate);
    }

    @Test
    void datesAreThoseOfTheProlepticCalendar() {
        assertEquals(
                Optional.of(Instant.parse("0001-01-01T00:00:00Z")),
                summary(withStart(tlv("18", hex("00010101000000Z")))).notBefore());
        assertEquals(
                Optional.of(Instant.parse("9999-12-31T23:59:59Z")),
                summary(certificate("020101", NAME, FROM, tlv("18", hex("99991231235959Z")), "", SHA256_WITH_RSA))
                        .notAfter());
        assertEquals(
                Optional.of(Instant.parse("1950-01-01T00:00:00Z")),
                summary(withStart(tlv("17", hex("500101000000Z")))).notBefore());
        assertEquals(
                Optional.of(Instant.parse("2017-05-24T18:00:21Z")),
                summary(withStart(tlv("17", hex("170524200021+0200")))).notBefore());
        assertEquals(
                Optional.empty(), summary(withStart(tlv("18", hex("never")))).notBefore());
    }

    @Test
    void namesInAnyStringTypeAreText() {
        assertEquals(
                "CN=Größe",
                summary(withSubject(name("1e", "004700720 0f600df0065".replace(" ", ""))))
                        .subject());
        assertEquals(
                "CN=Größe", summary(withSubject(name("0c", "4772c3b6c39f65"))).subject());
        String universal = "00000047000000720 00000f6000000df00000065".replace(" ", "");
        assertEquals("CN=Größe", summary(withSubject(name("1c", universal))).subject());
        assertTrue(summary(withSubject(name("1c", universal + "00"))).subject().startsWith("CN=Größe"));
        assertEquals("", summary(withSubject("3000")).subject());
        assertTrue(summary(withSubject(name("1e", "00470072" + "00"))).subject().startsWith("CN=Gr"));
        assertTrue(summary(withSubject("3003020101")).subject().contains("malformed"));
    }

    @Test
    void theCasesHaveDatesAndRemarks() throws Exception {
        Certificate year1 = certificateOf("cert-year-1.esl");
        assertEquals(Optional.of(Instant.parse("0001-01-01T00:00:00Z")), ((Certificate.Summary) year1).notBefore());
        Certificate.Summary twice = (Certificate.Summary) certificateOf("duplicate-extension.esl");
        assertTrue(twice.subject().contains("Lenovo"), twice.subject());
        assertTrue(twice.remarks().get(0).contains("2.5.29.15"), twice.remarks().toString());
        assertThrows(CertificateException.class, twice::toX509Certificate);
    }

    private static Certificate certificateOf(String name) throws Exception {
        Path file = TestLogs.shared("cases").resolve(name);
        SignatureDatabase database = SignatureDatabase.decode(Bytes.wrap(Files.readAllBytes(file)), 0);
        return ((SignatureContent.X509) database.lists().get(0).content(0, 0)).certificate();
    }

    @Test
    void theJdkReadsWhatItTakes() throws Exception {
        Certificate good = Certificate.decode(TestCertificates.of("CN=a"), 0);
        assertThrows(CertificateException.class, good::toX509Certificate, "its key is no RSA key");
        assertThrows(
                CertificateException.class,
                () -> Certificate.decode(Bytes.parseHex("3000"), 0).toX509Certificate());
    }
}
