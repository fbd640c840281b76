package io.github.measuredboot.diagnosis;

import java.util.List;
import java.util.stream.Stream;

/** What the texts of this package share. */
final class Lines {
    private Lines() {}

    /** The first of many, and how many more there are. */
    static List<String> first(int most, List<String> all) {
        int rest = all.size() - most;
        return rest <= 0
                ? all
                : Stream.concat(all.stream().limit(most), Stream.of(rest + " more"))
                        .toList();
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
