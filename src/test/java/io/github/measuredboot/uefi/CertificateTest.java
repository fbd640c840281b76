package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTest {
    private static final Bytes CERTIFICATE = TestCertificates.of("C=DE,O=Owner,CN=Key \\+ 1");

    @Test
    void theSummaryHasWhatDistinguishesCertificates() throws Exception {
        Certificate.Summary summary = assertInstanceOf(Certificate.Summary.class, Certificate.decode(CERTIFICATE, 0));
        assertEquals("CN=Key \\+ 1,O=Owner,C=DE", summary.subject(), "the most specific part first");
        assertEquals("CN=The Issuer,O=Issuer\\, Ltd.,C=DE", summary.issuer());
        assertEquals(BigInteger.valueOf(0xabc123), summary.serialNumber());
        assertEquals(Optional.of(TestCertificates.NOT_BEFORE), summary.notBefore());
        assertEquals(Optional.of(TestCertificates.NOT_AFTER), summary.notAfter());
        assertEquals(List.of(), summary.remarks());
        assertEquals(
                Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(CERTIFICATE.toByteArray())),
                summary.sha256Fingerprint());
        assertEquals(CERTIFICATE, summary.encoded());
    }

    @Test
    void controlCharactersOfANameAreVisible() {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        name.addRDN(BCStyle.CN, new DERUTF8String("a\u001b[31m\r\nb\u202e"));
        Certificate.Summary summary =
                assertInstanceOf(Certificate.Summary.class, Certificate.decode(TestCertificates.of(name.build()), 0));
        assertTrue(summary.subject().contains("\\u001b"), summary.subject());
        assertTrue(summary.subject().contains("\\u202e"), summary.subject());
        assertEquals(1, summary.subject().lines().count());
    }

    @Test
    void bytesAfterItAreARemark() {
        byte[] longer = Arrays.copyOf(CERTIFICATE.toByteArray(), CERTIFICATE.length() + 3);
        Certificate.Summary summary =
                assertInstanceOf(Certificate.Summary.class, Certificate.decode(Bytes.wrap(longer), 77));
        assertEquals(1, summary.remarks().size());
        assertTrue(
                summary.remarks().get(0).contains("3 bytes follow"),
                summary.remarks().get(0));
        assertEquals(Bytes.wrap(longer), summary.encoded());
    }

    @ParameterizedTest
    @CsvSource({
        "'', ends within a tag or a length",
        "30, ends within a tag or a length",
        "3001, a value of 1 bytes where 0 are left",
        "3080, an indefinite length",
        "30850100000000, a length of 5 bytes",
        "3084ffffffff, a value of 4294967295 bytes",
        "1f8080, ends within a tag or a length",
        "3000, not an X.509 certificate",
        "020101, not an X.509 certificate",
        "0500, not an X.509 certificate"
    })
    void whatIsNoCertificateSaysWhy(String hex, String reason) {
        Certificate.Broken broken =
                assertInstanceOf(Certificate.Broken.class, Certificate.decode(Bytes.parseHex(hex), 0));
        assertTrue(broken.fault().reason().contains(reason), broken.fault().reason());
    }

    @Test
    void deepNestingEndsBeforeTheStackDoes() {
        byte[] nested = new byte[4 * 16000];
        for (int i = 0; i < nested.length; i += 4) {
            int rest = nested.length - i - 4;
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x82;
            nested[i + 2] = (byte) (rest >> 8);
            nested[i + 3] = (byte) rest;
        }
        Certificate.Broken broken =
                assertInstanceOf(Certificate.Broken.class, Certificate.decode(Bytes.wrap(nested), 0));
        assertTrue(
                broken.fault().reason().contains("more than 32 levels"),
                broken.fault().reason());
    }

    @Test
    void aLargeOneIsNotEvenRead() {
        Certificate.Broken broken = assertInstanceOf(
                Certificate.Broken.class, Certificate.decode(Bytes.wrap(new byte[Certificate.MAX_SIZE + 1]), 0));
        assertEquals("size", broken.fault().field());
    }

    @Property(tries = 3000)
    void aChangedByteGivesAValueAndNoException(@ForAll @IntRange(max = 400) int at, @ForAll byte changed) {
        byte[] bytes = CERTIFICATE.toByteArray();
        bytes[at % bytes.length] = changed;
        assertEquals(Bytes.wrap(bytes), Certificate.decode(Bytes.wrap(bytes), 0).encoded());
    }
}
