package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Forged evidence with an honest TPM, which is rejected, and good machines, which are accepted: each by the commands of its case. */
class AttackCasesTest {
    @TestFactory
    Stream<DynamicTest> everyCaseIsAsExpected(@TempDir Path scratch) {
        List<Path> folders = AttackCase.folders(TestLogs.shared("attacks"));
        Map<String, String> made = AttackCase.newCache();
        return folders.stream()
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> {
                    Path own = Files.createDirectories(scratch.resolve(folder.getFileName()));
                    assertEquals(List.of(), AttackCase.run(folder, own, made));
                }));
    }
}
