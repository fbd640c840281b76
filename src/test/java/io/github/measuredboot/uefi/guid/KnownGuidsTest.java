package io.github.measuredboot.uefi.guid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.internal.text.Printable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownGuidsTest {
    private static final Map<Guid, String> ALL = KnownGuids.all();

    private static List<String> rows() {
        return IntStream.range(0, 16)
                .boxed()
                .flatMap(digit -> KnownGuids.linesOf(digit).lines())
                .toList();
    }

    @Test
    void eachDigitHasItsOwnRows() {
        for (int digit = 0; digit < 16; digit++) {
            String first = Integer.toHexString(digit);
            KnownGuids.linesOf(digit).lines().forEach(row -> assertTrue(row.startsWith(first), row));
        }
    }

    @Test
    void everyRowIsACanonicalGuidAndAPrintableName() {
        for (String row : rows()) {
            String[] fields = row.split(" ", 2);
            assertEquals(2, fields.length, row);
            assertEquals(fields[0], Guid.of(fields[0]).toString(), "lower case");
            assertTrue(!fields[1].isBlank() && fields[1].equals(fields[1].strip()), row);
            assertEquals(fields[1], Printable.of(fields[1]), row);
        }
    }

    @Test
    void noGuidOccursTwice() {
        Set<String> seen = new HashSet<>();
        for (String row : rows()) {
            assertTrue(seen.add(row.substring(0, 36)), row);
        }
        assertEquals(seen.size(), KnownGuids.all().size());
        assertTrue(seen.size() > 500, "several hundred");
    }

    @Test
    void everyRowIsFound() {
        for (String row : rows()) {
            assertEquals(Optional.of(row.substring(37)), KnownGuids.name(Guid.of(row.substring(0, 36))), row);
        }
    }

    @Property
    void noOtherGuidIsFound(@ForAll long high, @ForAll long low) {
        Guid guid = Guid.of(new UUID(high, low));
        assertEquals(Optional.ofNullable(ALL.get(guid)), KnownGuids.name(guid));
    }

    @Test
    void rowsAreSorted() {
        assertEquals(rows().stream().sorted().toList(), rows());
    }

    @Test
    void noneIsTheSwappedFormOfAnother() {
        KnownGuids.all()
                .forEach((guid, name) -> assertTrue(
                        guid.equals(guid.byteSwapped())
                                || KnownGuids.name(guid.byteSwapped()).isEmpty(),
                        guid + " " + name));
    }

    @ParameterizedTest
    @CsvSource({
        "8be4df61-93ca-11d2-aa0d-00e098032b8c, EFI_GLOBAL_VARIABLE",
        "d719b2cb-3d3a-4596-a3bc-dad00e67656f, EFI_IMAGE_SECURITY_DATABASE_GUID",
        "605dab50-e046-4300-abb6-3dd810dd8b23, SHIM_LOCK_GUID",
        "4a67b082-0a4c-41cf-b6c7-440b29bb8c4f, systemd loader variables",
        "a5c059a1-94e4-4aa7-87b5-ab155c2bf072, gEfiCertX509Guid"
    })
    void theOnesThatEveryBootShowsAreThere(String guid, String name) {
        assertEquals(name, KnownGuids.name(Guid.of(guid)).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", // EFI system partition
        "0fc63daf-8483-4772-8e79-3d69d8477de4", // Linux file system
        "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", // Microsoft basic data
        "77fa9abd-0359-4d32-bd60-28f4e78f784b", // owner of Microsoft's keys
        "eb9d2d31-2d88-11d3-9a16-0090273fc14d", // SMBIOS table
        "8868e871-e4f1-11d3-bc22-0080c73c8881", // ACPI 2.0 table
        "462caa21-7614-4503-836e-8ab6f4662331" // UiApp of EDK2
    })
    void theOnesOfOtherSourcesHaveANameToo(String guid) {
        assertTrue(KnownGuids.name(Guid.of(guid)).isPresent(), guid);
    }
}
