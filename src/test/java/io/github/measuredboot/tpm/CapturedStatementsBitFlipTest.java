package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapturedStatementsBitFlipTest {
    @Test
    void eachFlippedBitIsRefused() throws Exception {
        for (Map.Entry<String, Class<? extends Attested>> sample : CapturedStatementsTest.TYPES.entrySet()) {
            Bytes attest = CapturedStatementsTest.file(sample.getKey() + ".msg");
            Bytes signature = CapturedStatementsTest.file(sample.getKey() + ".sig");
            for (Bytes flipped : flips(attest)) {
                assertTrue(isRefused(flipped, signature, sample.getValue()), sample.getKey());
            }
            for (Bytes flipped : flips(signature)) {
                assertTrue(isRefused(attest, flipped, sample.getValue()), sample.getKey());
            }
            assertFalse(isRefused(attest, signature, sample.getValue()));
        }
    }

    private static List<Bytes> flips(Bytes bytes) {
        List<Bytes> flips = new ArrayList<>();
        for (int bit = 0; bit < bytes.length() * Byte.SIZE; bit++) {
            byte[] flipped = bytes.toByteArray();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            flips.add(Bytes.wrap(flipped));
        }
        return flips;
    }

    private static boolean isRefused(Bytes attest, Bytes signature, Class<? extends Attested> type) throws Exception {
        try {
            AttestVerifier.verify(
                    Attest.decode(attest),
                    TpmSignature.decode(signature),
                    type,
                    CapturedStatementsTest.key(),
                    Nonce.insecureUnchecked());
            return false;
        } catch (MalformedDataException | QuoteRefusedException e) {
            return true;
        }
    }
}
