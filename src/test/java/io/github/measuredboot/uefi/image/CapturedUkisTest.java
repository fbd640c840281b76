package io.github.measuredboot.uefi.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real boots of unified kernel images. testdata/uki/captured holds, for images too large to be kept here, what the command
 * predict printed for the image, and the log and PCRs of a machine that booted it.
 */
class CapturedUkisTest {
    private static final Path PREDICTED = Path.of("testdata/uki/captured");
    private static final List<HashAlgorithm> BANKS =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);
    private static final List<String> ORDER =
            Arrays.stream(StubSection.values()).map(StubSection::sectionName).toList();
    private static final int APPLICATIONS = 4;
    private static final int SECTIONS = 11;

    static List<Path> bootsWithMeasuredSections() {
        return Stream.concat(TestLogs.boots().stream(), predicted().stream())
                .filter(boot -> !events(boot, SECTIONS).isEmpty())
                .toList();
    }

    static List<Path> predicted() {
        try (Stream<Path> folders = Files.list(PREDICTED)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("bootsWithMeasuredSections")
    void stubMeasuresNameAndContentInItsOrderAndPcr11FollowsFromThem(Path boot) throws Exception {
        List<Event> events = events(boot, SECTIONS);
        PcrValues tpm = pcrs(boot);
        for (HashAlgorithm bank : BANKS) {
            List<SectionMeasurement> sections = new ArrayList<>();
            for (int i = 0; i < events.size(); i += 2) {
                String name = text(events.get(i));
                assertEquals(name, text(events.get(i + 1)));
                Bytes measured = Bytes.encode(name + "\0", StandardCharsets.US_ASCII);
                assertEquals(PeImage.digest(bank, measured::update), digest(events.get(i), bank));
                sections.add(
                        new SectionMeasurement(name, digest(events.get(i), bank), digest(events.get(i + 1), bank)));
            }
            List<Integer> places = sections.stream()
                    .map(section -> ORDER.indexOf(section.section()))
                    .toList();
            assertEquals(List.copyOf(new TreeSet<>(places)), places, sections.toString());
            assertEquals(".linux", sections.get(0).section());
            UkiPrediction asMeasured = new UkiPrediction(
                    new Digest(bank, Bytes.wrap(new byte[bank.digestSize()])), Optional.empty(), sections);
            assertEquals(tpm.value(bank, SECTIONS).orElseThrow(), asMeasured.pcr11(phases(boot)));
        }
    }

    @ParameterizedTest
    @MethodSource("predicted")
    void predictionIsWhatTheTpmHad(Path boot) throws Exception {
        requirePrediction(TestLogs.json(boot.resolve("prediction.json")), boot);
    }

    @ParameterizedTest
    @MethodSource("predicted")
    void predictionFromTheImageItselfIsWhatTheTpmHad(Path boot) throws Exception {
        String folder = System.getProperty("measuredboot.ukis", "");
        assumeTrue(!folder.isEmpty(), "no images: run with -Dmeasuredboot.ukis=FOLDER, see testdata/capture");
        String name =
                TestLogs.json(boot.resolve("prediction.json")).get("image").asText();
        UnifiedKernelImage uki = UnifiedKernelImage.of(PeImage.read(Path.of(folder, name)));
        List<BootPhases> phases = Stream.concat(Stream.of(BootPhases.NONE), BootPhases.STANDARD.stream())
                .toList();
        requirePrediction(new ObjectMapper().readTree(ReportJson.prediction(uki, BANKS, phases)), boot);
    }

    private static void requirePrediction(JsonNode prediction, Path boot) throws Exception {
        List<Event> sections = events(boot, SECTIONS);
        List<Event> applications = events(boot, APPLICATIONS).stream()
                .filter(event -> event.claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION))
                .toList();
        List<String> names = StreamSupport.stream(prediction.get("sections").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertEquals(
                names, sections.stream().map(CapturedUkisTest::text).distinct().toList());
        boolean isSecureBoot = prediction.get("signed").asBoolean();
        for (HashAlgorithm bank : BANKS) {
            JsonNode predicted = prediction.get("banks").get(bank.name());
            String pcr11 = predicted.get("pcr11").get(phases(boot).toString()).asText();
            assertEquals(pcrs(boot).value(bank, SECTIONS).orElseThrow().toHex(), pcr11);
            for (int i = 0; i < names.size(); i++) {
                String content = predicted.get("sections").get(names.get(i)).asText();
                assertEquals(digest(sections.get(2 * i + 1), bank).value().toHex(), content);
            }
            List<String> logged = applications.stream()
                    .map(event -> digest(event, bank).value().toHex())
                    .toList();
            String image = predicted.get("authenticode").asText();
            String kernel = predicted.get("kernel").asText();
            assertTrue(logged.contains(image), logged + " lacks " + image);
            assertEquals(
                    isSecureBoot, !logged.contains(kernel), "the firmware measures the kernel if Secure Boot is off");
        }
    }

    private static List<Event> events(Path boot, int pcr) {
        try {
            return EventLog.copyOf(TestLogs.read(boot.resolve("eventlog.bin"))).events().stream()
                    .filter(event -> event.pcrIndex() == pcr)
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(boot.toString(), e);
        }
    }

    private static PcrValues pcrs(Path boot) throws Exception {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json"))));
    }

    private static BootPhases phases(Path boot) {
        return boot.endsWith("systemd-userland") ? BootPhases.STANDARD.get(3) : BootPhases.NONE;
    }

    private static String text(Event event) {
        return event.data().decode(StandardCharsets.UTF_16LE).replace("\0", "");
    }

    private static Digest digest(Event event, HashAlgorithm bank) {
        return event.digest(bank).orElseThrow();
    }
}
