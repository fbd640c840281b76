package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A signature without the frame of a TPMT_SIGNATURE, as cloud SDKs and openssl store it: the bytes of an RSA signature, or the
 * numbers of an ECDSA signature in DER or one after the other. What it lacks comes from the key and from the quote, whose digest
 * has the size of the hash algorithm.
 */
final class BareSignature {
    private static final String STRUCTURE = "signature";

    private BareSignature() {}

    static TpmSignature read(Bytes bytes, AttestationKey key, Attest attest) throws MalformedDataException {
        Optional<TpmSignature> framed = framed(bytes);
        if (framed.isPresent()) {
            return framed.get();
        }
        KeyMaterial material = key.material();
        List<TpmSignature.Scheme> schemes = schemes(key);
        HashAlgorithm hash = hash(key, attest);
        int coordinate = material.coordinateSize();
        if (coordinate == 0) {
            if (bytes.length() != material.signatureSize()) {
                return refuse(bytes, "an RSA signature of this key has " + material.signatureSize() + " bytes");
            }
            List<TpmSignature> candidates = schemes.stream()
                    .<TpmSignature>map(scheme -> new TpmSignature.Rsa(scheme, hash, bytes))
                    .toList();
            return candidates.stream()
                    .filter(candidate -> material.verify(candidate, attest.encode()))
                    .findFirst()
                    .orElse(candidates.get(0));
        }
        if (bytes.length() == 2 * coordinate && !isDer(bytes)) {
            return new TpmSignature.Ecc(
                    schemes.get(0), hash, bytes.slice(0, coordinate), bytes.slice(coordinate, coordinate));
        }
        if (!isDer(bytes)) {
            return refuse(bytes, "is neither DER nor two numbers of " + coordinate + " bytes");
        }
        return der(bytes, schemes.get(0), hash);
    }

    private static Optional<TpmSignature> framed(Bytes bytes) throws MalformedDataException {
        boolean begun = bytes.length() >= 2 * Short.BYTES
                && Stream.of(TpmSignature.Scheme.values())
                        .anyMatch(scheme -> scheme.id() == bytes.u8(1) && bytes.u8(0) == 0)
                && HashAlgorithm.byId(bytes.u8(2) << Byte.SIZE | bytes.u8(3)).isPresent();
        return begun ? Optional.of(TpmSignature.decode(bytes)) : Optional.empty();
    }

    private static List<TpmSignature.Scheme> schemes(AttestationKey key) {
        List<TpmSignature.Scheme> possible = Stream.of(TpmSignature.Scheme.values())
                .filter(key.material().schemes()::contains)
                .toList();
        return bound(key)
                .map(scheme -> possible.stream()
                        .filter(known -> known.id() == scheme.id())
                        .toList())
                .filter(fitting -> !fitting.isEmpty())
                .orElse(possible);
    }

    private static Optional<PublicArea.Scheme> bound(AttestationKey key) {
        return key.publicArea().map(area -> area.parameters().scheme()).filter(scheme -> !scheme.isNull());
    }

    private static HashAlgorithm hash(AttestationKey key, Attest attest) throws MalformedDataException {
        Optional<HashAlgorithm> bound =
                bound(key).flatMap(PublicArea.Scheme::hashAlg).flatMap(HashAlgorithm::byId);
        if (bound.isPresent()) {
            return bound.get();
        }
        int size = ((Attested.Quote) attest.attested()).pcrDigest().length();
        boolean isSm2 = key.material().schemes().contains(TpmSignature.Scheme.SM2);
        return Stream.of(
                        isSm2 ? HashAlgorithm.SM3_256 : HashAlgorithm.SHA256,
                        HashAlgorithm.SHA1,
                        HashAlgorithm.SHA384,
                        HashAlgorithm.SHA512)
                .filter(hash -> hash.digestSize() == size)
                .findFirst()
                .orElseThrow(() -> new MalformedDataException(new Fault(
                        0, STRUCTURE, "hash", "no hash algorithm has the " + size + " bytes of the quote's digest")));
    }

    private static boolean isDer(Bytes bytes) {
        if (bytes.length() < 8 || bytes.u8(0) != 0x30) {
            return false;
        }
        int header = bytes.u8(1) == 0x81 ? 3 : 2;
        int length = bytes.u8(header - 1);
        return length + header == bytes.length() && bytes.u8(header) == 0x02;
    }

    private static TpmSignature der(Bytes bytes, TpmSignature.Scheme scheme, HashAlgorithm hash)
            throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, "ECDSA-Sig-Value");
        cursor.bytes(bytes.u8(1) == 0x81 ? 3 : 2, "SEQUENCE");
        Bytes r = number(cursor, "r");
        Bytes s = number(cursor, "s");
        Sized.requireEnd(cursor);
        return new TpmSignature.Ecc(scheme, hash, r, s);
    }

    private static Bytes number(ByteCursor cursor, String field) throws MalformedDataException {
        if (cursor.u8(field) != 0x02) {
            throw cursor.fault(field, "is not an INTEGER");
        }
        Bytes content = cursor.bytes(cursor.u8(field), field);
        if (content.isEmpty() || content.u8(0) >= 0x80) {
            throw cursor.fault(field, "is not a positive number");
        }
        int zeros = content.length() > 1 && content.u8(0) == 0 ? 1 : 0;
        if (content.length() - zeros > TpmSignature.Ecc.MAX_SIZE) {
            throw cursor.fault(field, "has " + content.length() + " bytes");
        }
        return content.from(zeros);
    }

    private static TpmSignature refuse(Bytes bytes, String reason) throws MalformedDataException {
        Fault fault = new Fault(
                0,
                STRUCTURE,
                "format",
                "these " + bytes.length() + " bytes are no TPMT_SIGNATURE and no bare signature: " + reason);
        throw InputFormat.explained(new MalformedDataException(fault), STRUCTURE, bytes);
    }
}
