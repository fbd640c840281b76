package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.Tpm12Keys;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One of each structure: it is read as it was written, with its size before it or without, and nothing may follow. */
class EncodedStructuresTest {
    private static final Bytes DIGEST = Bytes.parseHex("d1".repeat(32));
    private static final Bytes NAME = Bytes.parseHex("000b" + "a2".repeat(32));
    private static final Attest.ClockInfo CLOCK = new Attest.ClockInfo(1, 2, 3, true);
    private static final List<Attest.BankSelection> PCRS =
            List.of(new Attest.BankSelection(11, Bytes.parseHex("810000")));

    private interface Decoder {
        Object decode(Bytes bytes) throws MalformedDataException;
    }

    private static void assertRead(Object structure, Bytes encoded, Decoder decoder) throws MalformedDataException {
        assertEquals(structure, decoder.decode(encoded));
        assertNothingFollows(encoded, decoder);
    }

    private static void assertNothingFollows(Bytes encoded, Decoder decoder) {
        Fault longer = fault(Bytes.parseHex(encoded.toHex() + "00"), decoder);
        assertEquals("end", longer.field());
        assertEquals(encoded.length(), longer.offset());
        for (int length = 0; length < encoded.length(); length++) {
            fault(encoded.slice(0, length), decoder);
        }
    }

    private static Fault fault(Bytes bytes, Decoder decoder) {
        return assertThrows(MalformedDataException.class, () -> decoder.decode(bytes))
                .fault();
    }

    private static Bytes sized(Bytes structure) {
        return new ByteWriter().u16be(structure.length()).bytes(structure).toBytes();
    }

    @Test
    void statementsOfEachType() throws Exception {
        Map<Integer, Attested> types = Map.of(
                0x8014, new Attested.Nv(NAME, 7, DIGEST),
                0x8015, new Attested.CommandAudit(8, 11, DIGEST, DIGEST.slice(0, 20)),
                0x8016, new Attested.SessionAudit(true, DIGEST),
                0x8017, new Attested.Certify(NAME, NAME.slice(0, 22)),
                0x8018, new Attested.Quote(PCRS, DIGEST),
                0x8019, new Attested.Time(9, CLOCK, 10),
                0x801a, new Attested.Creation(NAME, DIGEST),
                0x801c, new Attested.NvDigest(NAME, DIGEST));
        for (Map.Entry<Integer, Attested> type : types.entrySet()) {
            Attest attest = new Attest(NAME, DIGEST, CLOCK, 4, type.getValue());
            assertEquals(type.getKey(), type.getValue().type());
            assertRead(attest, attest.encode(), Attest::decode);
        }
    }

    @Test
    void creationDataAndNvIndexes() throws Exception {
        CreationData data = new CreationData(PCRS, DIGEST, 1, 11, NAME, NAME, DIGEST);
        NvPublic index = new NvPublic(0x01c00002, 11, 0x12345678, DIGEST, 1_000);
        assertRead(data, data.encode(), CreationData::decode);
        assertRead(index, index.encode(), NvPublic::decode);
        assertEquals(data, CreationData.decode(sized(data.encode())));
        assertEquals(index, NvPublic.decode(sized(index.encode())));
        assertTrue(Sized.isSized(Bytes.parseHex("0000")));
        assertFalse(Sized.isSized(Bytes.parseHex("00")));
    }

    @Test
    void structuresOfATpm12() throws Exception {
        Bytes digest = DIGEST.slice(0, 20);
        Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.parseHex("8100"), List.of(digest, digest));
        assertRead(composite, composite.encode(), Tpm12PcrComposite::decode);
        Tpm12QuoteInfo info = new Tpm12QuoteInfo(digest, digest);
        Tpm12QuoteInfo2 info2 = new Tpm12QuoteInfo2(digest, Bytes.parseHex("8100"), 1, digest, Optional.empty());
        for (Tpm12Statement statement : List.of(info, info2)) {
            assertEquals(statement, Tpm12Statement.decode(statement.encode()));
            assertTrue(Tpm12Statement.isStatement(statement.encode()));
        }
        assertFalse(Tpm12Statement.isStatement(composite.encode()));
    }

    @Test
    void keysOfATpm12() throws Exception {
        RSAPublicKey key = (RSAPublicKey) SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1)
                .keyPair()
                .getPublic();
        Bytes modulus = SoftwareTpm.bytes(key.getModulus(), 256);
        Bytes parameters = Tpm12Keys.parameters(2048, 2, Bytes.EMPTY);
        Bytes encoded = Tpm12Keys.encode(Tpm12Keys.RSA, parameters, modulus);
        assertEquals(
                Optional.of(key.getModulus()),
                AttestationKey.decode(encoded)
                        .publicKey()
                        .map(RSAPublicKey.class::cast)
                        .map(RSAPublicKey::getModulus));
        assertNothingFollows(encoded, Tpm12Key::decode);
        Bytes longer = Bytes.parseHex(parameters.toHex() + "00");
        assertEquals(
                "end",
                fault(Tpm12Keys.encode(Tpm12Keys.RSA, longer, modulus), Tpm12Key::decode)
                        .field());
    }
}
