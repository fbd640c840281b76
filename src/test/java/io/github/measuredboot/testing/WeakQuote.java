package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.TpmSignature;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.util.Arrays;
import java.util.List;

/** A TPM whose quotes have one weakness that is refused by default, and no other. */
public record WeakQuote(QuoteFinding weakness, SoftwareTpm tpm, Bytes nonceBytes) {
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final SoftwareTpm GOOD = SoftwareTpm.p256();

    /** One for each weakness that is refused by default. */
    public static List<WeakQuote> all() {
        return Arrays.stream(QuoteFinding.values())
                .filter(QuoteFinding::isRefusedByDefault)
                .map(WeakQuote::of)
                .toList();
    }

    public static WeakQuote of(QuoteFinding weakness) {
        return switch (weakness) {
            case SHORT_NONCE -> new WeakQuote(weakness, GOOD, NONCE.slice(0, 15));
            case KEY_NOT_RESTRICTED -> without(1 << 16, weakness);
            case KEY_NOT_FIXED_TO_TPM -> without(1 << 1, weakness);
            case KEY_NOT_FIXED_TO_PARENT -> without(1 << 4, weakness);
            case KEY_NOT_MADE_BY_TPM -> without(1 << 5, weakness);
            case KEY_NOT_SIGNING -> without(1 << 18, weakness);
            case KEY_DECRYPTING ->
                new WeakQuote(weakness, GOOD.withAttributes(SoftwareTpm.ATTRIBUTES | 1 << 17), NONCE);
            case KEY_WITHOUT_SCHEME -> new WeakQuote(weakness, GOOD.withoutScheme(), NONCE);
            case KEY_NAME_WEAK -> new WeakQuote(weakness, GOOD.withNameAlg(HashAlgorithm.SHA1), NONCE);
            default -> new WeakQuote(weakness, anotherTpm(weakness), NONCE);
        };
    }

    private static WeakQuote without(long attribute, QuoteFinding weakness) {
        return new WeakQuote(weakness, GOOD.withAttributes(SoftwareTpm.ATTRIBUTES & ~attribute), NONCE);
    }

    private static SoftwareTpm anotherTpm(QuoteFinding weakness) {
        return switch (weakness) {
            case SHORT_RSA_KEY -> SoftwareTpm.rsa(1024, Scheme.RSASSA, HashAlgorithm.SHA256);
            case SHA1_SIGNATURE -> SoftwareTpm.ecdsa(3, "secp256r1", HashAlgorithm.SHA1);
            default -> SoftwareTpm.p256();
        };
    }

    public WeakQuote withAttributes(long objectAttributes) {
        return new WeakQuote(weakness, tpm.withAttributes(objectAttributes), nonceBytes);
    }

    public WeakQuote withNonce(Bytes other) {
        return new WeakQuote(weakness, tpm, other);
    }

    public AttestationKey key() {
        return tpm.key();
    }

    public Nonce nonce() {
        return Nonce.of(nonceBytes);
    }

    public Quote.Tpm20 quote(PcrSelection selection, PcrValues values) {
        return (Quote.Tpm20) tpm.quote(selection, values, nonceBytes);
    }

    /** A signature of the right scheme by a key that is not this one. */
    public TpmSignature signatureOfAnotherKey(Attest attest) {
        return anotherTpm(weakness).sign(attest.encode());
    }
}
