package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static List<String> lines(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> "  " + name + i).toList();
    }

    @Test
    void whatFitsIsShown() {
        Screen screen = new Screen();
        screen.add("A", 1, 9, lines("a", 2));
        screen.add("left out", 1, 9, List.of());
        assertEquals(List.of("A", "  a0", "  a1"), screen.fitted(3));
        assertEquals(List.of("", "A", "  a0", "  a1"), screen.all());
    }

    @Test
    void theLongestGroupIsCutFirstAndWhatIsLeftOutIsCounted() {
        Screen screen = new Screen();
        screen.add("A", 1, 9, lines("a", 5));
        screen.add("B", 1, 9, lines("b", 2));
        assertEquals(List.of("A", "  a0", "  a1", "  ... 3 more with -v", "B", "  b0", "  b1"), screen.fitted(7));
    }

    @Test
    void noGroupHasMoreThanItsMostOrLessThanItsFewest() {
        Screen screen = new Screen();
        screen.add("A", 3, 4, lines("a", 1_000_000));
        assertEquals("  ... 999997 more with -v", screen.fitted(40).get(4));
        assertEquals(4, screen.fitted(1).size());
        assertTrue(screen.all().contains("  a999999"));
    }
}
