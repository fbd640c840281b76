package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Arrays;
import java.util.List;

/** The digest algorithms of a log: those of its header in their order, then any that only events use. */
final class AlgorithmTable {
    static final AlgorithmTable NONE = new AlgorithmTable(List.of());
    static final AlgorithmTable LEGACY = new AlgorithmTable(List.of(HashAlgorithm.SHA1));

    private final HashAlgorithm[] algorithms;
    private final int[] ids;
    private final int[] digestSizes;

    AlgorithmTable(List<HashAlgorithm> algorithms) {
        this.algorithms = algorithms.toArray(new HashAlgorithm[0]);
        this.ids = new int[algorithms.size()];
        this.digestSizes = new int[algorithms.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = this.algorithms[i].id();
            digestSizes[i] = this.algorithms[i].digestSize();
        }
    }

    AlgorithmTable with(HashAlgorithm algorithm) {
        HashAlgorithm[] more = Arrays.copyOf(algorithms, algorithms.length + 1);
        more[algorithms.length] = algorithm;
        return new AlgorithmTable(List.of(more));
    }

    List<HashAlgorithm> toList() {
        return List.of(algorithms);
    }

    int size() {
        return ids.length;
    }

    HashAlgorithm get(int index) {
        return algorithms[index];
    }

    int id(int index) {
        return ids[index];
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

    /** Sets at the index of each algorithm where its digest is, in a list of TPMT_HA of known algorithms. */
    void locateDigests(Bytes log, int start, int count, int[] offsets) {
        int at = start;
        for (int i = 0; i < count; i++) {
            int index = indexOf(log.u16(at), i);
            at += Short.BYTES;
            offsets[index] = at;
            at += digestSizes[index];
        }
    }
}
