package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which PCRs of which banks, in order (TPML_PCR_SELECTION).
 *
 * @param banks the banks, in the order in which their values follow one another
 */
public record PcrSelection(List<Bank> banks) {
    private static final String STRUCTURE = "PCR selection";

    /**
     * Some PCRs of one bank.
     *
     * @param algorithm the hash algorithm of the bank
     * @param pcrs the PCR indexes, ascending, without duplicates
     */
    public record Bank(HashAlgorithm algorithm, List<Integer> pcrs) {
        /** @throws IllegalArgumentException if an index is not 0 to {@link PcrBank#MAX_INDEX} */
        public Bank {
            pcrs = pcrs.stream().distinct().sorted().toList();
            if (!pcrs.isEmpty() && (pcrs.get(0) < 0 || pcrs.get(pcrs.size() - 1) > PcrBank.MAX_INDEX)) {
                throw new IllegalArgumentException("a PCR index of " + pcrs + " is not 0 to " + PcrBank.MAX_INDEX);
            }
        }

        private static Bank all(HashAlgorithm algorithm) {
            return new Bank(
                    algorithm, IntStream.range(0, PcrBank.PCR_COUNT).boxed().toList());
        }

        int valuesSize() {
            return pcrs.size() * algorithm.digestSize();
        }
    }

    public PcrSelection {
        banks = List.copyOf(banks);
    }

    /**
     * Whether a PCR is selected.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return true if one of {@link #banks} has both
     */
    public boolean contains(HashAlgorithm algorithm, int pcr) {
        for (Bank bank : banks) {
            if (bank.algorithm().equals(algorithm) && bank.pcrs().contains(pcr)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Selects PCR 0 to 23 of some banks.
     *
     * @param algorithms the banks, in order
     * @return the selection
     */
    public static PcrSelection allOf(List<HashAlgorithm> algorithms) {
        return new PcrSelection(algorithms.stream().map(Bank::all).toList());
    }

    /**
     * Reads the notation of tpm2-tools: {@code sha1:0,1,2+sha256:all}. Ranges such as {@code 0-7} are read as well.
     *
     * @param text the notation
     * @return the selection, its banks in the order of the text
     * @throws MalformedDataException if the text is something else, names an unknown algorithm, or names a bank twice
     */
    public static PcrSelection parse(String text) throws MalformedDataException {
        List<Bank> banks = new ArrayList<>();
        int offset = 0;
        for (String part : text.split("\\+", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw fault(offset, "bank", "'" + part + "' is not ALGORITHM:PCRS");
            }
            String name = part.substring(0, colon);
            int at = offset;
            HashAlgorithm algorithm = HashAlgorithm.byName(name)
                    .orElseThrow(() -> fault(at, "hash", "'" + name + "' is not a known algorithm"));
            if (banks.stream().anyMatch(bank -> bank.algorithm.equals(algorithm))) {
                throw fault(offset, "hash", name + " is selected twice");
            }
            String pcrs = part.substring(colon + 1);
            banks.add(
                    pcrs.equals("all")
                            ? Bank.all(algorithm)
                            : new Bank(algorithm, parsePcrs(pcrs, offset + colon + 1)));
            offset += part.length() + 1;
        }
        return new PcrSelection(banks);
    }

    /**
     * Reads a list of PCRs such as {@code 0,1,4-7}.
     *
     * @param text the list
     * @return the indexes, ascending
     * @throws MalformedDataException if the text is something else, or an index is not 0 to {@link PcrBank#MAX_INDEX}
     */
    public static List<Integer> parsePcrs(String text) throws MalformedDataException {
        return parsePcrs(text, 0);
    }

    private static List<Integer> parsePcrs(String text, int textOffset) throws MalformedDataException {
        BitSet pcrs = new BitSet();
        int offset = textOffset;
        for (String item : text.split(",", -1)) {
            int dash = item.indexOf('-');
            int first = parsePcr(dash < 0 ? item : item.substring(0, dash), offset);
            int last = dash < 0 ? first : parsePcr(item.substring(dash + 1), offset + dash + 1);
            if (last < first) {
                throw fault(offset, "pcrSelect", "the range " + item + " is empty");
            }
            pcrs.set(first, last + 1);
            offset += item.length() + 1;
        }
        return pcrs.stream().boxed().toList();
    }

    private static int parsePcr(String text, int offset) throws MalformedDataException {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > PcrBank.MAX_INDEX) {
            throw fault(offset, "pcrSelect", "'" + text + "' is not a PCR index, 0 to " + PcrBank.MAX_INDEX);
        }
        return Integer.parseInt(text);
    }

    private static MalformedDataException fault(int offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, STRUCTURE, field, reason));
    }

    /** {@return the size of all selected values in bytes} */
    public int valuesSize() {
        return banks.stream().mapToInt(Bank::valuesSize).sum();
    }

    /** The notation of tpm2-tools. */
    @Override
    public String toString() {
        return banks.stream()
                .map(bank -> bank.algorithm.name() + ":"
                        + bank.pcrs.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining("+"));
    }
}
