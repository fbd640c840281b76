package io.github.measuredboot.uefi.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StubVersionTest {
    private static final int SECTION_HEADER = 40;
    private static final String SYSTEMD_MEASURE = "/usr/lib/systemd/systemd-measure";

    /** The image "plain" with the SBAT entry of a stub, and with sections renamed by pairs of old and new names. */
    private static PeImage image(String version, String... renames) throws Exception {
        return imageWithSbat(
                "systemd-stub,1,The systemd Developers,systemd," + version + ",https://systemd.io/\n", renames);
    }

    private static PeImage imageWithSbat(String lines, String... renames) throws Exception {
        byte[] file = UkiImages.bytes("plain");
        List<PeSection> sections = UkiImages.image("plain").sections();
        PeSection sbat = sections.stream()
                .filter(section -> section.name().equals(".sbat"))
                .findFirst()
                .orElseThrow();
        int at = Bytes.wrap(file).toHex().indexOf(sbat.rawData().toHex()) / 2;
        byte[] entry = ("sbat,1,SBAT Version,sbat,1,url\n" + lines).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(file, at, at + (int) sbat.virtualSize(), (byte) 0);
        System.arraycopy(entry, 0, file, at, entry.length);
        for (int i = 0; i < renames.length; i += 2) {
            List<String> names = sections.stream().map(PeSection::name).toList();
            int header = UkiImages.FIRST_SECTION + names.indexOf(renames[i]) * SECTION_HEADER;
            System.arraycopy(Arrays.copyOf(renames[i + 1].getBytes(StandardCharsets.US_ASCII), 8), 0, file, header, 8);
        }
        return PeImage.parse(Bytes.wrap(file));
    }

    private static List<String> measured(PeImage image, StubChoices choices) throws MalformedDataException {
        return UnifiedKernelImage.of(image, choices).predict(HashAlgorithm.SHA256).sections().stream()
                .map(SectionMeasurement::section)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "251, ''",
        "252, .linux .osrel .cmdline .initrd",
        "253, .linux .osrel .cmdline .initrd",
        "254, .linux .osrel .cmdline .initrd .uname .sbat",
        "262, .linux .osrel .cmdline .initrd .uname .sbat",
    })
    void theVersionDecidesWhichSectionsAreMeasured(String version, String sections) throws Exception {
        assertEquals(
                sections, measured(image(version), StubChoices.DEFAULT).stream().collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        ".ucode, 255, 256",
        ".profile, 256, 257",
        ".hwids, 256, 257",
    })
    void aSectionIsMeasuredFromTheVersionThatIntroducedIt(String section, int before, int since) throws Exception {
        assertFalse(measured(image("" + before, ".uname", section), StubChoices.DEFAULT)
                .contains(section));
        assertTrue(measured(image("" + since, ".uname", section), StubChoices.DEFAULT)
                .contains(section));
    }

    @ParameterizedTest
    @CsvSource({"252, true", "262, true", "263, false", "252.39-1~deb12u2, true", "'', false", "99999999999, false"})
    void anUnknownVersionIsReported(String version, boolean known) throws Exception {
        assertEquals(known, UnifiedKernelImage.of(image(version)).isStubKnown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "systemd,1,systemd,systemd,252,url | 252",
                "systemd.debian,1,Debian,systemd,252.39-1,url | 252",
                "systemd,1,x,systemd,252,url;systemd.rhel,1,x,systemd,252-51.el9,url | 252",
                "systemd-stub.ubuntu,1,Ubuntu,systemd,255.4,url | 255",
                "systemd,1,x,systemd,253,url;systemd-stub,1,x,systemd,257,url | 257",
                "systemd-boot,1,x,systemd,257,url | ",
                "linux,1,x,linux,6.1,url;systemd,1,x,other,252,url | "
            })
    void theComponentOfSbatNamesTheVersion(String lines, Integer version) throws Exception {
        OptionalInt expected = version == null ? OptionalInt.empty() : OptionalInt.of(version);
        assertEquals(
                expected,
                UnifiedKernelImage.of(imageWithSbat(lines.replace(';', '\n') + '\n'))
                        .stubVersion());
    }

    @Test
    void anImageThatNamesNoStubIsMeasuredAsByTheNewest() throws Exception {
        UnifiedKernelImage uki = UnifiedKernelImage.of(UkiImages.image("plain"));
        assertEquals(OptionalInt.empty(), uki.stubVersion());
        assertFalse(uki.isStubKnown());
        assertTrue(uki.measuredSections().stream()
                .anyMatch(section -> section.name().equals(".sbat")));
        UnifiedKernelImage chosen =
                UnifiedKernelImage.of(UkiImages.image("plain"), StubChoices.DEFAULT.withStubVersion(252));
        assertEquals(OptionalInt.of(252), chosen.stubVersion());
        assertFalse(chosen.measuredSections().stream()
                .anyMatch(section -> section.name().equals(".sbat")));
    }

    @ParameterizedTest
    @ValueSource(strings = {".dtbauto", ".efifw"})
    void aSectionThatHardwareChoosesIsMeasuredIfItIsChosen(String name) throws Exception {
        PeImage image = image("258", ".uname", name);
        assertFalse(measured(image, StubChoices.DEFAULT).contains(name));
        StubChoices choices =
                name.equals(".efifw") ? StubChoices.DEFAULT.withEfifw(0) : StubChoices.DEFAULT.withDtbauto(0);
        assertTrue(measured(image, choices).contains(name));
        StubChoices missing =
                name.equals(".efifw") ? StubChoices.DEFAULT.withEfifw(1) : StubChoices.DEFAULT.withDtbauto(-1);
        assertThrows(MalformedDataException.class, () -> UnifiedKernelImage.of(image, missing));
    }

    @Test
    void anOlderStubTakesTheLastSectionWhoseNameBeginsWithTheOneItLooksFor() throws Exception {
        assertEquals(
                List.of(".linux", ".osrel", ".cmdline", ".initrd", ".dtb", ".sbat"),
                measured(image("256", ".uname", ".dtbauto"), StubChoices.DEFAULT));
        UnifiedKernelImage uki = UnifiedKernelImage.of(image("256", ".uname", ".osrel"));
        assertEquals(
                UnifiedKernelImage.of(UkiImages.image("plain")).measuredSections().stream()
                        .filter(section -> section.name().equals(".uname"))
                        .map(PeSection::data)
                        .toList(),
                List.of(uki.measuredSections().get(1).data()));
        assertThrows(
                MalformedDataException.class,
                () -> UnifiedKernelImage.of(image("256"), StubChoices.DEFAULT.withProfile(1)));
    }

    @Test
    void pcr11OfAStub252IsThatOfItsOwnSystemdMeasure() throws Exception {
        Path file = TestLogs.shared("cases").resolve("uki-stub252.efi");
        UnifiedKernelImage uki = UnifiedKernelImage.of(PeImage.read(file));
        assertEquals(OptionalInt.of(252), uki.stubVersion());
        assertEquals(
                "7a04c5d4049d49ce2ead265e56ca296bd660b89b35a258922ca8c776f1ad28f9",
                uki.predict(HashAlgorithm.SHA256)
                        .pcr11(BootPhases.of("enter-initrd"))
                        .toHex());
    }

    @Test
    void theInstalledSystemdMeasureAgreesInAllBanksAndPhases(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(SYSTEMD_MEASURE)), "no " + SYSTEMD_MEASURE);
        String version = run(SYSTEMD_MEASURE, "--version").replaceFirst("(?s)^systemd (\\d+).*", "$1");
        assumeTrue(Integer.parseInt(version) >= UnifiedKernelImage.OLDEST_MEASURING_STUB, "systemd " + version);
        UnifiedKernelImage uki =
                UnifiedKernelImage.of(image(version, ".uname", ".pcrpkey"), StubChoices.DEFAULT.withStubVersion(252));
        List<String> command = new ArrayList<>(List.of(SYSTEMD_MEASURE, "calculate"));
        for (PeSection section : uki.measuredSections()) {
            Path content = folder.resolve(section.name().substring(1));
            Files.write(content, section.data().toByteArray());
            command.add("--" + content.getFileName() + "=" + content);
        }
        List<HashAlgorithm> banks =
                List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);
        banks.forEach(bank -> command.add("--bank=" + bank.name()));
        String expected = run(command.toArray(String[]::new));
        for (HashAlgorithm bank : banks) {
            for (BootPhases phases : BootPhases.STANDARD) {
                String line =
                        "11:" + bank + "=" + uki.predict(bank).pcr11(phases).toHex();
                assertTrue(expected.contains(line), () -> line + " is not in\n" + expected);
            }
        }
    }

    @Test
    void theKernelIsBoundedInMemoryEvenIfItIsNotMeasured() throws Exception {
        byte[] file = image("251", ".initrd", ".linux").file().toByteArray();
        int sections = UkiImages.image("plain").sections().size();
        assertEquals(
                List.of(),
                UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(file))).measuredSections());
        file[UkiImages.FIRST_SECTION + (sections - 1) * SECTION_HEADER + 8 + 3] = 0x70;
        MalformedDataException fault = assertThrows(
                MalformedDataException.class, () -> UnifiedKernelImage.of(PeImage.parse(Bytes.wrap(file))));
        assertTrue(fault.fault().reason().contains("bytes of zeros"), fault.getMessage());
        assertThrows(IllegalArgumentException.class, () -> StubChoices.DEFAULT.withStubVersion(-1));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "systemd-measure hangs");
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
