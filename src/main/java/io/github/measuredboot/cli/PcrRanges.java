package io.github.measuredboot.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** PCR indexes for a person, as {@code 0-7, 9}. */
final class PcrRanges {
    private PcrRanges() {}

    static String of(Collection<Integer> pcrs) {
        List<String> ranges = new ArrayList<>();
        TreeSet<Integer> sorted = new TreeSet<>(pcrs);
        while (!sorted.isEmpty()) {
            int first = sorted.first();
            int last = first;
            while (sorted.remove(last)) {
                last++;
            }
            last--;
            ranges.add(last == first ? String.valueOf(first) : first + (last == first + 1 ? ", " : "-") + last);
        }
        return String.join(", ", ranges);
    }
}
