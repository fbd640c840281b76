package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest size and number that each part of a TPM's structures may have, and the next one. */
class StructureSizesTest {
    private static final Attest.ClockInfo CLOCK = new Attest.ClockInfo(1, 2, 3, true);
    private static final Attested TIME = new Attested.Time(0, CLOCK, 0);
    private static final PublicArea.Scheme NO_SCHEME = new PublicArea.Scheme(PublicArea.Scheme.NULL, Bytes.EMPTY);
    private static final PublicArea.Symmetric NO_SYMMETRIC =
            new PublicArea.Symmetric(PublicArea.Scheme.NULL, Bytes.EMPTY);
    private static final PublicArea.Parameters RSA = new PublicArea.Rsa(NO_SYMMETRIC, NO_SCHEME, 0, 0, Bytes.EMPTY);
    private static final Bytes NONE = Bytes.EMPTY;

    private record Part(String name, int largest, IntFunction<Object> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Numbered(String name, long smallest, long largest, LongFunction<Object> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Part> parts() {
        return Stream.of(
                part("Attest.qualifiedSigner", 66, b -> new Attest(b, NONE, CLOCK, 0, TIME)),
                part("Attest.extraData", 66, b -> new Attest(NONE, b, CLOCK, 0, TIME)),
                part("BankSelection.pcrSelect", 4, b -> new Attest.BankSelection(4, b)),
                part("Tpm12QuoteInfo2.pcrSelect", 4, b -> info2(bytes(20), b, 0, bytes(20))),
                part("Quote.pcrDigest", 64, b -> new Attested.Quote(List.of(), b)),
                new Part("Quote.pcrSelect", 16, n -> new Attested.Quote(banks(n), NONE)),
                part("Certify.name", 66, b -> new Attested.Certify(b, NONE)),
                part("Certify.qualifiedName", 66, b -> new Attested.Certify(NONE, b)),
                part("Creation.objectName", 66, b -> new Attested.Creation(b, NONE)),
                part("Creation.creationHash", 64, b -> new Attested.Creation(NONE, b)),
                part("Nv.indexName", 66, b -> new Attested.Nv(b, 0, NONE)),
                part("Nv.nvContents", 4096, b -> new Attested.Nv(NONE, 0, b)),
                part("NvDigest.indexName", 66, b -> new Attested.NvDigest(b, NONE)),
                part("NvDigest.nvDigest", 64, b -> new Attested.NvDigest(NONE, b)),
                part("CommandAudit.auditDigest", 64, b -> new Attested.CommandAudit(0, 0, b, NONE)),
                part("CommandAudit.commandDigest", 64, b -> new Attested.CommandAudit(0, 0, NONE, b)),
                part("SessionAudit.sessionDigest", 64, b -> new Attested.SessionAudit(true, b)),
                part("CreationData.pcrDigest", 64, b -> creation(b, 0, 0, NONE, NONE, NONE)),
                part("CreationData.parentName", 66, b -> creation(NONE, 0, 0, b, NONE, NONE)),
                part("CreationData.parentQualifiedName", 66, b -> creation(NONE, 0, 0, NONE, b, NONE)),
                part("CreationData.outsideInfo", 66, b -> creation(NONE, 0, 0, NONE, NONE, b)),
                part("NvPublic.authPolicy", 64, b -> new NvPublic(0x01000000, 0, 0, b, 0)),
                part("PublicArea.authPolicy", 64, b -> new PublicArea(0, 0, b, RSA)),
                part("Rsa.modulus", 512, b -> new PublicArea.Rsa(NO_SYMMETRIC, NO_SCHEME, 0, 0, b)),
                part("Ecc.x", 66, b -> new PublicArea.Ecc(NO_SYMMETRIC, NO_SCHEME, 0, NO_SCHEME, b, NONE)),
                part("Ecc.y", 66, b -> new PublicArea.Ecc(NO_SYMMETRIC, NO_SCHEME, 0, NO_SCHEME, NONE, b)),
                part(
                        "signature of RSA",
                        512,
                        b -> new TpmSignature.Rsa(TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA256, b)),
                part(
                        "signatureR",
                        66,
                        b -> new TpmSignature.Ecc(TpmSignature.Scheme.ECDSA, HashAlgorithm.SHA256, b, NONE)),
                part(
                        "signatureS",
                        66,
                        b -> new TpmSignature.Ecc(TpmSignature.Scheme.ECDSA, HashAlgorithm.SHA256, NONE, b)));
    }

    static Stream<Numbered> numbers() {
        return Stream.of(
                new Numbered("ClockInfo.resetCount", 0, 0xffff_ffffL, n -> new Attest.ClockInfo(0, n, 0, true)),
                new Numbered("ClockInfo.restartCount", 0, 0xffff_ffffL, n -> new Attest.ClockInfo(0, 0, n, true)),
                new Numbered("BankSelection.hash", 0, 0xffff, n -> new Attest.BankSelection((int) n, NONE)),
                new Numbered("Nv.offset", 0, 0xffff, n -> new Attested.Nv(NONE, (int) n, NONE)),
                new Numbered(
                        "CommandAudit.digestAlg", 0, 0xffff, n -> new Attested.CommandAudit(0, (int) n, NONE, NONE)),
                new Numbered("CreationData.locality", 0, 0xff, n -> creation(NONE, (int) n, 0, NONE, NONE, NONE)),
                new Numbered(
                        "CreationData.parentNameAlg", 0, 0xffff, n -> creation(NONE, 0, (int) n, NONE, NONE, NONE)),
                new Numbered("NvPublic.nvIndex", 0x01000000, 0x01ffffff, n -> new NvPublic(n, 0, 0, NONE, 0)),
                new Numbered("NvPublic.nameAlg", 0, 0xffff, n -> new NvPublic(0x01000000, (int) n, 0, NONE, 0)),
                new Numbered("NvPublic.attributes", 0, 0xffff_ffffL, n -> new NvPublic(0x01000000, 0, n, NONE, 0)),
                new Numbered("NvPublic.dataSize", 0, 0xffff, n -> new NvPublic(0x01000000, 0, 0, NONE, (int) n)),
                new Numbered("PublicArea.nameAlg", 0, 0xffff, n -> new PublicArea((int) n, 0, NONE, RSA)),
                new Numbered("PublicArea.objectAttributes", 0, 0xffff_ffffL, n -> new PublicArea(0, n, NONE, RSA)),
                new Numbered(
                        "Rsa.keyBits", 0, 0xffff, n -> new PublicArea.Rsa(NO_SYMMETRIC, NO_SCHEME, (int) n, 0, NONE)),
                new Numbered(
                        "Rsa.exponent", 0, 0xffff_ffffL, n -> new PublicArea.Rsa(NO_SYMMETRIC, NO_SCHEME, 0, n, NONE)),
                new Numbered(
                        "Ecc.curveId",
                        0,
                        0xffff,
                        n -> new PublicArea.Ecc(NO_SYMMETRIC, NO_SCHEME, (int) n, NO_SCHEME, NONE, NONE)),
                new Numbered("Scheme.id", 0, 0xffff, n -> new PublicArea.Scheme((int) n, bytes(2))),
                new Numbered("Symmetric.algorithm", 0, 0xffff, n -> new PublicArea.Symmetric((int) n, bytes(4))),
                new Numbered(
                        "Tpm12QuoteInfo2.localityAtRelease", 0, 0xff, n -> info2(bytes(20), NONE, (int) n, bytes(20))),
                new Numbered("id of a hash algorithm", 0x0100, 0xffff, n -> HashAlgorithm.of((int) n, 1)),
                new Numbered("size of a digest", 1, 0xffff, n -> HashAlgorithm.of(0x00b2, (int) n)),
                new Numbered("PCR of a bank", 0, 31, n -> bank((int) n)),
                new Numbered(
                        "PCR of a selection",
                        0,
                        31,
                        n -> new PcrSelection.Bank(HashAlgorithm.SHA256, List.of((int) n, 5))));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aPartHasAtMostItsLargestSize(Part part) {
        assertDoesNotThrow(() -> part.maker.apply(0));
        assertDoesNotThrow(() -> part.maker.apply(part.largest));
        assertThrows(IllegalArgumentException.class, () -> part.maker.apply(part.largest + 1));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberFitsItsField(Numbered number) {
        assertDoesNotThrow(() -> number.maker.apply(number.smallest));
        assertDoesNotThrow(() -> number.maker.apply(number.largest));
        assertThrows(IllegalArgumentException.class, () -> number.maker.apply(number.largest + 1));
        if (number.smallest != 0x0100) {
            assertThrows(IllegalArgumentException.class, () -> number.maker.apply(number.smallest - 1));
        }
    }

    @Test
    void theIdOfAnAlgorithmIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> HashAlgorithm.of(-1, 20));
        assertEquals(HashAlgorithm.of(0, 20), HashAlgorithm.of(0, 20));
        assertThrows(IllegalArgumentException.class, () -> HashAlgorithm.of(HashAlgorithm.SHA256.id(), 31));
    }

    @Test
    void valuesAndDigestsHaveTheSizeOfTheirAlgorithm() {
        for (int size : List.of(31, 33)) {
            assertThrows(IllegalArgumentException.class, () -> new Digest(HashAlgorithm.SHA256, bytes(size)));
            assertThrows(
                    IllegalArgumentException.class, () -> PcrBank.of(HashAlgorithm.SHA256, Map.of(0, bytes(size))));
        }
        for (int size : List.of(19, 21)) {
            assertThrows(IllegalArgumentException.class, () -> new Tpm12QuoteInfo(bytes(size), bytes(20)));
            assertThrows(IllegalArgumentException.class, () -> new Tpm12QuoteInfo(bytes(20), bytes(size)));
            assertThrows(IllegalArgumentException.class, () -> info2(bytes(size), NONE, 1, bytes(20)));
            assertThrows(IllegalArgumentException.class, () -> info2(bytes(20), NONE, 1, bytes(size)));
        }
    }

    @Test
    void detailsHaveTheSizeThatTheirSchemeAsksFor() {
        Map<Integer, Integer> sizes =
                new TreeMap<>(Map.of(PublicArea.Scheme.NULL, 0, 0x15, 0, 0x1a, 4, 0x14, 2, 0x18, 2));
        sizes.forEach((id, expected) -> {
            for (int size = 0; size <= 5; size++) {
                Bytes details = bytes(size);
                if (size == expected) {
                    assertEquals(
                            expected >= 2,
                            new PublicArea.Scheme(id, details).hashAlg().isPresent());
                } else {
                    assertThrows(IllegalArgumentException.class, () -> new PublicArea.Scheme(id, details));
                }
            }
        });
        assertThrows(IllegalArgumentException.class, () -> new PublicArea.Symmetric(6, bytes(3)));
        assertThrows(IllegalArgumentException.class, () -> new PublicArea.Symmetric(PublicArea.Scheme.NULL, bytes(4)));
        assertDoesNotThrow(() -> new PublicArea.Symmetric(6, bytes(4)));
        assertTrue(NO_SCHEME.isNull());
        assertFalse(new PublicArea.Scheme(0x14, bytes(2)).isNull());
    }

    @Test
    void aSignatureIsOfTheKindOfItsScheme() {
        for (TpmSignature.Scheme scheme : TpmSignature.Scheme.values()) {
            boolean isRsa = scheme == TpmSignature.Scheme.RSASSA || scheme == TpmSignature.Scheme.RSAPSS;
            assertThrows(IllegalArgumentException.class, () -> {
                if (isRsa) {
                    new TpmSignature.Ecc(scheme, HashAlgorithm.SHA256, NONE, NONE);
                } else {
                    new TpmSignature.Rsa(scheme, HashAlgorithm.SHA256, NONE);
                }
            });
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new TpmSignature.Rsa(TpmSignature.Scheme.RSASSA, HashAlgorithm.of(0x00b2, 20), NONE));
    }

    @Test
    void sizesThatAreTooLargeAreFoundInWhatIsRead() throws Exception {
        ByteWriter attest = new ByteWriter().u32be(Attest.MAGIC).u16be(Attested.SessionAudit.TYPE);
        assertField("qualifiedSigner.size", attest.u16be(67).zeros(200).toBytes());
        assertField("extraData.size", start().u16be(0).u16be(67).zeros(200).toBytes());
        assertField(
                "clockInfo.safe",
                start().u16be(0).u16be(0).zeros(16).u8(2).zeros(200).toBytes());
        ByteWriter quote = new ByteWriter()
                .u32be(Attest.MAGIC)
                .u16be(Attested.Quote.TYPE)
                .zeros(4)
                .zeros(25);
        assertField("attested.quote.pcrSelect.count", quote.u32be(17).zeros(200).toBytes());
        Attest most = new Attest(NONE, NONE, CLOCK, 0, new Attested.Quote(banks(16), NONE));
        assertEquals(most, Attest.decode(most.encode()));
    }

    private static ByteWriter start() {
        return new ByteWriter().u32be(Attest.MAGIC).u16be(Attested.SessionAudit.TYPE);
    }

    private static void assertField(String field, Bytes bytes) {
        MalformedDataException malformed = assertThrows(MalformedDataException.class, () -> Attest.decode(bytes));
        assertEquals(field, malformed.fault().field());
    }

    private static Part part(String name, int largest, Function<Bytes, Object> maker) {
        return new Part(name, largest, size -> maker.apply(bytes(size)));
    }

    private static List<Attest.BankSelection> banks(int count) {
        return Collections.nCopies(count, new Attest.BankSelection(4, Bytes.EMPTY));
    }

    private static PcrBank bank(int pcr) {
        return PcrBank.of(HashAlgorithm.SHA256, Map.of(pcr, bytes(32)));
    }

    private static CreationData creation(
            Bytes pcrDigest, int locality, int parentNameAlg, Bytes parentName, Bytes qualified, Bytes outside) {
        return new CreationData(List.of(), pcrDigest, locality, parentNameAlg, parentName, qualified, outside);
    }

    private static Tpm12QuoteInfo2 info2(Bytes externalData, Bytes pcrSelect, int locality, Bytes digestValue) {
        return new Tpm12QuoteInfo2(externalData, pcrSelect, locality, digestValue, Optional.empty());
    }

    private static Bytes bytes(int size) {
        return Bytes.wrap(new byte[size]);
    }

    @Test
    void aSelectionNamesThePcrsWhoseBitsAreSet() {
        for (int pcr = 0; pcr < 32; pcr++) {
            byte[] select = new byte[4];
            select[pcr / 8] = (byte) (1 << pcr % 8);
            Attest.BankSelection selection = new Attest.BankSelection(4, Bytes.wrap(select));
            assertEquals(List.of(pcr), selection.pcrs());
            int selected = pcr;
            assertEquals(
                    List.of(pcr),
                    IntStream.range(0, 40).filter(selection::contains).boxed().toList(),
                    () -> "PCR " + selected);
            assertFalse(selection.isEmpty());
        }
        assertTrue(new Attest.BankSelection(4, bytes(4)).isEmpty());
        assertFalse(new Attest.BankSelection(4, Bytes.parseHex("ffffff")).contains(24), "three octets");
    }
}
