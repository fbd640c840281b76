package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.SoftwareTpm;
import java.util.List;
import java.util.Map;

/** What can be decoded is encoded to the same bytes, and nothing but a fault comes of the rest. */
class QuoteFuzzTest {
    private static final AttestationKey KEY = SoftwareTpm.p256().key();

    private interface Decoder {
        Bytes decodeAndEncode(Bytes input) throws MalformedDataException;
    }

    private static void check(byte[] input, Decoder decoder) {
        Bytes bytes = Bytes.wrap(input);
        try {
            assertEquals(bytes, decoder.decodeAndEncode(bytes));
        } catch (MalformedDataException e) {
            requireGoodFault(e);
        }
    }

    private static void requireGoodFault(MalformedDataException e) {
        assertTrue(e.fault().offset() >= 0, e.getMessage());
        assertTrue(e.fault().message().length() < 1000, "the message does not repeat the input");
    }

    @FuzzTest(maxDuration = "30m")
    void attest(byte[] input) {
        check(input, bytes -> {
            Attest attest = Attest.decode(bytes);
            try {
                Nonce nonce = Nonce.insecureUnchecked();
                TpmSignature signature = new TpmSignature.Ecc(
                        TpmSignature.Scheme.ECDSA, HashAlgorithm.SHA256, attest.extraData(), attest.extraData());
                AttestVerifier.verify(attest, signature, attest.attested().getClass(), KEY, nonce);
                throw new AssertionError("nobody signed it");
            } catch (QuoteRefusedException e) {
                assertEquals(QuoteRefusal.SIGNATURE_WRONG, e.reason());
            }
            return attest.encode();
        });
    }

    @FuzzTest(maxDuration = "30m")
    void signature(byte[] input) {
        check(input, bytes -> TpmSignature.decode(bytes).encode());
    }

    @FuzzTest(maxDuration = "30m")
    void bareSignature(byte[] input) {
        Attest attest = SoftwareTpm.p256()
                .attest(
                        new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA1, List.of(0)))),
                        new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA1, Map.of(0, Bytes.wrap(new byte[20]))))),
                        Bytes.wrap(new byte[16]));
        try {
            Quote.Tpm20 quote = (Quote.Tpm20) Quote.decode(attest.encode(), Bytes.wrap(input), KEY);
            assertEquals(
                    quote.signature(), TpmSignature.decode(quote.signature().encode()));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().message().length() > 0);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void creationData(byte[] input) {
        check(input, bytes -> sizedLike(bytes, CreationData.decode(bytes).encode()));
    }

    @FuzzTest(maxDuration = "30m")
    void nvPublic(byte[] input) {
        check(input, bytes -> {
            NvPublic area = NvPublic.decode(bytes);
            area.name().ifPresent(name -> assertTrue(name.length() > Short.BYTES));
            return sizedLike(bytes, area.encode());
        });
    }

    /** As a TPM2B_ if the input was one. */
    private static Bytes sizedLike(Bytes input, Bytes encoded) {
        return encoded.length() < input.length()
                ? Bytes.parseHex(String.format("%04x", encoded.length()) + encoded.toHex())
                : encoded;
    }

    @FuzzTest(maxDuration = "30m")
    void publicArea(byte[] input) {
        check(input, bytes -> {
            PublicArea area = PublicArea.decode(bytes);
            Bytes encoded = area.encode();
            assertEquals(area, PublicArea.decode(encoded));
            area.name().ifPresent(name -> assertTrue(name.length() > Short.BYTES));
            return sizedLike(bytes, encoded);
        });
    }

    @FuzzTest(maxDuration = "30m")
    void attestationKey(byte[] input) {
        try {
            AttestationKey key = AttestationKey.decode(Bytes.wrap(input));
            TpmSignature signature =
                    new TpmSignature.Rsa(TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA256, Bytes.wrap(new byte[256]));
            assertTrue(!key.material().verify(signature, Bytes.EMPTY), "nobody signed it");
        } catch (MalformedDataException e) {
            requireGoodFault(e);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void tpm12(byte[] input) {
        check(
                input,
                bytes -> bytes.length() == 48 || Tpm12Statement.isStatement(bytes)
                        ? Tpm12Statement.decode(bytes).encode()
                        : Tpm12PcrComposite.decode(bytes).encode());
    }
}
