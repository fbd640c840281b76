package io.github.measuredboot.uefi.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeImageTest {
    private static final List<HashAlgorithm> ALGORITHMS =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);

    static List<String> names() {
        return UkiImages.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void fileDigestsAreThoseOfHashlib(String name) throws Exception {
        PeImage image = PeImage.read(UkiImages.path(name));
        JsonNode expected = UkiImages.expected().get(name);
        assertEquals(expected.get("size").asInt(), image.file().length());
        for (HashAlgorithm algorithm : ALGORITHMS) {
            assertEquals(
                    expected.get("file").get(algorithm.name()).asText(),
                    image.fileDigest(algorithm).value().toHex());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void authenticodeDigestIsThatOfPesign(String name) throws Exception {
        assertEquals(
                UkiImages.expected().get(name).get("pesign").get(0).asText(),
                UkiImages.image(name)
                        .authenticodeDigest(HashAlgorithm.SHA256)
                        .value()
                        .toHex());
    }

    @ParameterizedTest
    @MethodSource("names")
    void digestOnceSignedIsThatOfVirtFirmwareWhichPads(String name) throws Exception {
        JsonNode expected = UkiImages.expected().get(name).get("virt-firmware");
        for (HashAlgorithm algorithm : ALGORITHMS) {
            assertEquals(
                    expected.get(algorithm.name()).asText(),
                    UkiImages.image(name)
                            .authenticodeDigestOnceSigned(algorithm)
                            .value()
                            .toHex());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed", "odd-signed"})
    void digestIsTheOneThatTheSignatureSigns(String name) throws Exception {
        PeImage image = UkiImages.image(name);
        String digest = image.authenticodeDigest(HashAlgorithm.SHA256).value().toHex();
        JsonNode osslsigncode = UkiImages.expected().get(name).get("osslsigncode");
        assertEquals(2, osslsigncode.size());
        osslsigncode.forEach(said -> assertEquals(digest, said.asText()));
        assertTrue(image.certificates().get(0).certificate().toHex().contains(digest));
    }

    @Test
    void signingPadsAnOddFileAndChangesItsDigest() throws Exception {
        PeImage odd = UkiImages.image("odd");
        PeImage signed = UkiImages.image("odd-signed");
        assertNotEquals(odd.authenticodeDigest(HashAlgorithm.SHA256), signed.authenticodeDigest(HashAlgorithm.SHA256));
        assertEquals(
                odd.authenticodeDigestOnceSigned(HashAlgorithm.SHA256),
                signed.authenticodeDigest(HashAlgorithm.SHA256));
    }

    @Test
    void certificatesAreKeptRaw() throws Exception {
        assertFalse(UkiImages.image("plain").isSigned());
        assertEquals(List.of(), UkiImages.image("plain").certificates());
        PeImage signed = UkiImages.image("signed-twice");
        assertTrue(signed.isSigned());
        List<WinCertificate> certificates = signed.certificates();
        assertEquals(2, certificates.size());
        StringBuilder table = new StringBuilder();
        for (WinCertificate certificate : certificates) {
            assertEquals(0x0200, certificate.revision());
            assertEquals(WinCertificate.PKCS_SIGNED_DATA, certificate.certificateType());
            table.append(certificate.encode().toHex());
        }
        assertEquals(signed.certificateTable().toHex(), table.toString());
    }

    @Test
    void headersDescribeTheImage() throws Exception {
        PeImage image = UkiImages.image("plain");
        assertEquals(0x8664, image.machine());
        assertTrue(image.isPe32Plus());
        PeImage pe32 = UkiImages.image("pe32");
        assertEquals(0x14c, pe32.machine());
        assertFalse(pe32.isPe32Plus());
        assertEquals(
                List.of(".text", ".sbat", ".osrel", ".cmdline", ".uname", ".linux", ".initrd"),
                image.sections().stream().map(PeSection::name).toList());
        PeSection text = image.sections().get(0);
        assertEquals("stub", text.data().decode(StandardCharsets.US_ASCII));
        assertEquals(512, text.rawData().length());
        assertEquals(4096, text.virtualAddress());
        assertEquals(1536, text.pointerToRawData());
        assertEquals(0x60000020L, text.characteristics());
        assertEquals(0, text.zeroFill());
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd-signed", "kernel", "pe32"})
    void everyByteIsCoveredButCheckSumCertificateEntryAndTable(String name) throws Exception {
        byte[] file = UkiImages.bytes(name);
        PeImage image = PeImage.parse(Bytes.wrap(file));
        Bytes digest = image.authenticodeDigest(HashAlgorithm.SHA256).value();
        int entry = image.isPe32Plus() ? UkiImages.CERTIFICATE_ENTRY : UkiImages.CERTIFICATE_ENTRY - 16;
        int unsigned = file.length - image.certificateTable().length();
        int accepted = 0;
        for (int offset = 0; offset < file.length; offset++) {
            byte[] changed = file.clone();
            changed[offset] ^= 1;
            boolean covered =
                    offset < unsigned && !isWithin(offset, UkiImages.CHECK_SUM, 4) && !isWithin(offset, entry, 8);
            try {
                Bytes ofChanged = PeImage.parse(Bytes.wrap(changed))
                        .authenticodeDigest(HashAlgorithm.SHA256)
                        .value();
                boolean sizeOfTable = isWithin(offset, entry + 4, 4);
                assertEquals(covered || sizeOfTable, !ofChanged.equals(digest), "offset " + offset);
                accepted++;
            } catch (MalformedDataException e) {
                assertTrue(offset < 1536, "only headers can be malformed, not offset " + offset);
            }
        }
        assertTrue(accepted > file.length - 100, accepted + " of " + file.length);
    }

    private static boolean isWithin(int offset, int start, int size) {
        return offset >= start && offset < start + size;
    }

    @ParameterizedTest
    @MethodSource("names")
    void noPrefixLeadsToAnotherException(String name) {
        byte[] file = UkiImages.bytes(name);
        for (int length = 0; length < 2048; length++) {
            byte[] prefix = Arrays.copyOf(file, length);
            assertThrows(
                    MalformedDataException.class,
                    () -> PeImage.parse(Bytes.wrap(prefix)).certificates());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 0, 0x5a4e, IMAGE_DOS_HEADER.e_magic",
        "plain, 60, 0xffffffff, IMAGE_DOS_HEADER.e_lfanew",
        "plain, 60, 0x7fffffff, IMAGE_DOS_HEADER.e_lfanew",
        "plain, 60, 7680, IMAGE_FILE_HEADER.Signature",
        "plain, 64, 0x4551, IMAGE_FILE_HEADER.Signature",
        "plain, 70, 0xffff, IMAGE_OPTIONAL_HEADER.SizeOfHeaders",
        "plain, 84, 0xffff, IMAGE_FILE_HEADER.IMAGE_OPTIONAL_HEADER",
        "plain, 84, 0x20, IMAGE_OPTIONAL_HEADER.MajorLinkerVersion to SizeOfImage",
        "plain, 88, 0x10c, IMAGE_OPTIONAL_HEADER.Magic",
        "plain, 148, 0, IMAGE_OPTIONAL_HEADER.SizeOfHeaders",
        "plain, 148, 0xffffffff, IMAGE_OPTIONAL_HEADER.SizeOfHeaders",
        "plain, 148, 1537, PE image.sections",
        "plain, 196, 0xffffffff, IMAGE_OPTIONAL_HEADER.DataDirectory",
        "plain, 196, 17, IMAGE_OPTIONAL_HEADER.DataDirectory",
        "plain, 236, 1, PE image.sections",
        "signed, 232, 0xffffffff, IMAGE_OPTIONAL_HEADER.Certificate Table",
        "signed, 236, 0xffffffff, IMAGE_OPTIONAL_HEADER.Certificate Table",
        "plain, 344, 0xffffffff, IMAGE_SECTION_HEADER.SizeOfRawData",
        "plain, 348, 0xffffffff, IMAGE_SECTION_HEADER.SizeOfRawData",
        "plain, 344, 1024, PE image.sections",
    })
    void faultNamesTheField(String name, int offset, String value, String field) {
        byte[] file = UkiImages.patched(name, offset, Long.decode(value));
        Fault fault = assertThrows(MalformedDataException.class, () -> PeImage.parse(Bytes.wrap(file)))
                .fault();
        assertEquals(field, fault.structure() + "." + fault.field(), fault.message());
        assertTrue(fault.offset() >= 0 && fault.offset() <= file.length, fault.message());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 0x7fffffff, 0xffffffffL})
    void certificateOfAnotherLengthThanItsTableIsMalformed(long length) throws Exception {
        int table = (int) UkiImages.image("signed").file().u32(UkiImages.CERTIFICATE_ENTRY);
        PeImage image = PeImage.parse(Bytes.wrap(UkiImages.patched("signed", table, length)));
        assertEquals(
                UkiImages.image("signed").authenticodeDigest(HashAlgorithm.SHA256),
                image.authenticodeDigest(HashAlgorithm.SHA256));
        Fault fault =
                assertThrows(MalformedDataException.class, image::certificates).fault();
        assertEquals("WIN_CERTIFICATE", fault.structure());
    }

    @Test
    void anImageWithoutAnEntryForCertificatesHasNone() throws Exception {
        PeImage image = PeImage.parse(Bytes.wrap(UkiImages.patched("plain", UkiImages.NUMBER_OF_RVA_AND_SIZES, 4)));
        assertFalse(image.isSigned());
        byte[] changed = image.file().toByteArray();
        changed[UkiImages.CERTIFICATE_ENTRY] ^= 1;
        assertNotEquals(
                image.authenticodeDigest(HashAlgorithm.SHA256),
                PeImage.parse(Bytes.wrap(changed)).authenticodeDigest(HashAlgorithm.SHA256));
    }

    @Test
    void sectionsAreHashedByTheirPlaceInTheFile() throws Exception {
        byte[] file = UkiImages.bytes("kernel");
        byte[] swapped = file.clone();
        System.arraycopy(file, UkiImages.FIRST_SECTION, swapped, UkiImages.FIRST_SECTION + 40, 40);
        System.arraycopy(file, UkiImages.FIRST_SECTION + 40, swapped, UkiImages.FIRST_SECTION, 40);
        byte[] covered = new byte[swapped.length - 12];
        System.arraycopy(swapped, 0, covered, 0, UkiImages.CHECK_SUM);
        int between = UkiImages.CERTIFICATE_ENTRY - UkiImages.CHECK_SUM - 4;
        System.arraycopy(swapped, UkiImages.CHECK_SUM + 4, covered, UkiImages.CHECK_SUM, between);
        int after = UkiImages.CERTIFICATE_ENTRY + 8;
        System.arraycopy(swapped, after, covered, UkiImages.CHECK_SUM + between, swapped.length - after);
        assertEquals(
                PeImage.digest(HashAlgorithm.SHA256, digest -> digest.update(covered)),
                PeImage.parse(Bytes.wrap(swapped)).authenticodeDigest(HashAlgorithm.SHA256));
    }

    @Test
    void algorithmWithoutImplementationIsRefused() throws Exception {
        PeImage image = UkiImages.image("plain");
        HashAlgorithm unknown = HashAlgorithm.of(0x00b2, 32);
        assertThrows(IllegalArgumentException.class, () -> image.authenticodeDigest(unknown));
        assertThrows(IllegalArgumentException.class, () -> image.fileDigest(unknown));
    }
}
