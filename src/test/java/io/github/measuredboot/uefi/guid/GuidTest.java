package io.github.measuredboot.uefi.guid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {
    private static final String CANONICAL = "a5c059a1-94e4-4aa7-87b5-ab155c2bf072";
    private static final String SWAPPED = "a159c0a5-e494-a74a-87b5-ab155c2bf072";
    private static final Guid X509 = Guid.of(CANONICAL);

    @Test
    void theFirstThreeFieldsAreLittleEndianInMemory() {
        assertEquals("a159c0a5e494a74a87b5ab155c2bf072", X509.toBytes().toHex());
        assertEquals(X509, Guid.of(Bytes.parseHex("a159c0a5e494a74a87b5ab155c2bf072")));
        assertEquals(X509, Guid.at(Bytes.parseHex("ffa159c0a5e494a74a87b5ab155c2bf07200"), 1));
        assertEquals(CANONICAL, X509.toString());
        assertEquals(X509, Guid.of("A5C059A1-94E4-4AA7-87B5-AB155C2BF072"));
        assertEquals(Guid.ZERO, Guid.of(Bytes.wrap(new byte[16])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{a5c059a1-94e4-4aa7-87b5-ab155c2bf072}",
                " a5c059a1-94e4-4aa7-87b5-ab155c2bf072",
                "a5c059a1-94e4-4aa7-87b5-ab155c2bf072\n",
                "a5c059a1-94e4-4aa7-87b5-ab155c2bf07",
                "a5c059a1-94e4-4aa7-87b5-ab155c2bf0720",
                "a5c059a194e44aa787b5ab155c2bf072",
                "a5c059a1-94e4-4aa7-87b5-ab155c2bf07g",
                "1-1-1-1-1",
                "\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661-94e4-4aa7-87b5-ab155c2bf072"
            })
    void otherTextsAreRefused(String text) {
        assertEquals(Optional.empty(), Guid.tryParse(text));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Guid.of(text))
                .getMessage());
        assertTrue(message.startsWith("not a GUID of the form xxxxxxxx-xxxx"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17})
    void otherSizesAreRefused(int size) {
        assertThrows(IllegalArgumentException.class, () -> Guid.of(Bytes.wrap(new byte[size])));
    }

    @Test
    void theSwappedFormIsDerivedFromTheCanonicalOne() {
        assertEquals(SWAPPED, X509.byteSwapped().toString());
        assertEquals(Optional.empty(), KnownGuids.unswap(X509));
        assertEquals(Optional.empty(), KnownGuids.unswap(Guid.of("12345678-1234-1234-1234-123456789abc")));
        assertEquals(Optional.of(X509), KnownGuids.unswap(Guid.of(SWAPPED)));
    }

    @Test
    void theyAreOrderedAsTheirTexts() {
        List<String> texts = List.of(
                "00000000-0000-0000-0000-000000000000",
                "00000000-0000-0000-8000-000000000000",
                "7fffffff-ffff-ffff-0000-000000000000",
                "80000000-0000-0000-7000-000000000000",
                "80000000-0000-0000-f000-000000000000",
                "ffffffff-0000-0000-0000-000000000000");
        assertEquals(
                texts,
                texts.stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .map(Guid::of)
                        .sorted()
                        .map(Guid::toString)
                        .toList());
    }

    @Property
    void everyFormLeadsBack(@ForAll long high, @ForAll long low) {
        Guid guid = Guid.of(new UUID(high, low));
        assertEquals(guid, Guid.of(guid.toString()));
        assertEquals(guid, Guid.of(guid.toBytes()));
        assertEquals(guid, guid.byteSwapped().byteSwapped());
        assertEquals(guid.toBytes().toHex(), guid.byteSwapped().toString().replace("-", ""));
        assertEquals(new UUID(high, low), guid.toUuid());
    }
}
