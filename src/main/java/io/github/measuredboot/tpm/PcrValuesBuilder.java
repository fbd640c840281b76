package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Collects PCR values as a reader of some format meets them, and reports where the first one is that is not acceptable. */
final class PcrValuesBuilder {
    private final String structure;
    private final Map<HashAlgorithm, Map<Integer, Bytes>> banks = new LinkedHashMap<>();

    PcrValuesBuilder(String structure) {
        this.structure = structure;
    }

    HashAlgorithm bank(String name, long offset) throws MalformedDataException {
        HashAlgorithm algorithm = HashAlgorithm.byName(name)
                .orElseThrow(() -> fault(offset, "bank", "'" + name + "' is not a known hash algorithm"));
        return bank(algorithm, offset);
    }

    HashAlgorithm bank(HashAlgorithm algorithm, long offset) throws MalformedDataException {
        if (banks.putIfAbsent(algorithm, new TreeMap<>()) != null) {
            throw fault(offset, "bank", algorithm + " is given twice");
        }
        return algorithm;
    }

    void add(HashAlgorithm algorithm, String index, String hex, long offset) throws MalformedDataException {
        String field = algorithm + "[" + index + "]";
        if (!index.matches("[0-9]{1,2}")) {
            throw fault(offset, field, "not a PCR index");
        }
        String digits = hex.startsWith("0x") || hex.startsWith("0X") ? hex.substring(2) : hex;
        if (!digits.matches("[0-9a-fA-F]*")) {
            throw fault(offset, field, "'" + hex + "' is not hexadecimal");
        }
        if (digits.length() != 2 * algorithm.digestSize()) {
            throw fault(
                    offset,
                    field,
                    "has " + digits.length() + " hexadecimal digits instead of " + 2 * algorithm.digestSize());
        }
        add(algorithm, Integer.parseInt(index), Bytes.parseHex(digits), offset);
    }

    void add(HashAlgorithm algorithm, int index, Bytes value, long offset) throws MalformedDataException {
        String field = algorithm + "[" + index + "]";
        if (index > PcrBank.MAX_INDEX) {
            throw fault(offset, field, "the highest PCR index is " + PcrBank.MAX_INDEX);
        }
        if (value.length() != algorithm.digestSize()) {
            throw fault(offset, field, "has " + value.length() + " bytes instead of " + algorithm.digestSize());
        }
        Map<Integer, Bytes> values = banks.computeIfAbsent(algorithm, begun -> new TreeMap<>());
        if (values.putIfAbsent(index, value) != null) {
            throw fault(offset, field, "is given twice");
        }
    }

    PcrValues build() throws MalformedDataException {
        if (banks.isEmpty()) {
            throw fault(0, "bank", "there is none");
        }
        return new PcrValues(banks.entrySet().stream()
                .map(bank -> PcrBank.of(bank.getKey(), bank.getValue()))
                .toList());
    }

    MalformedDataException fault(long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, structure, field, reason));
    }
}
