package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of some PCRs of one bank.
 *
 * @param algorithm the hash algorithm of the bank
 * @param values a map from PCR index, 0 to {@link #MAX_INDEX}, to a value of the algorithm's digest size; by ascending index
 */
public record PcrBank(HashAlgorithm algorithm, SortedMap<Integer, Bytes> values) {
    /** The number of PCRs that a PC Client TPM has (TCG PC Client Platform TPM Profile, 4.6): 0 to 23. */
    public static final int PCR_COUNT = 24;

    /** The highest PCR index that a selection of four octets, the largest that TPMs implement, can name. */
    public static final int MAX_INDEX = 31;

    /** @throws IllegalArgumentException if an index is out of range, or a value does not have the algorithm's digest size */
    public PcrBank {
        values.forEach((index, value) -> {
            if (index < 0 || index > MAX_INDEX) {
                throw new IllegalArgumentException("PCR index " + index + " is not 0 to " + MAX_INDEX);
            }
            Digest.requireDigestSize(algorithm, value);
        });
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Returns a bank with values that are given in any order.
     *
     * @param algorithm the hash algorithm of the bank
     * @param values a map from PCR index to value
     * @return the bank
     * @throws IllegalArgumentException if an index is out of range, or a value does not have the algorithm's digest size
     */
    public static PcrBank of(HashAlgorithm algorithm, Map<Integer, Bytes> values) {
        return new PcrBank(algorithm, new TreeMap<>(values));
    }

    /**
     * One value.
     *
     * @param index the PCR
     * @return its value, or empty if this bank has none for it
     */
    public Optional<Bytes> value(int index) {
        return Optional.ofNullable(values.get(index));
    }

    PcrBank only(Attest.BankSelection selected) {
        SortedMap<Integer, Bytes> some = new TreeMap<>();
        for (Map.Entry<Integer, Bytes> entry : values.entrySet()) {
            if (selected.contains(entry.getKey())) {
                some.put(entry.getKey(), entry.getValue());
            }
        }
        return some.size() == values.size() ? this : new PcrBank(algorithm, some);
    }

    PcrBank with(PcrBank other) {
        SortedMap<Integer, Bytes> all = new TreeMap<>(values);
        all.putAll(other.values);
        return new PcrBank(algorithm, all);
    }
}
