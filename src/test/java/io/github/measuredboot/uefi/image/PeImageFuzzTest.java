package io.github.measuredboot.uefi.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.HashAlgorithm;

class PeImageFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void readsAnyBytes(byte[] input) {
        try {
            PeImage image = PeImage.parse(Bytes.wrap(input));
            assertEquals(input.length, image.file().length());
            assertEquals(
                    32, image.authenticodeDigest(HashAlgorithm.SHA256).value().length());
            image.sections().forEach(section -> assertTrue(section.rawData().length() <= input.length));
            readCertificates(image);
            UnifiedKernelImage uki = UnifiedKernelImage.of(image);
            assertEquals(uki.kernel().isEmpty(), uki.kernelFault().isPresent());
            assertEquals(
                    uki.measuredSections().size(),
                    uki.predict(HashAlgorithm.SHA1).sections().size());
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() <= input.length, e.getMessage());
        }
    }

    private static void readCertificates(PeImage image) {
        try {
            image.certificates()
                    .forEach(certificate -> assertTrue(image.certificateTable()
                            .toHex()
                            .contains(certificate.certificate().toHex())));
        } catch (MalformedDataException e) {
            assertEquals("WIN_CERTIFICATE", e.fault().structure());
        }
    }
}
