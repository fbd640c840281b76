package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.JsonInput;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** PCR values as a JSON object that maps each bank to an object from PCR index in decimal to value in hexadecimal. */
public final class PcrValuesJson {
    private static final String STRUCTURE = "PCR values in JSON";
    private static final int MAX_SIZE = 16 << 20;

    private PcrValuesJson() {}

    /**
     * Reads the object, for example {@code {"sha256": {"0": "3e69...", "1": "b2cb..."}}}.
     *
     * @param json UTF-8 text
     * @return the values
     * @throws MalformedDataException if the text is not such an object or is larger than 16 MiB, a bank is unknown, a value has the wrong
     *     size, or one is given twice
     */
    public static PcrValues parse(Bytes json) throws MalformedDataException {
        return JsonInput.read(STRUCTURE, json, MAX_SIZE, PcrValuesJson::read);
    }

    static PcrValues read(JsonInput in) throws MalformedDataException {
        List<PcrBank> banks = new ArrayList<>();
        in.object(name -> {
            HashAlgorithm algorithm =
                    HashAlgorithm.byName(name).orElseThrow(() -> in.fault("is not a known hash algorithm"));
            SortedMap<Integer, Bytes> values = new TreeMap<>();
            in.object(index -> {
                int pcr = (int) in.decimal(index, PcrBank.MAX_INDEX);
                String digits = in.text();
                boolean hasPrefix = digits.startsWith("0x") || digits.startsWith("0X");
                Bytes value = in.hex(hasPrefix ? digits.substring(2) : digits);
                if (values.put(pcr, in.made(() -> new Digest(algorithm, value)).value()) != null) {
                    throw in.fault("is given twice");
                }
            });
            banks.add(new PcrBank(algorithm, values));
        });
        if (banks.isEmpty()) {
            throw in.fault("has no bank");
        }
        return in.made(() -> new PcrValues(banks));
    }

    /**
     * Writes values on one line.
     *
     * @param values the values
     * @return the object, which {@link #parse} reads
     */
    public static String write(PcrValues values) {
        return DataWriter.compact(out -> write(out, values));
    }

    static void write(DataWriter out, PcrValues values) {
        for (PcrBank bank : values.banks()) {
            out.object(
                    bank.algorithm().name(),
                    () -> bank.values().forEach((index, value) -> out.put(String.valueOf(index), value)));
        }
    }
}
