package io.github.measuredboot.internal.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.internal.diff.SequenceDiff.Edit;
import io.github.measuredboot.internal.diff.SequenceDiff.Kind;
import io.github.measuredboot.internal.diff.SequenceDiff.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceDiffTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "a b c, a b c, a b c",
        "a b c, a x c, a -b +x c",
        "a c, a x y c, a +x +y c",
        "a b c d, a b c, a b c -d",
        "a, a a, a +a",
        "'', a, +a",
        "a, '', -a",
        "a b c d, d a b c, >d a b c",
        "a b c d, b c d a, b c d >a",
        "a b, b a, b >a",
        "x a y b z, a b, -x a -y b -z",
        "a b c a b b a, c b a b a c, -a c >b a b -b a +c",
    })
    void asFewElementsAsPossibleChange(String before, String after, String script) {
        assertEquals(script, script(between(before, after)));
    }

    @Test
    void elementsOfOneSubjectArePaired() {
        SequenceDiff<String> diff = between("k1 a1 b1 k2 c1", "k1 c2 k2 a2 d1");
        assertEquals("k1 -a1 -b1 +c2 k2 -c1 +a2 +d1", script(diff));
        assertEquals("k1 -b1 c1>c2 k2 a1>a2 +d1", script(diff.pairAnywhere(SequenceDiffTest::letter)));
        assertEquals("k1 -b1 a1>c2 k2 c1>a2 +d1", script(diff.pairInPlace(text -> Optional.of("any"))));
        assertEquals(script(diff), script(diff.pairAnywhere(text -> Optional.<String>empty())));
        assertEquals(2, diff.keptCount());
        assertEquals(6, diff.changes().size());
    }

    /** Against all sequences of up to five elements out of three. */
    @Test
    void theScriptIsRightAndShortest() {
        List<List<Integer>> all = new ArrayList<>(List.of(List.of()));
        for (int begin = 0, length = 0; length < 5; length++) {
            int end = all.size();
            for (; begin < end; begin++) {
                for (int element = 0; element < 3; element++) {
                    List<Integer> longer = new ArrayList<>(all.get(begin));
                    longer.add(element);
                    all.add(longer);
                }
            }
        }
        assertEquals(364, all.size());
        for (List<Integer> before : all) {
            for (List<Integer> after : all) {
                SequenceDiff<Integer> diff = check(before, after);
                assertEquals(longestCommonSubsequence(before, after), diff.keptCount(), () -> before + " " + after);
                assertTrue(diff.isShortest());
                assertEquals(before.equals(after), diff.isEmpty());
            }
        }
    }

    @Test
    void longSequencesWithFewDifferencesAreAligned() {
        Random random = new Random(1);
        List<Integer> before = random.ints(100_000, 0, 50).boxed().toList();
        List<Integer> after = new ArrayList<>(before);
        for (int i = 0; i < 10; i++) {
            after.remove(random.nextInt(after.size()));
            after.add(random.nextInt(after.size()), 99);
        }
        SequenceDiff<Integer> diff = check(before, after);
        assertTrue(diff.isShortest());
        assertEquals(before.size() - 10, diff.keptCount());
    }

    @Test
    void hostileSequencesTakeBoundedTime() {
        int size = 100_000;
        List<Integer> ascending = IntStream.range(0, size).boxed().toList();
        List<Integer> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        List<Integer> shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, new Random(1));
        List<Integer> two = new Random(2).ints(size, 0, 2).boxed().toList();
        List<Integer> otherTwo = new Random(3).ints(size, 0, 2).boxed().toList();
        assertTimeout(Duration.ofSeconds(20), () -> {
            assertEquals(1, check(ascending, descending).keptCount());
            assertTrue(check(ascending, shuffled).keptCount() > 500);
            SequenceDiff<Integer> diff = check(two, otherTwo);
            assertFalse(diff.isShortest());
            assertTrue(diff.keptCount() > 500);
            check(ascending, List.of());
            check(List.of(), two);
        });
    }

    /** A block that moved past the cap: unique elements are aligned exactly even then. */
    @Test
    void uniqueElementsAreAlignedPastTheCap() {
        List<Integer> before = IntStream.range(0, 20_000).boxed().toList();
        List<Integer> after = Stream.concat(
                        before.stream().skip(5_000), before.stream().limit(5_000))
                .toList();
        SequenceDiff<Integer> diff = check(before, after);
        assertEquals(15_000, diff.keptCount());
        assertEquals(
                5_000,
                diff.changes().stream()
                        .filter(edit -> edit.kind() == Kind.MOVED)
                        .count());
    }

    private static <T extends Comparable<T>> SequenceDiff<T> check(List<T> before, List<T> after) {
        SequenceDiff<T> diff = SequenceDiff.between(before, after, Comparator.naturalOrder());
        checkScript(diff, before, after);
        checkScript(diff.pairAnywhere(element -> Optional.of("same")), before, after);
        checkScript(diff.pairInPlace(element -> Optional.of("same")), before, after);
        return diff;
    }

    private static <T> void checkScript(SequenceDiff<T> diff, List<T> before, List<T> after) {
        List<Edit<T>> edits = diff.edits();
        assertEquals(
                after,
                edits.stream()
                        .flatMap(edit -> edit.after().stream())
                        .map(Placed::element)
                        .toList());
        List<Placed<T>> old = edits.stream()
                .flatMap(edit -> edit.before().stream())
                .sorted(Comparator.comparingInt(Placed::index))
                .toList();
        assertEquals(before, old.stream().map(Placed::element).toList());
        int kept = -1;
        for (Edit<T> edit : edits) {
            edit.before().ifPresent(placed -> assertEquals(before.get(placed.index()), placed.element()));
            edit.after().ifPresent(placed -> assertEquals(after.get(placed.index()), placed.element()));
            assertEquals(edit.kind() == Kind.ADDED, edit.before().isEmpty());
            assertEquals(edit.kind() == Kind.REMOVED, edit.after().isEmpty());
            if (edit.kind() == Kind.KEPT || edit.kind() == Kind.MOVED) {
                assertEquals(
                        edit.before().orElseThrow().element(),
                        edit.after().orElseThrow().element());
            }
            if (edit.kind() == Kind.KEPT) {
                assertTrue(kept < edit.before().orElseThrow().index());
                kept = edit.before().orElseThrow().index();
            }
        }
    }

    private static int longestCommonSubsequence(List<Integer> before, List<Integer> after) {
        int[][] lengths = new int[before.size() + 1][after.size() + 1];
        for (int i = 1; i <= before.size(); i++) {
            for (int j = 1; j <= after.size(); j++) {
                lengths[i][j] = before.get(i - 1).equals(after.get(j - 1))
                        ? lengths[i - 1][j - 1] + 1
                        : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
        return lengths[before.size()][after.size()];
    }

    private static Optional<String> letter(String text) {
        return Optional.of(text.substring(0, 1));
    }

    private static SequenceDiff<String> between(String before, String after) {
        return SequenceDiff.between(words(before), words(after), Comparator.naturalOrder());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static String script(SequenceDiff<String> diff) {
        return String.join(
                " ", diff.edits().stream().map(SequenceDiffTest::text).toList());
    }

    private static String text(Edit<String> edit) {
        String before = edit.before().map(Placed::element).orElse("");
        String after = edit.after().map(Placed::element).orElse("");
        return switch (edit.kind()) {
            case KEPT -> after;
            case MOVED -> ">" + after;
            case CHANGED -> before + ">" + after;
            case REMOVED -> "-" + before;
            case ADDED -> "+" + after;
        };
    }
}
