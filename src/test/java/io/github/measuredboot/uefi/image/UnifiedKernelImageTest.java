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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnifiedKernelImageTest {
    private static final int PROFILES = 3;
    private static final int SECTION_HEADER = 40;

    static List<String> ukis() {
        return UkiImages.names().stream()
                .filter(name -> UkiImages.expected().get(name).has("systemd-measure"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ukis")
    void pcr11IsThatOfSystemdMeasureInAllBanksAndPhases(String name) throws Exception {
        JsonNode profiles = UkiImages.expected().get(name).get("systemd-measure");
        int compared = 0;
        for (int profile = 0; profile < profiles.size(); profile++) {
            UnifiedKernelImage uki =
                    UnifiedKernelImage.of(UkiImages.image(name), StubChoices.DEFAULT.withProfile(profile));
            for (Iterator<Map.Entry<String, JsonNode>> banks =
                            profiles.get(profile).fields();
                    banks.hasNext(); ) {
                Map.Entry<String, JsonNode> bank = banks.next();
                UkiPrediction prediction =
                        uki.predict(HashAlgorithm.byName(bank.getKey()).orElseThrow());
                for (Iterator<Map.Entry<String, JsonNode>> phases =
                                bank.getValue().fields();
                        phases.hasNext(); ) {
                    Map.Entry<String, JsonNode> phase = phases.next();
                    assertEquals(
                            phase.getValue().asText(),
                            prediction.pcr11(BootPhases.of(phase.getKey())).toHex(),
                            () -> bank.getKey() + " " + phase.getKey());
                    compared++;
                }
            }
        }
        assertEquals(profiles.size() * 4 * 6, compared);
    }

    @Test
    void kernelIsTheFileThatWasBuiltIn() throws Exception {
        UnifiedKernelImage uki = UnifiedKernelImage.of(UkiImages.image("plain"));
        PeImage kernel = UkiImages.image("kernel");
        assertEquals(kernel.file(), uki.kernel().orElseThrow().file());
        UkiPrediction prediction = uki.predict(HashAlgorithm.SHA256);
        assertEquals(
                kernel.authenticodeDigest(HashAlgorithm.SHA256),
                prediction.kernel().orElseThrow());
        assertEquals(UkiImages.image("plain").authenticodeDigest(HashAlgorithm.SHA256), prediction.image());
    }

    @Test
    void kernelThatIsLargerInMemoryEndsWithZeros() throws Exception {
        UnifiedKernelImage uki = UnifiedKernelImage.of(UkiImages.image("zero-filled"));
        PeSection linux = uki.measuredSections().get(0);
        assertEquals(20000, linux.virtualSize());
        assertEquals(20000 - linux.rawData().length(), linux.zeroFill());
        byte[] loaded = Arrays.copyOf(linux.rawData().toByteArray(), 20000);
        assertEquals(
                PeImage.parse(Bytes.wrap(loaded)).authenticodeDigest(HashAlgorithm.SHA384),
                uki.predict(HashAlgorithm.SHA384).kernel().orElseThrow());
    }

    @Test
    void sectionsComeInTheOrderOfTheStubNotOfTheFile() throws Exception {
        UnifiedKernelImage uki = UnifiedKernelImage.of(UkiImages.image("plain"));
        List<String> measured =
                uki.measuredSections().stream().map(PeSection::name).toList();
        assertEquals(List.of(".linux", ".osrel", ".cmdline", ".initrd", ".uname", ".sbat"), measured);
        assertNotEquals(
                measured,
                uki.image().sections().stream()
                        .map(PeSection::name)
                        .filter(measured::contains)
                        .toList());
        UkiPrediction prediction = uki.predict(HashAlgorithm.SHA1);
        assertEquals(
                measured,
                prediction.sections().stream().map(SectionMeasurement::section).toList());
        assertEquals(
                PeImage.digest(
                        HashAlgorithm.SHA1, digest -> digest.update(".osrel\0".getBytes(StandardCharsets.US_ASCII))),
                prediction.sections().get(1).name());
    }

    @Test
    void profilesTakeThePlaceOfTheBase() throws Exception {
        PeImage image = UkiImages.image("profiles");
        assertEquals("profile 0", cmdline(image, 1));
        assertEquals("profile 1", cmdline(image, 2));
        for (int profile = 0; profile < PROFILES; profile++) {
            assertEquals(
                    profile,
                    UnifiedKernelImage.of(image, StubChoices.DEFAULT.withProfile(profile))
                            .profile());
        }
        assertThrows(
                MalformedDataException.class,
                () -> UnifiedKernelImage.of(image, StubChoices.DEFAULT.withProfile(PROFILES)));
        assertThrows(
                MalformedDataException.class, () -> UnifiedKernelImage.of(image, StubChoices.DEFAULT.withProfile(-1)));
        assertThrows(
                MalformedDataException.class,
                () -> UnifiedKernelImage.of(UkiImages.image("plain"), StubChoices.DEFAULT.withProfile(1)));
    }

    private static String cmdline(PeImage image, int profile) throws Exception {
        return UnifiedKernelImage.of(image, StubChoices.DEFAULT.withProfile(profile)).measuredSections().stream()
                .filter(section -> section.name().equals(".cmdline"))
                .findFirst()
                .orElseThrow()
                .data()
                .decode(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {".pcrsig", ".text", ".initrd2"})
    void sectionsThatTheStubDoesNotMeasureChangeNothing(String name) throws Exception {
        PeImage renamed = PeImage.parse(Bytes.wrap(renamed("plain", ".uname", name)));
        assertEquals(
                List.of(".linux", ".osrel", ".cmdline", ".initrd", ".sbat"),
                UnifiedKernelImage.of(renamed).measuredSections().stream()
                        .map(PeSection::name)
                        .toList());
    }

    @Test
    void firstSectionOfANameIsMeasuredAndEmptyOnesAreNot() throws Exception {
        byte[] twice = renamed("plain", ".uname", ".osrel");
        UnifiedKernelImage uki = UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(twice)));
        assertTrue(uki.measuredSections()
                .get(1)
                .data()
                .decode(StandardCharsets.UTF_8)
                .startsWith("ID=debian"));
        byte[] empty = UkiImages.bytes("plain");
        Arrays.fill(empty, headerOf("plain", ".osrel") + 8, headerOf("plain", ".osrel") + 12, (byte) 0);
        assertFalse(UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(empty))).measuredSections().stream()
                .anyMatch(section -> section.name().equals(".osrel")));
    }

    @ParameterizedTest
    @ValueSource(strings = {".dtbauto", ".efifw"})
    void sectionsChosenByHardwareAreListed(String name) throws Exception {
        UnifiedKernelImage uki = UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(renamed("plain", ".uname", name))));
        assertEquals(name, uki.sectionsChosenByHardware().get(0).name());
        assertFalse(
                uki.measuredSections().contains(uki.sectionsChosenByHardware().get(0)));
    }

    @Test
    void kernelThatIsNoPeImageIsMeasuredAllTheSame() throws Exception {
        byte[] file = UkiImages.bytes("plain");
        PeSection linux = UnifiedKernelImage.of(UkiImages.image("plain"))
                .measuredSections()
                .get(0);
        file[(int) linux.pointerToRawData()] = 'X';
        UnifiedKernelImage uki = UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(file)));
        assertTrue(uki.kernel().isEmpty());
        assertEquals("e_magic", uki.kernelFault().orElseThrow().field());
        UkiPrediction prediction = uki.predict(HashAlgorithm.SHA256);
        assertTrue(prediction.kernel().isEmpty());
        assertEquals(6, prediction.sections().size());
    }

    @Test
    void imageWithoutKernelIsNoUki() {
        assertThrows(MalformedDataException.class, () -> UnifiedKernelImage.of(UkiImages.image("kernel")));
    }

    @Test
    void hugeSectionInMemoryIsRefused() {
        byte[] file = UkiImages.patched("zero-filled", headerOf("zero-filled", ".linux") + 8, 0xffff_ffffL);
        Fault fault = assertThrows(
                        MalformedDataException.class, () -> UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(file))))
                .fault();
        assertEquals("VirtualSize", fault.field());
    }

    @Test
    void sectionsThatOverlapInMemoryAreRefused() {
        byte[] file = UkiImages.patched("plain", headerOf("plain", ".osrel") + 8, 5000);
        Fault fault = assertThrows(
                        MalformedDataException.class, () -> UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(file))))
                .fault();
        assertTrue(fault.reason().contains("overlaps in memory"), fault.message());
    }

    @Test
    void phasesAreReadAsSystemdMeasureReadsThem() {
        assertEquals(
                List.of("enter-initrd", "leave-initrd"),
                BootPhases.of(":enter-initrd::leave-initrd:").words());
        assertEquals(BootPhases.NONE, BootPhases.of(":"));
        assertEquals(
                "enter-initrd:leave-initrd:sysinit:ready",
                BootPhases.STANDARD.get(3).toString());
        assertThrows(IllegalArgumentException.class, () -> new BootPhases(List.of("a:b")));
        assertThrows(IllegalArgumentException.class, () -> new BootPhases(List.of("")));
    }

    private static byte[] renamed(String image, String from, String to) {
        byte[] file = UkiImages.bytes(image);
        byte[] name = Arrays.copyOf(to.getBytes(StandardCharsets.US_ASCII), 8);
        System.arraycopy(name, 0, file, headerOf(image, from), 8);
        return file;
    }

    private static int headerOf(String image, String section) {
        try {
            List<String> names = UkiImages.image(image).sections().stream()
                    .map(PeSection::name)
                    .toList();
            return UkiImages.FIRST_SECTION + names.indexOf(section) * SECTION_HEADER;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
