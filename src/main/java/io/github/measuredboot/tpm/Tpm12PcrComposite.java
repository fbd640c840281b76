package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The PCRs of a TPM 1.2 quote: TPM_PCR_COMPOSITE (TPM 1.2, Part 2, section 8.2). All numbers are big-endian.
 *
 * @param pcrSelect a bit for each PCR, the lowest bit of the first byte for PCR 0; at most 4 bytes
 * @param pcrValues the values of the selected PCRs, 20 bytes each, by ascending index
 */
public record Tpm12PcrComposite(Bytes pcrSelect, List<Bytes> pcrValues) {
    private static final String STRUCTURE = "TPM_PCR_COMPOSITE";
    private static final int[] SELECTION_SIZES = {3, 2, 4};
    private static final int VALUE_SIZE = HashAlgorithm.SHA1.digestSize();

    /** @throws IllegalArgumentException if the selection is too long, or the number of selected PCRs is not the number of values */
    public Tpm12PcrComposite {
        pcrValues = List.copyOf(pcrValues);
        int selected = selection(pcrSelect).pcrs().size();
        if (pcrValues.size() != selected) {
            throw new IllegalArgumentException(pcrValues.size() + " values for " + selected + " selected PCRs");
        }
        pcrValues.forEach(value -> Digest.requireDigestSize(HashAlgorithm.SHA1, value));
    }

    private static Attest.BankSelection selection(Bytes pcrSelect) {
        return new Attest.BankSelection(HashAlgorithm.SHA1.id(), pcrSelect);
    }

    /** {@return the indexes of the selected PCRs, ascending} */
    public List<Integer> pcrs() {
        return selection(pcrSelect).pcrs();
    }

    /**
     * Returns the composite of all the values of a bank, with a selection of the size that leads to a given digest.
     *
     * @param bank the values, in a SHA-1 bank
     * @param digest the digest of the composite, as a quote states it
     * @return the composite, or empty if the composite of these values has another digest
     */
    public static Optional<Tpm12PcrComposite> of(PcrBank bank, Bytes digest) {
        int highest = bank.values().keySet().stream().max(Integer::compare).orElse(0);
        for (int size : SELECTION_SIZES) {
            if (highest >= size * Byte.SIZE) {
                continue;
            }
            byte[] select = new byte[size];
            bank.values().keySet().forEach(pcr -> select[pcr / Byte.SIZE] |= (byte) (1 << pcr % Byte.SIZE));
            List<Bytes> values = bank.values().keySet().stream()
                    .sorted()
                    .map(pcr -> bank.value(pcr).orElseThrow())
                    .toList();
            Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.wrap(select), values);
            if (HashAlgorithm.SHA1
                    .hash(composite.encode())
                    .filter(digest::equals)
                    .isPresent()) {
                return Optional.of(composite);
            }
        }
        return Optional.empty();
    }

    /** {@return the values by their PCRs} */
    public PcrValues values() {
        SortedMap<Integer, Bytes> values = new TreeMap<>();
        List<Integer> pcrs = pcrs();
        for (int i = 0; i < pcrs.size(); i++) {
            values.put(pcrs.get(i), pcrValues.get(i));
        }
        return new PcrValues(List.of(new PcrBank(HashAlgorithm.SHA1, values)));
    }

    /**
     * Decodes the structure.
     *
     * @param bytes the structure and nothing else
     * @return the PCRs, sharing {@code bytes}
     * @throws MalformedDataException if a size does not fit, or bytes are left over
     */
    public static Tpm12PcrComposite decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        Bytes pcrSelect = Sized.read(cursor, "select", Attest.BankSelection.MAX_OCTETS);
        long valueSize = cursor.u32be("valueSize");
        int selected = selection(pcrSelect).pcrs().size();
        if (valueSize != (long) selected * VALUE_SIZE) {
            throw cursor.fault("valueSize", valueSize + " bytes for " + selected + " PCRs of " + VALUE_SIZE);
        }
        List<Bytes> pcrValues = new ArrayList<>();
        for (int i = 0; i < selected; i++) {
            pcrValues.add(cursor.bytes(VALUE_SIZE, "pcrValue"));
        }
        Sized.requireEnd(cursor);
        return new Tpm12PcrComposite(pcrSelect, pcrValues);
    }

    /** {@return what {@link #decode} reads} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        Sized.write(writer, pcrSelect);
        writer.u32be((long) pcrValues.size() * VALUE_SIZE);
        pcrValues.forEach(writer::bytes);
        return writer.toBytes();
    }
}
