package io.github.measuredboot.examples.verifier.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String> recent = new Recent<>(10, String::length);

    @Test
    void whatWasUsedLongestAgoIsForgotten() {
        recent.put("a", "four");
        recent.put("b", "four");
        assertEquals(Optional.of("four"), recent.find("a"));
        recent.put("c", "four");
        assertEquals(Optional.empty(), recent.find("b"));
        assertEquals(Optional.of("four"), recent.find("a"));
        assertEquals("again", recent.get("b", key -> "again"));
    }

    @Test
    void whatIsTooLargeIsNotKeptAndCountsNoMore() {
        assertEquals("more than ten", recent.get("a", key -> "more than ten"));
        assertTrue(recent.find("a").isEmpty());
        recent.put("b", "five.");
        recent.put("b", "five!");
        recent.remove("none");
        recent.put("c", "five?");
        assertEquals(Optional.of("five!"), recent.find("b"));
        recent.remove("b");
        recent.put("d", "five.");
        assertEquals(Optional.of("five?"), recent.find("c"));
    }
}
