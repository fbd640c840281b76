package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The PCR values that a TPM is said to have. They are asserted: reading them proves nothing about a TPM.
 *
 * @param banks the banks, each at most once; a bank may hold no value
 */
public record PcrValues(List<PcrBank> banks) {
    /** @throws IllegalArgumentException if two banks have the same algorithm */
    public PcrValues {
        banks = List.copyOf(banks);
        if (banks.size() > 1
                && banks.stream().map(PcrBank::algorithm).distinct().count() != banks.size()) {
            throw new IllegalArgumentException("a bank is given twice");
        }
    }

    /**
     * Reads the folder of a TPM in Linux's sysfs, such as {@code /sys/class/tpm/tpm0}: one folder such as {@code pcr-sha256}
     * per bank with one file per PCR or, for a TPM 1.2, the file {@code pcrs} or {@code device/pcrs}. A single {@code pcr-...}
     * folder is read as well.
     *
     * @param folder the folder
     * @return the values that are there
     * @throws IOException if a file cannot be read, or the folder holds no PCRs
     * @throws MalformedDataException if a file holds something other than the value of a PCR
     */
    public static PcrValues readSysfs(Path folder) throws IOException, MalformedDataException {
        return SysfsPcrs.read(folder);
    }

    /**
     * Reads what {@code tpm2_pcrread} prints: a line with the algorithm's name, then one {@code index : 0xhex} per line; or the
     * block {@code pcrs:} of that form in the output of {@code tpm2_quote} and {@code tpm2_checkquote}.
     *
     * @param text the output
     * @return its values; a bank that is listed without values is empty
     * @throws MalformedDataException if a line is something else, a value has the wrong size, or a value is given twice; the
     *     fault's offset counts characters
     */
    public static PcrValues parsePcrread(String text) throws MalformedDataException {
        return PcrreadText.parse(text);
    }

    /**
     * Reads the file of {@code tpm2_pcrread -o FILE}: the values one after the other and nothing else, so the caller has to
     * know the selection with which they were read.
     *
     * @param file the content
     * @param selection the selection, its banks in the order in which they were given to {@code tpm2_pcrread}
     * @return the values
     * @throws MalformedDataException if the size is not that of the selected values
     */
    public static PcrValues parsePcrreadBinary(Bytes file, PcrSelection selection) throws MalformedDataException {
        return PcrreadBinary.parseValues(file, selection);
    }

    /**
     * Reads the file of {@code tpm2_pcrread -F serialized -o FILE}, which contains the selection: a
     * TPML_PCR_SELECTION and a counted array of TPML_DIGEST, in the C layout of a little-endian machine.
     *
     * @param file the content
     * @return the values
     * @throws MalformedDataException if a count or a size does not fit, an algorithm is unknown, or bytes are left over
     */
    public static PcrValues parsePcrreadSerialized(Bytes file) throws MalformedDataException {
        return PcrreadBinary.parseSerialized(file);
    }

    /**
     * One bank.
     *
     * @param algorithm its hash algorithm
     * @return the bank, or empty if it is not among these values
     */
    public Optional<PcrBank> bank(HashAlgorithm algorithm) {
        for (PcrBank bank : banks) {
            if (bank.algorithm().equals(algorithm)) {
                return Optional.of(bank);
            }
        }
        return Optional.empty();
    }

    /**
     * One value.
     *
     * @param algorithm the bank's hash algorithm
     * @param index the PCR
     * @return the value, or empty if it was not given
     */
    public Optional<Bytes> value(HashAlgorithm algorithm, int index) {
        return bank(algorithm).flatMap(bank -> bank.value(index));
    }

    @Override
    public String toString() {
        return banks.stream()
                .map(bank -> bank.algorithm() + ":" + bank.values().keySet())
                .collect(Collectors.joining("+", "PcrValues[", "]"));
    }
}
