package io.github.measuredboot.uefi.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PeImageProperties {
    @Property
    void certificatesSurviveTheirTable(@ForAll @Size(max = 5) List<byte[]> contents) throws Exception {
        List<WinCertificate> certificates = new ArrayList<>();
        ByteWriter table = new ByteWriter();
        for (byte[] content : contents) {
            WinCertificate certificate =
                    new WinCertificate(0x0200, WinCertificate.PKCS_SIGNED_DATA, Bytes.wrap(content));
            certificates.add(certificate);
            table.bytes(certificate.encode());
        }
        assertEquals(certificates, WinCertificate.readTable(table.toBytes(), 0));
        assertEquals(0, table.toBytes().length() % 8);
    }

    @Example
    void tablesOfMoreEntriesThanAnyImageHasAreRefused() throws Exception {
        ByteWriter table = new ByteWriter();
        for (int i = 0; i < WinCertificate.MAX_ENTRIES; i++) {
            table.bytes(new WinCertificate(0x0200, 0, Bytes.EMPTY).encode());
        }
        assertEquals(
                WinCertificate.MAX_ENTRIES,
                WinCertificate.readTable(table.toBytes(), 0).size());
        table.bytes(new WinCertificate(0x0200, 0, Bytes.EMPTY).encode());
        assertThrows(MalformedDataException.class, () -> WinCertificate.readTable(table.toBytes(), 0));
    }

    @Property
    void changedHeadersAreReadOrRefused(
            @ForAll("images") String name,
            @ForAll @IntRange(max = 700) int offset,
            @ForAll @Size(min = 1, max = 8) byte[] change) {
        byte[] file = UkiImages.bytes(name);
        System.arraycopy(change, 0, file, offset, change.length);
        try {
            PeImage image = PeImage.parse(Bytes.wrap(file));
            assertEquals(
                    20, image.authenticodeDigest(HashAlgorithm.SHA1).value().length());
            assertEquals(image.isSigned(), !image.certificateTable().isEmpty());
            UkiPrediction prediction = UnifiedKernelImage.of(image).predict(HashAlgorithm.SHA1);
            assertEquals(20, prediction.pcr11(BootPhases.NONE).length());
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() <= file.length, e.getMessage());
        }
    }

    @Provide
    Arbitrary<String> images() {
        return Arbitraries.of(UkiImages.names());
    }
}
