package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.SoftwareTpm;
import java.util.List;

/** What can be decoded is encoded to the same bytes, and nothing but a fault comes of the rest. */
class QuoteFuzzTest {
    private static final AttestationKey KEY = SoftwareTpm.p256().key();
    private static final PcrSelection NONE = new PcrSelection(List.of());

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
                        TpmSignature.Scheme.ECDSA, HashAlgorithm.SHA256, attest.pcrDigest(), attest.pcrDigest());
                QuoteVerifier.verify(new Quote.Tpm20(attest, signature), KEY, nonce, new PcrValues(List.of()), NONE);
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
    void publicArea(byte[] input) {
        check(input, bytes -> {
            PublicArea area = PublicArea.decode(bytes);
            Bytes encoded = area.encode();
            boolean sized = encoded.length() < bytes.length();
            assertEquals(area, PublicArea.decode(encoded));
            area.name().ifPresent(name -> assertTrue(name.length() > Short.BYTES));
            return sized ? Bytes.parseHex(String.format("%04x", encoded.length()) + encoded.toHex()) : encoded;
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
                bytes -> bytes.length() == 48
                        ? Tpm12QuoteInfo.decode(bytes).encode()
                        : Tpm12PcrComposite.decode(bytes).encode());
    }
}
