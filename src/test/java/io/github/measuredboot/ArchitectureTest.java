package io.github.measuredboot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The table of packages in the design: who may use whom. */
class ArchitectureTest {
    private static final String ROOT = "io.github.measuredboot.";
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.measuredboot");

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("bytes")
                .definedBy(ROOT + "bytes")
                .layer("binary")
                .definedBy(ROOT + "internal.binary")
                .layer("crypto")
                .definedBy(ROOT + "internal.crypto")
                .layer("text")
                .definedBy(ROOT + "internal.text")
                .layer("guid")
                .definedBy(ROOT + "uefi.guid")
                .layer("devicepath")
                .definedBy(ROOT + "uefi.devicepath")
                .layer("uefi")
                .definedBy(ROOT + "uefi")
                .layer("tpm")
                .definedBy(ROOT + "tpm")
                .layer("windows")
                .definedBy(ROOT + "windows")
                .layer("eventlog")
                .definedBy(ROOT + "eventlog")
                .layer("data")
                .definedBy(ROOT + "eventlog.data")
                .layer("check")
                .definedBy(ROOT + "eventlog.check")
                .layer("boot")
                .definedBy(ROOT + "boot")
                .layer("replay")
                .definedBy(ROOT + "replay")
                .layer("json")
                .definedBy(ROOT + "json")
                .layer("cli")
                .definedBy(ROOT + "cli")
                .whereLayer("bytes")
                .mayNotAccessAnyLayer()
                .whereLayer("crypto")
                .mayNotAccessAnyLayer()
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("binary")
                .mayOnlyAccessLayers("bytes")
                .whereLayer("guid")
                .mayOnlyAccessLayers("bytes")
                .whereLayer("devicepath")
                .mayOnlyAccessLayers("bytes", "binary", "guid")
                .whereLayer("uefi")
                .mayOnlyAccessLayers("bytes", "binary", "text", "crypto", "guid", "devicepath")
                .whereLayer("tpm")
                .mayOnlyAccessLayers("bytes", "binary", "crypto")
                .whereLayer("windows")
                .mayOnlyAccessLayers("bytes", "binary", "text", "tpm")
                .whereLayer("eventlog")
                .mayOnlyAccessLayers("bytes", "binary", "guid", "devicepath", "uefi", "tpm", "windows")
                .whereLayer("data")
                .mayOnlyAccessLayers(
                        "bytes", "binary", "text", "guid", "devicepath", "uefi", "tpm", "windows", "eventlog")
                .whereLayer("check")
                .mayOnlyAccessLayers("bytes", "uefi", "tpm", "eventlog", "data")
                .whereLayer("boot")
                .mayOnlyAccessLayers(
                        "bytes", "text", "guid", "devicepath", "uefi", "tpm", "windows", "eventlog", "data", "check")
                .whereLayer("replay")
                .mayOnlyAccessLayers("bytes", "tpm", "eventlog")
                .whereLayer("json")
                .mayOnlyAccessLayers(
                        "bytes",
                        "guid",
                        "devicepath",
                        "uefi",
                        "tpm",
                        "windows",
                        "eventlog",
                        "data",
                        "check",
                        "boot",
                        "replay")
                .whereLayer("cli")
                .mayOnlyAccessLayers(
                        "bytes",
                        "text",
                        "guid",
                        "devicepath",
                        "uefi",
                        "tpm",
                        "windows",
                        "eventlog",
                        "data",
                        "check",
                        "boot",
                        "replay",
                        "json")
                .ensureAllClassesAreContainedInArchitecture()
                .check(LIBRARY);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void librariesStayBehindOnePackageEach() {
        onlyIn("json", "com.fasterxml.jackson..");
        onlyIn("cli", "picocli..");
        onlyIn("internal.crypto", "org.bouncycastle..");
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
                .resideInAnyPackage("java..", "io.github.measuredboot..", "org.jspecify..", library)
                .check(LIBRARY);
    }
}
