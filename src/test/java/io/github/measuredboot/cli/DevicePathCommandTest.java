package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.EndNode;
import io.github.measuredboot.uefi.devicepath.HardwareNode;
import io.github.measuredboot.uefi.devicepath.MediaNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DevicePathCommandTest {
    private static final String PCI = "01010600021f7fff0400";
    private static final String SATA = "03120a000000ffff00007fff0400";
    private static final String CDROM = "0402180000000000800000000000000000090000000000007fff0400";

    private record Result(int exitCode, List<String> lines, String err) {}

    @Test
    void argumentsArePrintedALineEach() {
        assertEquals(lines(0, "Pci(0x1F,0x2)", "Sata(0x0,0xFFFF,0x0)"), run("", PCI, SATA));
        assertEquals(lines(0, "Pci(0x1F,0x2)"), run("", PCI.toUpperCase(Locale.ROOT)));
    }

    @Test
    void standardInputIsReadWhereThereAreNoArguments() {
        assertEquals(lines(0, "Pci(0x1F,0x2)", "Sata(0x0,0xFFFF,0x0)"), run(PCI + "\n" + SATA + "\n"));
        assertEquals(lines(0, "Pci(0x1F,0x2)", "Sata(0x0,0xFFFF,0x0)"), run(" " + PCI + " \r\n" + SATA));
        assertEquals(lines(0), run(""));
    }

    @Test
    void bytesMayStandAsEfibootmgrPrintsThem() {
        String spaced = "01 01 06 00 02 1f / 7f ff 04 00";
        assertEquals(lines(0, "Pci(0x1F,0x2)", "Pci(0x1F,0x2)"), run("", spaced, "      dp: " + spaced));
        assertEquals(lines(0, "Pci(0x1F,0x2)"), run("\tdp:\t" + spaced + "\n"));
        assertEquals(lines(0, "Pci(0x1F,0x2)", "Pci(0x1F,0x2)"), run("", "0x" + PCI, "01:01:06:00:02:1f:7f:ff:04:00"));
    }

    @Test
    void dialectAndFormAreOptions() {
        assertEquals(lines(0, "Sata(0,65535,0)"), run("", "--dialect", "efivar", SATA));
        assertEquals(lines(0, "Sata(0x0,0xFFFF,0x0)"), run("", "--dialect", "uefi", SATA));
        assertEquals(lines(0, "CDROM(0x0,0x80,0x900)"), run("", CDROM));
        assertEquals(lines(0, "CDROM(0x0)"), run("", "--display", CDROM));
        assertEquals(lines(0, "CDROM(0,0x80,0x900)"), run(CDROM, "--dialect=efivar"));
    }

    @Test
    void aMalformedPathGivesItsReasonAndTheOthersTheirTexts() {
        String tooShort = "010105001f7fff0400";
        Result result = run(String.join("\n", PCI, tooShort, "010106", "01x0", "010", SATA));
        assertEquals(1, result.exitCode);
        assertEquals(
                List.of(
                        "Pci(0x1F,0x2)",
                        "!PCI Device Path.Length at offset 2: 5 bytes are fewer than the 6 of this type",
                        "!EFI_DEVICE_PATH_PROTOCOL.Length at offset 0: 3 bytes are left, a node begins with 4",
                        "!not bytes in hexadecimal digits, two for each",
                        "!not bytes in hexadecimal digits, two for each",
                        "Sata(0x0,0xFFFF,0x0)"),
                result.lines);
    }

    @Test
    void aPathWithoutItsEndIsPrintedAsLibefivarDoesAndElseAFault() {
        String withoutEnd = PCI.substring(0, 12);
        assertEquals(lines(0, "Pci(0x1f,0x2)"), run("", "--dialect", "efivar", withoutEnd));
        assertEquals(
                lines(1, "!EFI_DEVICE_PATH_PROTOCOL.End at offset 6: the path has no End node"), run("", withoutEnd));
    }

    @Test
    void everyLineGivesALine() {
        assertEquals(
                lines(1, "Pci(0x1F,0x2)", "!EFI_DEVICE_PATH_PROTOCOL.End at offset 0: the path has no End node", ""),
                run(PCI + "\n\n7fff0400\n"));
        assertEquals(lines(0, PCI, "7fff0400", PCI), run("Pci(0x1F,0x2)\n\nPci(31,2)\n", "--from-text"));
    }

    @Test
    void textsBecomePaths() throws Exception {
        assertEquals(lines(0, PCI), run("", "--from-text", "Pci(0x1F,0x2)"));
        String name = "\\EFI\\Загрузка\\漢\ud83d\ude00.efi";
        String path = DevicePath.of(MediaNode.FilePath.of(name)).encode().toHex();
        assertEquals(lines(0, path), run(name + "\n", "--from-text"));
        assertEquals(lines(0, name), run(path));
    }

    @Test
    void whatIsOnlyGuessedAtIsRefusedOnRequest() {
        assertEquals(lines(0, PCI), run("", "--from-text", "Pci(0x1F,2 )"));
        Result strict = run("", "--from-text", "--strict", "Pci(0x1F,2 )", "Pci(0x1F,2)");
        assertEquals(1, strict.exitCode);
        assertEquals(List.of("!device path text.Pci at offset 9: is not a number", PCI), strict.lines);
    }

    @Test
    void aTextThatIsTooLongIsMalformed() {
        Result result = run("x".repeat(40_000) + "\nPci(31,2)", "--from-text");
        assertEquals(1, result.exitCode);
        assertTrue(result.lines.get(0).startsWith("!device path text.file at offset 0: "), result.lines.get(0));
        assertEquals(PCI, result.lines.get(1));
    }

    @Test
    void whatCouldActOnATerminalOrEndALineIsPrintedEscaped() {
        String name = "\\a\n\u001b[31m\u202e\ud83d.efi";
        assertEquals(
                lines(0, "\\a\\u000a\\u001b[31m\\u202e\\ud83d.efi"),
                run(DevicePath.of(MediaNode.FilePath.of(name)).encode().toHex()));
        Result fault = run("", "--from-text", "--strict", "Pci(\u001b[31m,2)");
        assertEquals(1, fault.exitCode);
        assertEquals(-1, fault.lines.get(0).indexOf('\u001b'));
    }

    @Test
    void instancesStandBehindEachOther() {
        DevicePath path = DevicePath.of(HardwareNode.Pci.of(1, 2), EndNode.INSTANCE, HardwareNode.Pci.of(3, 4));
        assertEquals(
                lines(0, "Pci(0x1,0x2),/Pci(0x3,0x4)"), run("", path.encode().toHex()));
    }

    @Test
    void tenThousandLinesGiveTenThousand() {
        String input = IntStream.range(0, 10_000)
                .mapToObj(i -> DevicePath.of(HardwareNode.Pci.of(i & 0xff, i >> 8))
                        .encode()
                        .toHex())
                .collect(Collectors.joining("\n"));
        Result result = run(input);
        assertEquals(10_000, result.lines.size());
        assertEquals("Pci(0xF,0x27)", result.lines.get(9_999));
        assertEquals(List.of(input.split("\n")), run(String.join("\n", result.lines), "--from-text").lines);
    }

    @Test
    void optionsThatContradictEachOtherAreWrongUsage() {
        for (String[] arguments : new String[][] {
            {"--display", "--dialect", "efivar", PCI},
            {"--display", "--from-text", PCI},
            {"--strict", PCI},
            {"--dialect", "acpi", PCI}
        }) {
            Result result = run("", arguments);
            assertEquals(1, result.exitCode);
            assertEquals(List.of(), result.lines);
            assertTrue(!result.err.isEmpty());
        }
    }

    private static Result lines(int exitCode, String... lines) {
        return new Result(exitCode, List.of(lines), "");
    }

    private static Result run(String standardInput, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)));
        try {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CommandLine commandLine = Main.commandLine();
            commandLine.setOut(new PrintWriter(out));
            commandLine.setErr(new PrintWriter(err));
            String[] command = new String[arguments.length + 1];
            command[0] = "devpath";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            int exitCode = commandLine.execute(command);
            return new Result(exitCode, out.toString().lines().toList(), err.toString());
        } finally {
            System.setIn(before);
        }
    }
}
