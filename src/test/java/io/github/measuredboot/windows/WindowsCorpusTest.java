package io.github.measuredboot.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.windows.WindowsBootState.Fact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Windows' part of real logs. The expected numbers were counted and read by hand from dumps of the bytes. */
class WindowsCorpusTest {
    private record Counts(int events, long elements, int modules, int keys) {}

    private static final Map<String, Counts> COUNTS = Map.ofEntries(
            Map.entry("galmasi-ideapad1", new Counts(7, 1284, 184, 5)),
            Map.entry("galmasi-p511", new Counts(11, 1289, 182, 5)),
            Map.entry("google-windows-gcp-shielded-vm", new Counts(6, 912, 128, 4)),
            Map.entry("guard-dell-notebook-5eventlogs-wbcl-0", new Counts(6, 1030, 146, 4)),
            Map.entry("guard-dell-notebook-5eventlogs-wbcl-4", new Counts(6, 82, 6, 2)),
            Map.entry("guard-desktop-mimu51j-epp-eset", new Counts(6, 1030, 146, 4)),
            Map.entry("guard-imn-dell", new Counts(7, 997, 140, 4)),
            Map.entry("guard-imn-supermicro-epp-msdefender", new Counts(7, 1038, 146, 4)),
            Map.entry("guard-latitude-7520", new Counts(10, 1238, 174, 5)),
            Map.entry("guard-x1carbon", new Counts(10, 1262, 178, 4)),
            Map.entry("immune-dell-notebook-5eventlogs-wbcl", new Counts(6, 1030, 146, 4)),
            Map.entry("immune-supermicro-wbcl-osload-quoted", new Counts(7, 1038, 146, 4)),
            Map.entry("immune-tpm2-windows-lenovo-yogax1v2", new Counts(7, 1020, 144, 5)),
            Map.entry("kgoldman-hp1", new Counts(6, 1278, 184, 4)));

    /** Nothing: every element of every log is of a type that is known and has the layout of its type. */
    private static final List<String> UNKNOWN_OR_MALFORMED = List.of();

    @Test
    void everyElementOfEveryWindowsLogDecodes() {
        Map<String, Counts> counts = new TreeMap<>();
        List<String> odd = new ArrayList<>();
        for (TestLog log : TestLogs.corpus()) {
            List<Bytes> events = SipaBytes.windowsEvents(log);
            if (events.isEmpty()) {
                continue;
            }
            events.forEach(SipaChecks::check);
            WindowsBootState state = SipaBytes.state(log);
            state.faults().forEach(fault -> odd.add(log.name() + " " + fault));
            state.trees().stream()
                    .flatMap(SipaTree::walk)
                    .filter(element -> element instanceof SipaElement.Typed typed
                            && typed.knownType().isEmpty())
                    .forEach(element -> odd.add(log.name() + " " + element));
            counts.put(
                    log.name(),
                    new Counts(
                            events.size(),
                            state.trees().stream().flatMap(SipaTree::walk).count(),
                            state.modules().size(),
                            state.values(SipaEventType.AUTHORITYPUBKEY).size()));
        }
        assertEquals(UNKNOWN_OR_MALFORMED, odd);
        assertEquals(new TreeMap<>(COUNTS), counts);
    }

    @Test
    void theStateOfEachMachineIsReported() {
        assertState("guard-latitude-7520", """
                boot counter [187], hands over to [OS loader, hypervisor]
                BitLocker [no volume unlocked, no volume unlocked, cached, cached]
                code integrity [true, true, true, true], test signing [false, false, false, false]
                flight signing [false, false, false, false], debugging of boot [false, false, false, false]
                debugging of kernel [false, false], of hypervisor [false, false]
                safe mode [false, false], Windows PE [false, false], DEP [opt in, opt in]
                hypervisor [auto, auto], VSM [auto, auto], VSM required [true, true], HVCI [1, 1]
                Microsoft chain required [true, true], Secure Boot required [], IOMMU required [], mandatory []
                system root [\\WINDOWS, \\WINDOWS], on [partition, partition], ELAM [Windows Defender]
                """);
        assertState("guard-imn-dell", """
                boot counter [62], hands over to [OS loader]
                BitLocker [no volume unlocked, no volume unlocked, no volume unlocked, no volume unlocked]
                code integrity [true, true, true, true], test signing [false, false, false, false]
                flight signing [false, false, false, false], debugging of boot [false, false, false, false]
                debugging of kernel [false, false], of hypervisor []
                safe mode [false, false], Windows PE [false, false], DEP [opt out, opt out]
                hypervisor [off, off], VSM [off, off], VSM required [], HVCI []
                Microsoft chain required [], Secure Boot required [], IOMMU required [], mandatory []
                system root [\\Windows, \\Windows], on [partition, partition], ELAM [Windows Defender]
                """);
        assertState("guard-imn-supermicro-epp-msdefender", """
                boot counter [13], hands over to [OS loader]
                BitLocker [no volume unlocked, no volume unlocked, no volume unlocked, no volume unlocked]
                code integrity [true, true, true, true], test signing [false, false, false, false]
                flight signing [false, false, false, false], debugging of boot [false, false, false, false]
                debugging of kernel [false, false], of hypervisor []
                safe mode [false, false], Windows PE [false, false], DEP [opt out, opt out]
                hypervisor [off, off], VSM [off, off], VSM required [], HVCI []
                Microsoft chain required [], Secure Boot required [], IOMMU required [], mandatory []
                system root [\\Windows, \\Windows], on [partition, partition], ELAM [Windows Defender]
                """);
        assertState("google-windows-gcp-shielded-vm", """
                boot counter [4], hands over to [OS loader]
                BitLocker [no volume unlocked, no volume unlocked, no volume unlocked, no volume unlocked]
                code integrity [true, true, true, true], test signing [false, false, false, false]
                flight signing [false, false, false, false], debugging of boot [false, false, false, false]
                debugging of kernel [false, false], of hypervisor []
                safe mode [false, false], Windows PE [false, false], DEP [opt out, opt out]
                hypervisor [off, off], VSM [off, off], VSM required [], HVCI []
                Microsoft chain required [], Secure Boot required [], IOMMU required [], mandatory []
                system root [\\Windows, \\Windows], on [partition, partition], ELAM [Windows Defender]
                """);
        assertState("immune-tpm2-windows-lenovo-yogax1v2", """
                boot counter [214], hands over to [OS loader]
                BitLocker [TPM, TPM, cached, cached]
                code integrity [true, true, true, true], test signing [false, false, false, false]
                flight signing [false, false, false, false], debugging of boot [false, false, false, false]
                debugging of kernel [false, false], of hypervisor []
                safe mode [false, false], Windows PE [false, false], DEP [opt in, opt in]
                hypervisor [off, off], VSM [off, off], VSM required [], HVCI []
                Microsoft chain required [], Secure Boot required [], IOMMU required [], mandatory []
                system root [\\WINDOWS, \\WINDOWS], on [partition, partition], ELAM [Windows Defender]
                """);
        for (String dell : List.of("guard-desktop-mimu51j-epp-eset", "immune-dell-notebook-5eventlogs-wbcl")) {
            assertState(dell, """
                    boot counter [%s], hands over to [OS loader]
                    BitLocker [no volume unlocked, no volume unlocked, cached, cached]
                    code integrity [true, true, true, true], test signing [false, false, false, false]
                    flight signing [false, false, false, false], debugging of boot [false, false, false, false]
                    debugging of kernel [false, false], of hypervisor []
                    safe mode [false, false], Windows PE [false, false], DEP [opt in, opt in]
                    hypervisor [off, off], VSM [off, off], VSM required [], HVCI []
                    Microsoft chain required [], Secure Boot required [], IOMMU required [], mandatory []
                    system root [\\WINDOWS, \\WINDOWS], on [partition, partition], ELAM [Windows Defender]
                    """.formatted(dell.startsWith("guard") ? "183" : "177"));
        }
    }

    @Test
    void modulesPoliciesAndListsOfALatitudeAreReported() {
        WindowsBootState state = state("guard-latitude-7520");

        WindowsBootState.LoadedModule winload = state.modules().get(1).value();
        assertEquals(1, state.modules().get(1).tree());
        assertEquals("\\WINDOWS\\system32\\winload.efi", winload.filePath().orElseThrow());
        assertEquals(0x279000L, winload.imageSize().orElseThrow());
        assertEquals(HashAlgorithm.SHA256, winload.hashAlgorithm().orElseThrow());
        assertEquals(
                "702979c0ce292ee69f3440d261651d06829791fda81997d9ee2b244791c22588",
                winload.authenticodeHash().orElseThrow().toHex());
        assertEquals(true, winload.imageValidated().orElseThrow());
        assertEquals("Microsoft Windows Production PCA 2011", winload.issuer().orElseThrow());
        assertEquals("Microsoft Windows", winload.publisher().orElseThrow());
        assertEquals(
                "330000038db0bfe1b0ca33b3d400000000038d",
                winload.serial().orElseThrow().toHex());
        assertEquals(
                "d2b3b8f124652efc5415a10dbd7723b0c4531f0b",
                winload.sha1Thumbprint().orElseThrow().toHex());
        assertEquals(1L, winload.svn().orElseThrow());
        assertTrue(winload.imageBase().isEmpty());

        WindowsBootState.LoadedModule inPcr12 = state.modules().get(0).value();
        assertEquals(winload.authenticodeHash(), inPcr12.authenticodeHash());
        assertTrue(inPcr12.imageBase().isPresent());
        assertTrue(inPcr12.filePath().isEmpty());

        assertEquals(
                List.of("DriverSiPolicy.p7b"),
                state.siPolicies().stream()
                        .map(policy -> policy.value().policyName())
                        .distinct()
                        .toList());
        FieldValue.Structure list = structure(state, SipaEventType.BOOT_REVOCATION_LIST);
        assertEquals(
                Optional.of(new FieldValue.Binary(
                        Bytes.parseHex("c1042a390d0c52f895c722774a6da94205d33dfc497a111fac9a72e61cda29ee"))),
                list.field("digest"));
        assertEquals(Optional.of(new FieldValue.Hexadecimal(HashAlgorithm.SHA256.id())), list.field("hashAlgId"));
        assertEquals(Optional.of(new FieldValue.Unsigned(0x01d7e62054fe1a80L)), list.field("creationTime"));

        FieldValue.Structure key = structure(state, SipaEventType.VSM_IDK_INFO);
        assertEquals(Optional.of(new FieldValue.Unsigned(2048)), key.field("keyBitLength"));
        assertEquals(Optional.of(new FieldValue.Binary(Bytes.parseHex("010001"))), key.field("publicExponent"));
        assertEquals(Optional.of(new FieldValue.Unsigned(256)), key.field("modulusSizeBytes"));
    }

    private static FieldValue.Structure structure(WindowsBootState state, SipaEventType type) {
        return (FieldValue.Structure) state.values(type).get(0).value().value();
    }

    @Test
    void everyElamDriverIsNamed() {
        Map<String, LinkedHashSet<String>> names = new TreeMap<>();
        for (TestLog log : TestLogs.corpus()) {
            for (Fact<WindowsBootState.ElamDriver> fact : SipaBytes.state(log).elamDrivers()) {
                names.computeIfAbsent(fact.value().keyName().orElseThrow(), name -> new LinkedHashSet<>())
                        .add(fact.value()
                                .measured()
                                .or(fact.value()::configuration)
                                .orElseThrow()
                                .toHex());
            }
        }
        assertEquals(
                "{Symantec=[3d7409d8c4b43df02e15d243776ba4c9cce1be09],"
                        + " Windows Defender=[067d5b9dc5627f97dcf3feff602a342ed698d2cc]}",
                names.toString());
    }

    @Test
    void trustPointsOfNoPcrAreReadAndSayThemselvesThatTheyAreNotMeasured() {
        Map<String, String> keys = new TreeMap<>();
        for (TestLog log : TestLogs.corpus()) {
            WindowsBootState state = SipaBytes.state(log);
            for (Fact<String> fact : state.texts(SipaEventType.AIKID)) {
                keys.put(log.name(), fact.value());
                assertEquals(false, fact.source().isSaidToBeMeasured());
                SipaElement container =
                        state.trees().get(fact.tree()).elements().get(0);
                assertEquals(0xc001_0004L, ((SipaElement.Container) container).type());
            }
        }
        assertEquals(
                Map.of(
                        "guard-imn-dell", "Windows AIK",
                        "guard-imn-supermicro-epp-msdefender", "bla",
                        "immune-supermicro-wbcl-osload-quoted", "bla",
                        "immune-tpm2-windows-lenovo-yogax1v2", "Windows AIK",
                        "galmasi-ideapad1", "Windows AIK",
                        "galmasi-p511", "Windows AIK"),
                keys);
    }

    @Test
    void changedBytesOfRealEventsNeverMakeDecodingThrow() {
        Random random = new Random(4);
        for (TestLog log : TestLogs.corpus()) {
            for (Bytes event : SipaBytes.windowsEvents(log)) {
                for (int i = 0; i < 10; i++) {
                    byte[] changed = event.toByteArray();
                    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                        changed[random.nextInt(Math.min(changed.length, 600))] ^= (byte) (1 << random.nextInt(8));
                    }
                    SipaChecks.check(Bytes.wrap(changed));
                }
            }
        }
    }

    private static void assertState(String log, String expected) {
        assertEquals(expected, describe(state(log)), log);
    }

    private static String describe(WindowsBootState state) {
        return """
                boot counter %s, hands over to %s
                BitLocker %s
                code integrity %s, test signing %s
                flight signing %s, debugging of boot %s
                debugging of kernel %s, of hypervisor %s
                safe mode %s, Windows PE %s, DEP %s
                hypervisor %s, VSM %s, VSM required %s, HVCI %s
                Microsoft chain required %s, Secure Boot required %s, IOMMU required %s, mandatory %s
                system root %s, on %s, ELAM %s
                """.formatted(
                        values(state.numbers(SipaEventType.BOOTCOUNTER)),
                        meanings(state.numbers(SipaEventType.TRANSFER_CONTROL)),
                        meanings(state.numbers(SipaEventType.BITLOCKER_UNLOCK)),
                        values(state.flags(SipaEventType.CODEINTEGRITY)),
                        values(state.flags(SipaEventType.TESTSIGNING)),
                        values(state.flags(SipaEventType.FLIGHTSIGNING)),
                        values(state.flags(SipaEventType.BOOTDEBUGGING)),
                        values(state.flags(SipaEventType.OSKERNELDEBUG)),
                        values(state.flags(SipaEventType.HYPERVISOR_DEBUG)),
                        values(state.flags(SipaEventType.SAFEMODE)),
                        values(state.flags(SipaEventType.WINPE)),
                        meanings(state.numbers(SipaEventType.DATAEXECUTIONPREVENTION)),
                        meanings(state.numbers(SipaEventType.HYPERVISOR_LAUNCH_TYPE)),
                        meanings(state.numbers(SipaEventType.VSM_LAUNCH_TYPE)),
                        values(state.flags(SipaEventType.VBS_VSM_REQUIRED)),
                        values(state.numbers(SipaEventType.VBS_HVCI_POLICY)),
                        values(state.flags(SipaEventType.VBS_MICROSOFT_BOOT_CHAIN_REQUIRED)),
                        values(state.flags(SipaEventType.VBS_SECUREBOOT_REQUIRED)),
                        values(state.flags(SipaEventType.VBS_IOMMU_REQUIRED)),
                        values(state.flags(SipaEventType.VBS_MANDATORY_ENFORCEMENT)),
                        values(state.texts(SipaEventType.SYSTEMROOT)),
                        meanings(state.numbers(SipaEventType.OSDEVICE)),
                        state.elamDrivers().stream()
                                .map(fact -> fact.value().keyName().orElseThrow())
                                .toList());
    }

    private static <T> String values(List<Fact<T>> facts) {
        return facts.stream().map(fact -> fact.value().toString()).collect(Collectors.joining(", ", "[", "]"));
    }

    private static <T> String meanings(List<Fact<T>> facts) {
        return facts.stream()
                .map(fact -> ((SipaElement.Leaf) fact.source()).meaning().orElseThrow())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static WindowsBootState state(String name) {
        return TestLogs.corpus().stream()
                .filter(log -> log.name().equals(name))
                .map(SipaBytes::state)
                .findFirst()
                .orElseThrow();
    }
}
