package io.github.measuredboot.cli;

import java.util.List;

/** The PCRs of an option, which may be repeated. */
record PcrList(List<Integer> pcrs) {
    static boolean contain(List<PcrList> lists, int pcr) {
        return lists.stream().anyMatch(list -> list.pcrs.contains(pcr));
    }

    /** Those of all, ascending. */
    static List<Integer> pcrs(List<PcrList> lists) {
        return lists.stream()
                .flatMap(list -> list.pcrs.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
