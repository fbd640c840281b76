package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys as SubjectPublicKeyInfo (RFC 5280, 3279, 5480), alone or in a certificate, or as RSAPublicKey (RFC 8017), in DER or PEM. */
final class KeyEncodings {
    private static final String PEM = "PEM";
    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA )?PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]++)-----END \\1-----");
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int CONTEXT_0 = 0xa0;
    private static final int UNCOMPRESSED_POINT = 0x04;
    private static final Bytes RSA_ENCRYPTION = Bytes.parseHex("2a864886f70d010101");
    private static final Bytes EC_PUBLIC_KEY = Bytes.parseHex("2a8648ce3d0201");

    private record Element(int tag, Bytes content, long offset) {
        ByteCursor open(String structure) {
            return new ByteCursor(content, offset, structure);
        }
    }

    private KeyEncodings() {}

    static boolean isPem(Bytes bytes) {
        return bytes.decode(StandardCharsets.ISO_8859_1).contains(PEM_BEGIN);
    }

    static boolean isDer(Bytes bytes) {
        return !bytes.isEmpty() && bytes.u8(0) == SEQUENCE;
    }

    /** The faults of what the text encodes have offsets into the decoded bytes. */
    static KeyMaterial readPem(Bytes bytes) throws MalformedDataException {
        String text = bytes.decode(StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(PEM_BEGIN);
        if (text.indexOf(PEM_BEGIN, begin + 1) >= 0) {
            throw pemFault(begin, "holds several blocks: give the one of the attestation key alone");
        }
        Matcher block = PEM_BLOCK.matcher(text);
        if (!block.find()) {
            throw pemFault(begin, "is not a complete PUBLIC KEY or CERTIFICATE");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw pemFault(block.start(2), "is not base64");
        }
        return readDer(Bytes.wrap(der));
    }

    private static MalformedDataException pemFault(int offset, String reason) {
        return new MalformedDataException(new Fault(offset, PEM, "block", reason));
    }

    static KeyMaterial readDer(Bytes der) throws MalformedDataException {
        ByteCursor input = new ByteCursor(der, 0, "DER");
        Element whole = element(input, SEQUENCE, "key or certificate");
        Sized.requireEnd(input);
        if (!whole.content.isEmpty() && whole.content.u8(0) == INTEGER) {
            return readRsa(new ByteCursor(der, 0, "DER")); // PKCS #1, as openssl rsa -RSAPublicKey_out writes it
        }
        ByteCursor cursor = whole.open("SubjectPublicKeyInfo or Certificate");
        Element first = element(cursor, SEQUENCE, "algorithm or tbsCertificate");
        Element second = element(cursor, "subjectPublicKey or signatureAlgorithm");
        if (second.tag == BIT_STRING) {
            Sized.requireEnd(cursor);
            return readKey(first, second);
        }
        element(cursor, BIT_STRING, "signatureValue");
        Sized.requireEnd(cursor);
        return readCertificate(first.open("TBSCertificate"));
    }

    private static KeyMaterial readCertificate(ByteCursor tbs) throws MalformedDataException {
        Element versionOrSerial = element(tbs, "version");
        if (versionOrSerial.tag == CONTEXT_0) {
            element(tbs, INTEGER, "serialNumber");
        }
        element(tbs, SEQUENCE, "signature");
        element(tbs, SEQUENCE, "issuer");
        element(tbs, SEQUENCE, "validity");
        element(tbs, SEQUENCE, "subject");
        ByteCursor info = element(tbs, SEQUENCE, "subjectPublicKeyInfo").open("SubjectPublicKeyInfo");
        Element algorithm = element(info, SEQUENCE, "algorithm");
        Element key = element(info, BIT_STRING, "subjectPublicKey");
        Sized.requireEnd(info);
        return readKey(algorithm, key);
    }

    private static KeyMaterial readKey(Element algorithmIdentifier, Element bitString) throws MalformedDataException {
        ByteCursor algorithm = algorithmIdentifier.open("AlgorithmIdentifier");
        Bytes oid = element(algorithm, OBJECT_IDENTIFIER, "algorithm").content;
        ByteCursor key = bitString.open("subjectPublicKey");
        if (key.u8("unusedBits") != 0) {
            throw key.fault("unusedBits", "is not 0");
        }
        if (oid.equals(RSA_ENCRYPTION)) {
            return readRsa(key);
        }
        if (oid.equals(EC_PUBLIC_KEY)) {
            Bytes curveOid = element(algorithm, OBJECT_IDENTIFIER, "namedCurve").content;
            EccCurve curve = EccCurve.find(known -> known.oidHex.equals(curveOid.toHex()))
                    .orElseThrow(() -> algorithm.fault(
                            "namedCurve", curveOid + " is not NIST P-256, P-384, P-521 or SM2 P-256 (in DER)"));
            return readPoint(key, curve);
        }
        throw algorithm.fault("algorithm", oid + " is neither rsaEncryption nor id-ecPublicKey (in DER)");
    }

    private static KeyMaterial readRsa(ByteCursor key) throws MalformedDataException {
        ByteCursor rsa = element(key, SEQUENCE, "RSAPublicKey").open("RSAPublicKey");
        Sized.requireEnd(key);
        BigInteger modulus = integer(rsa, "modulus");
        BigInteger exponent = integer(rsa, "publicExponent");
        Sized.requireEnd(rsa);
        try {
            return KeyMaterial.rsa(modulus, exponent);
        } catch (InvalidKeyException e) {
            throw rsa.fault("modulus", String.valueOf(e.getMessage()));
        }
    }

    private static KeyMaterial readPoint(ByteCursor key, EccCurve curve) throws MalformedDataException {
        int form = key.u8("point");
        if (form != UNCOMPRESSED_POINT) {
            throw key.fault("point", "begins with " + form + ", only uncompressed points (4) are read");
        }
        BigInteger x = KeyMaterial.number(key.bytes(curve.coordinateSize, "x"));
        BigInteger y = KeyMaterial.number(key.bytes(curve.coordinateSize, "y"));
        Sized.requireEnd(key);
        try {
            return KeyMaterial.ecc(curve, x, y);
        } catch (InvalidKeyException e) {
            throw key.fault("point", String.valueOf(e.getMessage()));
        }
    }

    private static BigInteger integer(ByteCursor cursor, String field) throws MalformedDataException {
        Bytes content = element(cursor, INTEGER, field).content;
        if (content.isEmpty() || content.u8(0) >= 0x80) {
            throw cursor.fault(field, "is not a positive integer");
        }
        return KeyMaterial.number(content);
    }

    private static Element element(ByteCursor cursor, int tag, String field) throws MalformedDataException {
        Element element = element(cursor, field);
        if (element.tag != tag) {
            throw cursor.fault(field, String.format("has the tag 0x%02x instead of 0x%02x", element.tag, tag));
        }
        return element;
    }

    private static Element element(ByteCursor cursor, String field) throws MalformedDataException {
        int tag = cursor.u8(field);
        int first = cursor.u8(field + " length");
        long length = switch (first) {
            case 0x81 -> cursor.u8(field + " length");
            case 0x82 -> cursor.u16be(field + " length");
            default -> first;
        };
        if (first > 0x82 || first == 0x80) {
            throw cursor.fault(field + " length", String.format("0x%02x is not the length of a key's part", first));
        }
        long offset = cursor.inputPosition();
        return new Element(tag, cursor.bytes(length, field), offset);
    }
}
