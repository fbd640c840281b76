package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a TPM 2.0 states and signs: a TPMS_ATTEST, as {@code tpm2_quote -m} or {@code tpm2_certify -o} writes it (TPM 2.0
 * Library, Part 2, section 10.12). All numbers are big-endian. It is a claim until {@link AttestVerifier}, or {@link
 * QuoteVerifier} for a quote, has checked the signature over it.
 *
 * @param qualifiedSigner the qualified name of the signing key (TPM2B_NAME), at most 66 bytes
 * @param extraData what the verifier supplied for the statement: its nonce (TPM2B_DATA), at most 66 bytes
 * @param clockInfo the TPM's clock and its counters of restarts
 * @param firmwareVersion the TPM's firmware version, all 64 bits in use
 * @param attested what the statement is about
 */
public record Attest(
        Bytes qualifiedSigner, Bytes extraData, ClockInfo clockInfo, long firmwareVersion, Attested attested) {
    /** TPM_GENERATED_VALUE: if the signing key is restricted, only what a TPM made by itself begins with it. */
    public static final long MAGIC = 0xff544347L;

    private static final String STRUCTURE = "TPMS_ATTEST";
    private static final Bytes MAGIC_BYTES = new ByteWriter().u32be(MAGIC).toBytes();

    /**
     * TPMS_CLOCK_INFO.
     *
     * @param clock milliseconds that the TPM has been powered, all 64 bits in use
     * @param resetCount how often the TPM has been reset (u32)
     * @param restartCount how often it has been restarted or resumed since then (u32)
     * @param safe false if an equal or higher clock value may have been reported before
     */
    public record ClockInfo(long clock, long resetCount, long restartCount, boolean safe) {
        /** @throws IllegalArgumentException if a counter is not 0 to 4294967295 */
        public ClockInfo {
            if ((resetCount | restartCount) >>> Integer.SIZE != 0) {
                throw new IllegalArgumentException("a counter is not 0 to 4294967295");
            }
        }

        static ClockInfo read(ByteCursor cursor, String field) throws MalformedDataException {
            long clock = cursor.u64be(field + ".clock");
            long resetCount = cursor.u32be(field + ".resetCount");
            long restartCount = cursor.u32be(field + ".restartCount");
            return new ClockInfo(clock, resetCount, restartCount, Sized.readYesNo(cursor, field + ".safe"));
        }

        void write(ByteWriter writer) {
            writer.u64be(clock).u32be(resetCount).u32be(restartCount).u8(safe ? 1 : 0);
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
        static final int MAX_BANKS = 16;

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

        /** The number of selected PCRs. */
        int size() {
            int size = 0;
            for (int octet = 0; octet < pcrSelect.length(); octet++) {
                size += Integer.bitCount(pcrSelect.u8(octet));
            }
            return size;
        }

        boolean isEmpty() {
            return pcrSelect.isFilledWith(0x00);
        }

        /** TPML_PCR_SELECTION. */
        static List<BankSelection> readAll(ByteCursor cursor, String field) throws MalformedDataException {
            long count = cursor.u32be(field + ".count");
            if (count > MAX_BANKS) {
                throw cursor.fault(field + ".count", count + " is more than " + MAX_BANKS);
            }
            List<BankSelection> banks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int hash = cursor.u16be(field + ".hash");
                int sizeofSelect = cursor.u8(field + ".sizeofSelect");
                if (sizeofSelect > MAX_OCTETS) {
                    throw cursor.fault(field + ".sizeofSelect", sizeofSelect + " is more than " + MAX_OCTETS);
                }
                banks.add(new BankSelection(hash, cursor.bytes(sizeofSelect, field + ".pcrSelect")));
            }
            return banks;
        }

        static void writeAll(ByteWriter writer, List<BankSelection> banks) {
            writer.u32be(banks.size());
            for (BankSelection bank : banks) {
                writer.u16be(bank.hash).u8(bank.pcrSelect.length()).bytes(bank.pcrSelect);
            }
        }

        static List<BankSelection> requireFew(List<BankSelection> banks) {
            if (banks.size() > MAX_BANKS) {
                throw new IllegalArgumentException(banks.size() + " banks are more than " + MAX_BANKS);
            }
            return List.copyOf(banks);
        }
    }

    /** @throws IllegalArgumentException if a part is longer than it may be */
    public Attest {
        Sized.requireAtMost(Sized.MAX_NAME, qualifiedSigner, "qualifiedSigner");
        Sized.requireAtMost(Sized.MAX_NAME, extraData, "extraData");
    }

    /**
     * Decodes a TPMS_ATTEST of any type, or a TPM2B_ATTEST, which is the same structure preceded by its size. The size is not
     * part of what is signed.
     *
     * @param bytes the structure and nothing else
     * @return the statement, sharing {@code bytes}
     * @throws MalformedDataException if it has another magic or an unknown type, a size does not fit, or bytes are left over
     */
    public static Attest decode(Bytes bytes) throws MalformedDataException {
        return decode(bytes, AttestedCodec::isType, "a type of attestation");
    }

    /**
     * Decodes a TPMS_ATTEST or TPM2B_ATTEST that has to be a quote.
     *
     * @param bytes the structure and nothing else
     * @return the statement, whose {@link #attested} is an {@link Attested.Quote}
     * @throws MalformedDataException if it is not well formed, or is another type of attestation
     */
    public static Attest decodeQuote(Bytes bytes) throws MalformedDataException {
        return decode(bytes, type -> type == Attested.Quote.TYPE, "TPM_ST_ATTEST_QUOTE 0x8018");
    }

    private static Attest decode(Bytes bytes, IntPredicate isExpected, String expected) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        skipSize(cursor, bytes);
        long magic = cursor.u32be("magic");
        if (magic != MAGIC) {
            throw notGenerated(cursor, magic, bytes);
        }
        int type = cursor.u16be("type");
        if (!isExpected.test(type)) {
            throw cursor.fault("type", String.format("0x%04x is not %s", type, expected));
        }
        Bytes qualifiedSigner = Sized.read(cursor, "qualifiedSigner", Sized.MAX_NAME);
        Bytes extraData = Sized.read(cursor, "extraData", Sized.MAX_NAME);
        ClockInfo clockInfo = ClockInfo.read(cursor, "clockInfo");
        long firmwareVersion = cursor.u64be("firmwareVersion");
        Attested attested = AttestedCodec.read(type, cursor);
        Sized.requireEnd(cursor);
        return new Attest(qualifiedSigner, extraData, clockInfo, firmwareVersion, attested);
    }

    private static void skipSize(ByteCursor cursor, Bytes bytes) throws MalformedDataException {
        if (bytes.length() > Short.BYTES && bytes.from(Short.BYTES).startsWith(MAGIC_BYTES)) {
            int size = cursor.u16be("size");
            if (size != cursor.remaining()) {
                throw cursor.fault("size", size + " bytes where " + cursor.remaining() + " follow");
            }
        }
    }

    private static MalformedDataException notGenerated(ByteCursor cursor, long magic, Bytes bytes) {
        String reason = String.format("0x%08x is not TPM_GENERATED_VALUE 0x%08x", magic, MAGIC);
        return InputFormat.of(bytes).isEmpty()
                ? cursor.fault("magic", reason + ": no TPM made this")
                : InputFormat.explained(cursor.fault("magic", reason), STRUCTURE, bytes);
    }

    /** {@return the TPMS_ATTEST, which is what is signed} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().u32be(MAGIC).u16be(attested.type());
        Sized.write(writer, qualifiedSigner);
        Sized.write(writer, extraData);
        clockInfo.write(writer);
        writer.u64be(firmwareVersion);
        AttestedCodec.write(writer, attested);
        return writer.toBytes();
    }
}
