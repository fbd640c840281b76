package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import java.util.ArrayList;
import java.util.List;

final class PcrreadBinary {
    private static final String STRUCTURE = "tpm2_pcrread file";
    private static final int SELECTIONS = 16;
    private static final int SELECT_OCTETS = 4;
    private static final int DIGESTS_PER_LIST = 8;
    private static final int DIGEST_BUFFER = 64;

    private PcrreadBinary() {}

    static PcrValues parseValues(Bytes file, PcrSelection selection) throws MalformedDataException {
        PcrValuesBuilder values = new PcrValuesBuilder(STRUCTURE);
        if (file.length() != selection.valuesSize()) {
            throw values.fault(
                    0,
                    "size",
                    "has " + file.length() + " bytes, the values of " + selection + " have " + selection.valuesSize());
        }
        int offset = 0;
        for (PcrSelection.Bank bank : selection.banks()) {
            values.bank(bank.algorithm(), offset);
            for (int pcr : bank.pcrs()) {
                int size = bank.algorithm().digestSize();
                values.add(bank.algorithm(), pcr, file.slice(offset, size), offset);
                offset += size;
            }
        }
        return values.build();
    }

    static PcrValues parseSerialized(Bytes file) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(file, 0, STRUCTURE);
        PcrSelection selection = readSelection(cursor);
        List<Bytes> digests = readDigests(cursor);
        if (cursor.remaining() > 0) {
            throw cursor.fault("end", cursor.remaining() + " bytes are left over");
        }
        long selected =
                selection.banks().stream().mapToLong(bank -> bank.pcrs().size()).sum();
        if (digests.size() != selected) {
            throw cursor.fault("count", "has " + digests.size() + " digests for " + selected + " selected PCRs");
        }
        PcrValuesBuilder values = new PcrValuesBuilder(STRUCTURE);
        int next = 0;
        for (PcrSelection.Bank bank : selection.banks()) {
            values.bank(bank.algorithm(), 0);
            for (int pcr : bank.pcrs()) {
                values.add(bank.algorithm(), pcr, digests.get(next++), cursor.inputPosition());
            }
        }
        return values.build();
    }

    private static PcrSelection readSelection(ByteCursor cursor) throws MalformedDataException {
        long count = cursor.u32("TPML_PCR_SELECTION.count");
        if (count > SELECTIONS) {
            throw cursor.fault("TPML_PCR_SELECTION.count", count + " is more than " + SELECTIONS);
        }
        List<PcrSelection.Bank> banks = new ArrayList<>();
        for (int i = 0; i < SELECTIONS; i++) {
            int hash = cursor.u16("TPMS_PCR_SELECTION.hash");
            int sizeofSelect = cursor.u8("TPMS_PCR_SELECTION.sizeofSelect");
            Bytes pcrSelect = cursor.bytes(SELECT_OCTETS, "TPMS_PCR_SELECTION.pcrSelect");
            cursor.u8("TPMS_PCR_SELECTION padding");
            if (i >= count) {
                continue;
            }
            if (sizeofSelect > SELECT_OCTETS) {
                throw cursor.fault("TPMS_PCR_SELECTION.sizeofSelect", sizeofSelect + " is more than " + SELECT_OCTETS);
            }
            HashAlgorithm algorithm = HashAlgorithm.byId(hash)
                    .orElseThrow(() -> cursor.fault(
                            "TPMS_PCR_SELECTION.hash", String.format("0x%04x is not a known algorithm", hash)));
            Attest.BankSelection bank = new Attest.BankSelection(hash, pcrSelect.slice(0, sizeofSelect));
            banks.add(new PcrSelection.Bank(algorithm, bank.pcrs()));
        }
        return new PcrSelection(banks);
    }

    private static List<Bytes> readDigests(ByteCursor cursor) throws MalformedDataException {
        long lists = cursor.u32("count");
        List<Bytes> digests = new ArrayList<>();
        for (long list = 0; list < lists; list++) {
            long count = cursor.u32("TPML_DIGEST.count");
            if (count > DIGESTS_PER_LIST) {
                throw cursor.fault("TPML_DIGEST.count", count + " is more than " + DIGESTS_PER_LIST);
            }
            for (int i = 0; i < DIGESTS_PER_LIST; i++) {
                int size = cursor.u16("TPM2B_DIGEST.size");
                Bytes buffer = cursor.bytes(DIGEST_BUFFER, "TPM2B_DIGEST.buffer");
                if (i >= count) {
                    continue;
                }
                if (size > DIGEST_BUFFER) {
                    throw cursor.fault("TPM2B_DIGEST.size", size + " is more than " + DIGEST_BUFFER);
                }
                digests.add(buffer.slice(0, size));
            }
        }
        return digests;
    }
}
