package io.github.measuredboot.uefi.devicepath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.TestLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of the vectors, which were made by running EDK2 and libefivar 39. */
class DevicePathVectorsTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|u([0-9a-f]{4})|x([0-9a-f]{2}))");

    @Test
    void toTextAsEdk2() throws IOException {
        check("device-path-to-text.tsv", "edk2_text", DevicePathTextForm.UEFI);
    }

    @Test
    void toDisplayTextAsEdk2() throws IOException {
        check("device-path-to-text.tsv", "edk2_display_text", DevicePathTextForm.UEFI_DISPLAY);
    }

    @Test
    void toTextAsLibefivar() throws IOException {
        check("device-path-to-text.tsv", "efivar_text", DevicePathTextForm.EFIVAR);
    }

    @Test
    void realPaths() throws IOException {
        check("device-path-real.tsv", "edk2_text", DevicePathTextForm.UEFI);
        check("device-path-real.tsv", "edk2_display_text", DevicePathTextForm.UEFI_DISPLAY);
        check("device-path-real.tsv", "efivar_text", DevicePathTextForm.EFIVAR);
    }

    @Test
    void fromText() throws IOException {
        Map<String, String> differences = new TreeMap<>();
        for (Row row : rows("device-path-from-text.tsv")) {
            String expected = row.get("hex");
            String actual;
            try {
                actual = DevicePath.parse(unescape(row.get("text"))).encode().toHex();
            } catch (MalformedDataException e) {
                actual = "!OOB";
            }
            if (!expected.equals(actual)) {
                differences.put(row.get("id"), row.get("text") + "\n   " + expected + "\n   " + actual);
            }
        }
        assertTrue(differences.isEmpty(), () -> show(differences));
    }

    @Test
    void textOfLosslessPathsGivesTheirBytesBack() throws Exception {
        Map<String, String> differences = new TreeMap<>();
        int lossless = 0;
        for (Row row : rows("device-path-from-text.tsv")) {
            if (row.get("lossless_roundtrip").equals("1")) {
                lossless++;
                DevicePath path = DevicePath.decode(Bytes.parseHex(row.get("hex")));
                String text = path.toText(DevicePathTextForm.UEFI);
                String lenient = DevicePath.parse(text).encode().toHex();
                if (!lenient.equals(row.get("hex")) || !lenient.equals(parseStrictly(text))) {
                    differences.put(row.get("id"), text + "\n   " + lenient + "\n   " + parseStrictly(text));
                }
            }
        }
        assertTrue(lossless > 0);
        assertTrue(differences.isEmpty(), () -> show(differences));
    }

    /** The bytes or the reason; of blanks around a file name, which are refused, no more is asked than that. */
    private static String parseStrictly(String text) throws MalformedDataException {
        try {
            return DevicePath.parseStrictly(text).encode().toHex();
        } catch (MalformedDataException e) {
            return text.equals(text.strip())
                    ? e.fault().message()
                    : DevicePath.parse(text).encode().toHex();
        }
    }

    /** A difference needs a deviation that holds, and a deviation that holds needs a difference. */
    private static void check(String file, String column, DevicePathTextForm form) throws IOException {
        Map<String, String> surprises = new TreeMap<>();
        for (Row row : rows(file)) {
            DevicePath path = DevicePath.decode(Bytes.parseHex(row.get("hex")));
            String expected = row.get(column);
            boolean faulty = form == DevicePathTextForm.EFIVAR
                    ? Deviation.hasMalformedNode(path)
                    : path.fault().isPresent();
            String actual = faulty ? "!" + path.fault().orElseThrow().message() : path.toText(form);
            boolean same = expected.startsWith("!")
                    ? actual.startsWith("!")
                    : unescape(expected).equals(actual);
            List<Deviation> deviations = Arrays.stream(Deviation.values())
                    .filter(deviation -> deviation.holdsFor(path, form, expected))
                    .toList();
            if (same != deviations.isEmpty()) {
                surprises.put(row.get("id"), expected + "\n   " + actual + "\n   " + deviations);
            }
        }
        assertTrue(surprises.isEmpty(), () -> show(surprises));
    }

    private static String show(Map<String, String> differences) {
        StringBuilder text = new StringBuilder(differences.size() + " rows differ\n");
        differences.forEach((id, difference) ->
                text.append(id).append(": ").append(difference).append('\n'));
        return text.toString();
    }

    private static String unescape(String cell) {
        return ESCAPE.matcher(cell).replaceAll(match -> {
            String character = match.group(2) != null ? match.group(2) : match.group(3);
            String replacement = character == null ? "\\" : String.valueOf((char) Integer.parseInt(character, 16));
            return Matcher.quoteReplacement(replacement);
        });
    }

    private record Row(Map<String, String> cells) {
        String get(String name) {
            return Objects.requireNonNull(cells.get(name), name);
        }
    }

    private static List<Row> rows(String file) throws IOException {
        Path vectors = TestLogs.shared("vectors");
        List<String> lines = Files.readAllLines(vectors.resolve(file), StandardCharsets.UTF_8);
        String[] names = lines.get(0).split("\t", -1);
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = Arrays.copyOf(line.split("\t", -1), names.length);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i] == null ? "" : cells[i]);
            }
            rows.add(new Row(row));
        }
        assertEquals(names.length, rows.get(0).cells().size());
        return rows;
    }
}
