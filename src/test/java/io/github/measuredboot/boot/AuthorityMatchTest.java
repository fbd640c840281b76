package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityMatchTest {
    /** Images are I, authorities A, and what interrupts is a hyphen; all are numbered by their places. */
    private static SortedMap<Integer, Integer> match(String log) {
        AuthorityMatch<Integer> match = new AuthorityMatch<>();
        for (int i = 0; i < log.length(); i++) {
            switch (log.charAt(i)) {
                case 'A' -> match.addAuthority(i);
                case 'I' -> match.addImage(i);
                default -> match.interrupt();
            }
        }
        return match.match();
    }

    @ParameterizedTest
    @CsvSource({
        "AI, {1=0}",
        "IA, {0=1}",
        "A-I, {}",
        "IAI, {}",
        "I-AI, {3=2}",
        "IA-I, {0=1}",
        "AIAI, '{1=0, 3=2}'",
        "IAIA, '{0=1, 2=3}'",
        "AIIAIA, '{1=0, 2=3, 4=5}'",
        "IAAI, '{0=1, 3=2}'",
        "AAI, {}",
        "AIA, {}",
        "IAAAI, {}",
        "IAIAI, {}",
        "IAIAI-AI, {7=6}",
    })
    void anAuthorityBelongsToAnImageOnlyIfTheOrderLeavesNoChoice(String log, String expected) {
        assertEquals(expected, match(log).toString());
    }

    /** All ways in which each authority has a neighbour of its own: what is matched is the same in all of them. */
    @Property
    void whatIsMatchedIsSoInEveryPossibleCase(
            @ForAll @StringLength(max = 9) @CharRange(from = 'A', to = 'C') String text) {
        String log = text.replace('B', 'I').replace('C', '-');
        Set<Map<Integer, Integer>> possible = new HashSet<>();
        assign(log, 0, new TreeMap<>(), possible);
        SortedMap<Integer, Integer> matched = match(log);
        for (Map<Integer, Integer> one : possible) {
            assertTrue(one.entrySet().containsAll(matched.entrySet()), () -> log + ": " + matched + " and " + one);
        }
    }

    private static void assign(
            String log, int from, TreeMap<Integer, Integer> byImage, Set<Map<Integer, Integer>> possible) {
        int authority = log.indexOf('A', from);
        if (authority < 0) {
            possible.add(new TreeMap<>(byImage));
            return;
        }
        for (int image : new int[] {neighbour(log, authority, -1), neighbour(log, authority, 1)}) {
            boolean inOrder =
                    byImage.entrySet().stream().noneMatch(e -> e.getValue() < authority && e.getKey() >= image);
            if (image >= 0 && inOrder) {
                byImage.put(image, authority);
                assign(log, authority + 1, byImage, possible);
                byImage.remove(image);
            }
        }
    }

    private static int neighbour(String log, int authority, int step) {
        int at = authority + step;
        while (at >= 0 && at < log.length() && log.charAt(at) == 'A') {
            at += step;
        }
        return at >= 0 && at < log.length() && log.charAt(at) == 'I' ? at : -1;
    }

    @ParameterizedTest
    @CsvSource({
        "cases/shim-authority-order, 4, 3",
        "cases/shim-authority-order, 5, 6",
        "cases/shim-authority-order, 7, 8",
        "corpus/guard-test-before, 13, ",
        "corpus/guard-test-before, 33, 31",
        "corpus/guard-test-before, 37, 38",
        "corpus/guard-test-before, 111, ",
        "corpus/google-confidential-gke-debug-251000-eventlog, 34, 33",
        "corpus/google-cos-93-amd-sev, 23, 24",
        "corpus/google-cos-93-amd-sev, 41, 42",
        "corpus/kgoldman-sm2, 16, 17",
        "corpus/kgoldman-deb1, 34, 32",
        "corpus/kgoldman-deb1, 37, 38",
        "corpus/kgoldman-deb1, 101, 102",
    })
    void firmwareMeasuresAnAuthorityBeforeItsImageAndShimAfterIt(String log, int image, Integer authority)
            throws Exception {
        Path file = TestLogs.shared(log + ".bin");
        BootSummary summary = BootSummary.of(CheckedLog.of(EventLog.read(file)), HashAlgorithm.SHA256);
        LoadedImage loaded = summary.images().stream()
                .filter(one -> one.eventNumber() == image)
                .findFirst()
                .orElseThrow();
        assertTrue(Objects.equals(
                authority, loaded.claimedAuthority().map(Claim::eventNumber).orElse(null)));
    }
}
