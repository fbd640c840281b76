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
    private final int[] completeOffsets;
    private final int completeSize;

    AlgorithmTable(List<HashAlgorithm> algorithms) {
        this.algorithms = algorithms.toArray(new HashAlgorithm[0]);
        this.ids = new int[algorithms.size()];
        this.digestSizes = new int[algorithms.size()];
        this.completeOffsets = new int[algorithms.size()];
        int at = Integer.BYTES;
        for (int i = 0; i < ids.length; i++) {
            ids[i] = this.algorithms[i].id();
            digestSizes[i] = this.algorithms[i].digestSize();
            completeOffsets[i] = at;
            at += Short.BYTES + digestSizes[i];
        }
        this.completeSize = at;
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

    /** The size of a TPML_DIGEST_VALUES with one digest of each algorithm, in the order of this table. */
    int completeSize() {
        return completeSize;
    }

    /** Where such a structure has the digest itself, after its algorithm. */
    int completeOffset(int index) {
        return completeOffsets[index] + Short.BYTES;
    }

    void locateCompleteDigests(int start, int[] offsets, int from) {
        for (int i = 0; i < ids.length; i++) {
            offsets[from + i] = start + completeOffset(i);
        }
    }

    /** Sets, at the index of each algorithm, where its digest is in a list of TPMT_HA of known algorithms, or -1 if the list has none. */
    void locateDigests(Bytes log, int start, int[] offsets, int from) {
        long count = log.u32(start);
        int at = start + Integer.BYTES;
        int matched = 0;
        for (int i = 0; i < ids.length; i++) {
            boolean present = matched < count && log.u16(at) == ids[i];
            offsets[from + i] = present ? at + Short.BYTES : -1;
            if (present) {
                at += Short.BYTES + digestSizes[i];
                matched++;
            }
        }
        if (matched < count) {
            locateUnorderedDigests(log, start, offsets, from);
        }
    }

    private void locateUnorderedDigests(Bytes log, int start, int[] offsets, int from) {
        long count = log.u32(start);
        int at = start + Integer.BYTES;
        for (int i = 0; i < count; i++) {
            int index = indexOf(log.u16(at), i);
            at += Short.BYTES;
            offsets[from + index] = at;
            at += digestSizes[index];
        }
    }

    int digestOffset(Bytes log, int start, int index) {
        long count = log.u32(start);
        int at = start + Integer.BYTES;
        for (int i = 0; i < count; i++) {
            int found = indexOf(log.u16(at), i);
            at += Short.BYTES;
            if (found == index) {
                return at;
            }
            at += digestSizes[found];
        }
        return -1;
    }

    int endOfDigests(Bytes log, int start) {
        long count = log.u32(start);
        int at = start + Integer.BYTES;
        for (int i = 0; i < count; i++) {
            at += Short.BYTES + digestSizes[indexOf(log.u16(at), i)];
        }
        return at;
    }
}
