package io.github.measuredboot.cli;

import java.util.ArrayList;
import java.util.List;

/** Groups of lines that are cut to what fits on a screen. */
final class Screen {
    private final List<Group> groups = new ArrayList<>();

    private record Group(String title, int fewest, int most, List<String> lines) {
        int shown() {
            return Math.min(most, lines.size());
        }
    }

    /** Adds a group of which a screen has so many lines at least, if they are there, and at most; one without lines is left out. */
    void add(String title, int fewest, int most, List<String> lines) {
        if (!lines.isEmpty()) {
            groups.add(new Group(title, fewest, most, List.copyOf(lines)));
        }
    }

    /** All lines, with an empty one before each group. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        for (Group group : groups) {
            all.add("");
            all.add(group.title);
            all.addAll(group.lines);
        }
        return all;
    }

    /** The first lines of each group: from those with most the last are left out until all fit, and counted. */
    List<String> fitted(int height) {
        int[] shown = groups.stream().mapToInt(Group::shown).toArray();
        int excess = groups.size() - height;
        for (int lines : shown) {
            excess += lines;
        }
        int longest;
        while (excess > 0 && (longest = longest(shown)) >= 0) {
            shown[longest]--;
            excess--;
        }
        List<String> fitted = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            fitted.add(groups.get(i).title);
            add(fitted, groups.get(i).lines, shown[i]);
        }
        return fitted;
    }

    /** The one of those that may be cut, or -1. */
    private int longest(int[] shown) {
        int longest = -1;
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] > groups.get(i).fewest && (longest < 0 || shown[i] > shown[longest])) {
                longest = i;
            }
        }
        return longest;
    }

    private static void add(List<String> fitted, List<String> lines, int shown) {
        boolean isCut = shown < lines.size();
        int kept = isCut ? shown - 1 : shown;
        fitted.addAll(lines.subList(0, kept));
        if (isCut) {
            fitted.add("  ... " + (lines.size() - kept) + " more with -v");
        }
    }
}
