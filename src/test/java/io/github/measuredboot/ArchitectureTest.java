package io.github.measuredboot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of packages in the design: who may use whom. */
class ArchitectureTest {
    private static final String ROOT = "io.github.measuredboot.";
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.measuredboot");

    /** Each package, and what it may use; a package that is not here is an error. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("bytes", Set.of("internal.text")),
            entry("internal.binary", Set.of("bytes")),
            entry("internal.text", Set.of()),
            entry("internal.recognition", Set.of("bytes", "internal.binary")),
            entry("internal.uefi", Set.of("bytes", "internal.binary", "uefi.guid")),
            entry("internal.crypto", Set.of()),
            entry("internal.diff", Set.of()),
            entry("uefi.guid", Set.of("bytes")),
            entry("uefi.devicepath", Set.of("bytes", "internal.binary", "uefi.guid")),
            entry(
                    "uefi",
                    Set.of(
                            "bytes",
                            "internal.binary",
                            "internal.recognition",
                            "internal.text",
                            "internal.crypto",
                            "internal.uefi",
                            "uefi.guid",
                            "uefi.devicepath")),
            entry("uefi.image", Set.of("bytes", "internal.binary", "tpm")),
            entry("tpm", Set.of("bytes", "internal.binary", "internal.crypto", "internal.recognition")),
            entry("attest", Set.of("bytes", "internal.binary", "internal.text", "internal.crypto", "tpm")),
            entry("attest.systemd", Set.of("bytes", "internal.binary", "attest", "tpm", "eventlog", "replay")),
            entry("windows", Set.of("bytes", "internal.binary", "internal.text", "tpm")),
            entry("eventlog", Set.of("bytes", "internal.binary", "internal.recognition", "internal.text", "tpm")),
            entry(
                    "eventlog.data",
                    Set.of(
                            "bytes",
                            "internal.binary",
                            "internal.recognition",
                            "internal.text",
                            "internal.uefi",
                            "uefi.guid",
                            "uefi.devicepath",
                            "uefi",
                            "tpm",
                            "windows",
                            "eventlog")),
            entry(
                    "eventlog.check",
                    Set.of("bytes", "internal.recognition", "uefi", "tpm", "eventlog", "eventlog.data")),
            entry("eventlog.yaml", Set.of("bytes", "uefi.guid", "uefi.devicepath", "tpm", "eventlog")),
            entry(
                    "boot",
                    Set.of(
                            "bytes",
                            "internal.recognition",
                            "internal.text",
                            "uefi.guid",
                            "uefi.devicepath",
                            "uefi",
                            "tpm",
                            "windows",
                            "eventlog",
                            "eventlog.data",
                            "eventlog.check",
                            "replay")),
            entry(
                    "replay",
                    Set.of(
                            "bytes",
                            "internal.binary",
                            "attest",
                            "tpm",
                            "uefi",
                            "eventlog",
                            "eventlog.data",
                            "eventlog.check")),
            entry(
                    "refstate",
                    Set.of(
                            "bytes",
                            "internal.text",
                            "internal.diff",
                            "uefi.guid",
                            "uefi.devicepath",
                            "uefi",
                            "uefi.image",
                            "tpm",
                            "eventlog",
                            "eventlog.data",
                            "eventlog.check",
                            "replay")),
            entry(
                    "policy",
                    Set.of(
                            "bytes",
                            "attest",
                            "internal.text",
                            "uefi",
                            "uefi.image",
                            "tpm",
                            "eventlog",
                            "eventlog.data",
                            "eventlog.check",
                            "replay",
                            "refstate")),
            entry(
                    "diagnosis",
                    Set.of(
                            "bytes",
                            "internal.recognition",
                            "internal.text",
                            "internal.diff",
                            "uefi.guid",
                            "uefi.devicepath",
                            "uefi",
                            "uefi.image",
                            "tpm",
                            "windows",
                            "eventlog",
                            "eventlog.data",
                            "eventlog.check",
                            "replay",
                            "refstate",
                            "policy")));

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Set<String> core = MAY_USE.keySet().stream()
                .filter(name -> !name.startsWith("internal."))
                .collect(Collectors.toSet());
        Set<String> belowCli = new HashSet<>(core);
        belowCli.addAll(Set.of("json", "internal.json", "internal.recognition", "internal.text"));
        Set<String> belowJson = new HashSet<>(core);
        belowJson.addAll(Set.of("internal.json", "internal.binary", "internal.recognition"));
        Set<String> belowInternalJson = new HashSet<>(core);
        belowInternalJson.add("internal.recognition");

        LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
        Map<String, Set<String>> all = new TreeMap<>(MAY_USE);
        all.put("internal.json", belowInternalJson);
        all.put("json", belowJson);
        all.put("cli.html", belowCli);
        Set<String> belowCommands = new HashSet<>(belowCli);
        belowCommands.add("cli.html");
        all.put("cli", belowCommands);
        for (String name : all.keySet()) {
            architecture = architecture.optionalLayer(name).definedBy(ROOT + name);
        }
        for (Map.Entry<String, Set<String>> row : all.entrySet()) {
            architecture = row.getValue().isEmpty()
                    ? architecture.whereLayer(row.getKey()).mayNotAccessAnyLayer()
                    : architecture
                            .whereLayer(row.getKey())
                            .mayOnlyAccessLayers(row.getValue().toArray(new String[0]));
        }
        architecture.ensureAllClassesAreContainedInArchitecture().check(LIBRARY);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void librariesStayBehindOnePackageEach() {
        onlyIn("internal.json", "com.fasterxml.jackson..");
        onlyIn("cli", "picocli..");
        onlyIn("cli.html", "gg.jte..");
        onlyIn("internal.crypto", "org.bouncycastle..");
    }

    @Test
    void theModuleKnowsNothingOfTheCommandLine() throws IOException {
        String module = Files.readString(Path.of("src/main/java/module-info.java"));
        assertTrue(module.contains("exports io.github.measuredboot.json;"));
        assertFalse(module.contains("picocli"), module);
        assertFalse(module.contains("jte"), module);
        assertFalse(module.contains("measuredboot.cli"), module);
    }

    @Test
    void onlyTheCommandLineTouchesTheProcessAroundIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.logging\\..*|java\\.util\\.Random|java\\.security\\.Security|java\\.time\\.Clock")
                .check(LIBRARY);
    }

    private static void onlyIn(String home, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(LIBRARY);
        classes()
                .that()
                .resideInAPackage(ROOT + home)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "io.github.measuredboot..", "org.jspecify..", library)
                .check(LIBRARY);
    }
}
