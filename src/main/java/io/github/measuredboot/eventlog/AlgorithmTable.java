package io.github.measuredboot.eventlog;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;

/** The digest algorithms of a log: those of its header in their order, then any that only events use. */
final class AlgorithmTable {
    private final List<HashAlgorithm> algorithms;
    private int[] ids;
    private int[] digestSizes;

    AlgorithmTable(List<HashAlgorithm> algorithms) {
        this.algorithms = new ArrayList<>(algorithms);
        ids = algorithms.stream().mapToInt(HashAlgorithm::id).toArray();
        digestSizes = algorithms.stream().mapToInt(HashAlgorithm::digestSize).toArray();
    }

    List<HashAlgorithm> toList() {
        return List.copyOf(algorithms);
    }

    int size() {
        return ids.length;
    }

    HashAlgorithm get(int index) {
        return algorithms.get(index);
    }

    int digestSize(int index) {
        return digestSizes[index];
    }

    /** The index of an algorithm, or -1; quickest where it is the expected one. */
    int indexOf(int id, int expectedIndex) {
        if (expectedIndex < ids.length && ids[expectedIndex] == id) {
            return expectedIndex;
        }
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    int add(HashAlgorithm algorithm) {
        algorithms.add(algorithm);
        ids = algorithms.stream().mapToInt(HashAlgorithm::id).toArray();
        digestSizes = algorithms.stream().mapToInt(HashAlgorithm::digestSize).toArray();
        return ids.length - 1;
    }
}
