package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a TPM 2.0 states in a quote: a TPMS_ATTEST of the type TPM_ST_ATTEST_QUOTE, as {@code tpm2_quote -m} writes it
 * (TPM 2.0 Library, Part 2, section 10.12). All numbers are big-endian. It is a claim until {@link QuoteVerifier} has
 * checked the signature over it.
 *
 * @param qualifiedSigner the qualified name of the signing key (TPM2B_NAME), at most 66 bytes
 * @param extraData what the verifier gave for the quote, its nonce (TPM2B_DATA), at most 66 bytes
 * @param clockInfo the TPM's clock and its counters of restarts
 * @param firmwareVersion the TPM's firmware version, all 64 bits in use
 * @param pcrSelect the banks and PCRs, in the order in which their values are hashed (TPML_PCR_SELECTION), at most 16
 * @param pcrDigest the hash of the PCR values, by the hash algorithm of the signature, at most 64 bytes
 */
public record Attest(
        Bytes qualifiedSigner,
        Bytes extraData,
        ClockInfo clockInfo,
        long firmwareVersion,
        List<BankSelection> pcrSelect,
        Bytes pcrDigest) {
    /** TPM_GENERATED_VALUE: only what a TPM made by itself begins with it, if the signing key is restricted. */
    public static final long MAGIC = 0xff544347L;

    /** TPM_ST_ATTEST_QUOTE. */
    public static final int TYPE_QUOTE = 0x8018;

    private static final String STRUCTURE = "TPMS_ATTEST";
    private static final int MAX_BANKS = 16;

    /**
     * TPMS_CLOCK_INFO.
     *
     * @param clock milliseconds that the TPM was powered, all 64 bits in use
     * @param resetCount how often the TPM was reset (u32)
     * @param restartCount how often it was restarted or resumed since (u32)
     * @param safe false if an equal or higher clock may have been reported before
     */
    public record ClockInfo(long clock, long resetCount, long restartCount, boolean safe) {
        /** @throws IllegalArgumentException if one is not 0 to 4294967295 */
        public ClockInfo {
            if ((resetCount | restartCount) >>> Integer.SIZE != 0) {
                throw new IllegalArgumentException("a counter is not 0 to 4294967295");
            }
        }
    }

    /**
     * TPMS_PCR_SELECTION: some PCRs of one bank.
     *
     * @param hash the TPM_ALG_ID of the bank
     * @param pcrSelect a bit for each PCR, the lowest bit of the first byte for PCR 0; at most 4 bytes
     */
    public record BankSelection(int hash, Bytes pcrSelect) {
        static final int MAX_OCTETS = (PcrBank.MAX_INDEX + 1) / Byte.SIZE;

        /** @throws IllegalArgumentException if {@code hash} is not 0 to 65535 or {@code pcrSelect} has more than 4 bytes */
        public BankSelection {
            if (hash < 0 || hash > 0xffff) {
                throw new IllegalArgumentException("algorithm id " + hash + " is not 0 to 65535");
            }
            Sized.requireAtMost(MAX_OCTETS, pcrSelect, "pcrSelect");
        }

        /** {@return the indexes of the selected PCRs, ascending} */
        public List<Integer> pcrs() {
            List<Integer> pcrs = new ArrayList<>();
            for (int pcr = 0; pcr < pcrSelect.length() * Byte.SIZE; pcr++) {
                if (contains(pcr)) {
                    pcrs.add(pcr);
                }
            }
            return List.copyOf(pcrs);
        }

        /**
         * Whether a PCR is selected.
         *
         * @param pcr its index
         * @return true if its bit is there and set
         */
        public boolean contains(int pcr) {
            int octet = pcr / Byte.SIZE;
            return octet < pcrSelect.length() && ((pcrSelect.u8(octet) >> (pcr % Byte.SIZE)) & 1) != 0;
        }

        boolean isEmpty() {
            return pcrSelect.isFilledWith(0x00);
        }
    }

    /** @throws IllegalArgumentException if a part is longer than it may be */
    public Attest {
        pcrSelect = List.copyOf(pcrSelect);
        Sized.requireAtMost(Sized.MAX_NAME, qualifiedSigner, "qualifiedSigner");
        Sized.requireAtMost(Sized.MAX_NAME, extraData, "extraData");
        Sized.requireAtMost(Sized.MAX_DIGEST, pcrDigest, "pcrDigest");
        if (pcrSelect.size() > MAX_BANKS) {
            throw new IllegalArgumentException(pcrSelect.size() + " banks are more than " + MAX_BANKS);
        }
    }

    /**
     * Decodes a TPMS_ATTEST.
     *
     * @param bytes the structure and nothing else
     * @return the statement, sharing {@code bytes}
     * @throws MalformedDataException if it has another magic or type, a size does not fit, or bytes are left over
     */
    public static Attest decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        long magic = cursor.u32be("magic");
        if (magic != MAGIC) {
            throw cursor.fault(
                    "magic", String.format("0x%08x is not TPM_GENERATED_VALUE 0x%08x: no TPM made this", magic, MAGIC));
        }
        int type = cursor.u16be("type");
        if (type != TYPE_QUOTE) {
            throw cursor.fault("type", String.format("0x%04x is not TPM_ST_ATTEST_QUOTE 0x%04x", type, TYPE_QUOTE));
        }
        Bytes qualifiedSigner = Sized.read(cursor, "qualifiedSigner", Sized.MAX_NAME);
        Bytes extraData = Sized.read(cursor, "extraData", Sized.MAX_NAME);
        ClockInfo clockInfo = decodeClockInfo(cursor);
        long firmwareVersion = cursor.u64be("firmwareVersion");
        List<BankSelection> pcrSelect = decodePcrSelect(cursor);
        Bytes pcrDigest = Sized.read(cursor, "attested.quote.pcrDigest", Sized.MAX_DIGEST);
        Sized.requireEnd(cursor);
        return new Attest(qualifiedSigner, extraData, clockInfo, firmwareVersion, pcrSelect, pcrDigest);
    }

    private static ClockInfo decodeClockInfo(ByteCursor cursor) throws MalformedDataException {
        long clock = cursor.u64be("clockInfo.clock");
        long resetCount = cursor.u32be("clockInfo.resetCount");
        long restartCount = cursor.u32be("clockInfo.restartCount");
        int safe = cursor.u8("clockInfo.safe");
        if (safe > 1) {
            throw cursor.fault("clockInfo.safe", safe + " is neither 0 nor 1");
        }
        return new ClockInfo(clock, resetCount, restartCount, safe == 1);
    }

    private static List<BankSelection> decodePcrSelect(ByteCursor cursor) throws MalformedDataException {
        long count = cursor.u32be("attested.quote.pcrSelect.count");
        if (count > MAX_BANKS) {
            throw cursor.fault("attested.quote.pcrSelect.count", count + " is more than " + MAX_BANKS);
        }
        List<BankSelection> banks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int hash = cursor.u16be("attested.quote.pcrSelect.hash");
            int sizeofSelect = cursor.u8("attested.quote.pcrSelect.sizeofSelect");
            if (sizeofSelect > BankSelection.MAX_OCTETS) {
                throw cursor.fault(
                        "attested.quote.pcrSelect.sizeofSelect",
                        sizeofSelect + " is more than " + BankSelection.MAX_OCTETS);
            }
            banks.add(new BankSelection(hash, cursor.bytes(sizeofSelect, "attested.quote.pcrSelect.pcrSelect")));
        }
        return banks;
    }

    /** {@return what {@link #decode} reads} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().u32be(MAGIC).u16be(TYPE_QUOTE);
        Sized.write(writer, qualifiedSigner);
        Sized.write(writer, extraData);
        writer.u64be(clockInfo.clock).u32be(clockInfo.resetCount).u32be(clockInfo.restartCount);
        writer.u8(clockInfo.safe ? 1 : 0).u64be(firmwareVersion).u32be(pcrSelect.size());
        for (BankSelection bank : pcrSelect) {
            writer.u16be(bank.hash).u8(bank.pcrSelect.length()).bytes(bank.pcrSelect);
        }
        Sized.write(writer, pcrDigest);
        return writer.toBytes();
    }
}
