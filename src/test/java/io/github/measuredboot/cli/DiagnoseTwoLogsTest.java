package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diagnose OLD NEW}, which needs no reference state. */
class DiagnoseTwoLogsTest {
    @TempDir
    private Path folder;

    @Test
    void theSame() {
        Run same = Run.of("diagnose", log("two-boots-first"), log("two-boots-first"));
        assertEquals(0, same.exitCode(), same.out());
        assertEquals("same", same.out().strip());
    }

    @Test
    void eventByEvent() throws Exception {
        Run other = Run.of("diagnose", log("uki-direct"), log("uki-direct-other-cmdline"));
        assertEquals(2, other.exitCode());
        assertTrue(
                other.out()
                        .startsWith(
                                "different in PCR 4, 9, 11: image \\EFI\\BOOT\\BOOTX64.EFI (claimed) was replaced;"),
                other.out());
        assertTrue(
                other.out().contains("\nPCR 4: 1 difference, 3 events are the same\n  event 23 -> event 23: "),
                other.out());
        Run json = Run.of("diagnose", "--json", log("uki-direct"), log("uki-direct-other-cmdline"));
        assertEquals(List.of("4", "9", "11"), json.texts("measurements", "pcr"));
        JsonNode change = json.json().at("/measurements/2/changes/0");
        assertEquals("section .cmdline", change.get("subject").asText());
        assertEquals("{\"log\":\"firmware\",\"number\":29}", change.get("after").toString());
    }

    /** Boot settings are pinned by no reference state, and a machine with several images has no UKI. */
    @Test
    void neitherAReferenceStateNorAUki() {
        Run order = Run.of("diagnose", log("boot-order-before"), log("boot-order-after"));
        assertEquals(2, order.exitCode());
        assertTrue(
                order.out().startsWith("different in PCR 1: BootOrder (claimed) changed from 0001, 0000,"),
                order.out());
        String cases = TestLogs.shared("cases").toString();
        Run images = Run.of("diagnose", cases + "/two-images-old.bin", cases + "/two-images-new.bin");
        assertEquals(2, images.exitCode(), images.err());
        assertTrue(
                images.out().startsWith("different in PCR 8: GRUB command changed from linux /boot/kernel root=old to"),
                images.out());
        assertFalse((images.out() + images.err()).toLowerCase(Locale.ROOT).contains("uki"), images.out());
    }

    @Test
    void aReferenceStateIsNoLog() throws Exception {
        String state = Files.writeString(folder.resolve("state"), " {}").toString();
        Run run = Run.of("diagnose", state, log("uki-direct"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("is a reference state: two of them are compared with refstate diff"), run.err());
        assertEquals(
                1,
                Run.of("diagnose", log("uki-direct"), log("uki-direct"), "-r", state)
                        .exitCode());
        assertEquals(1, Run.of("diagnose", log("uki-direct"), "none").exitCode());
    }
}
