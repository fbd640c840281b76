package io.github.measuredboot.json;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.json.JsonTree.Value;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.PublicArea.Scheme;
import io.github.measuredboot.tpm.PublicArea.Symmetric;
import io.github.measuredboot.tpm.TpmSignature;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Structures of a TPM in the JSON of tpm2-tss (TSS 2.0 JSON data types), in the dialect that systemd writes. */
final class Tss2Json {
    private static final long U32 = 0xffff_ffffL;
    private static final int U16 = 0xffff;
    private static final int MIN_SELECT_SIZE = 3;
    private static final Map<String, Integer> SCHEMES =
            Map.of("NULL", Scheme.NULL, "RSASSA", 0x14, "RSAPSS", 0x16, "ECDSA", 0x18, "SM2", 0x1b);
    private static final Map<String, Integer> CURVES =
            Map.of("NIST_P256", 3, "NIST_P384", 4, "NIST_P521", 5, "SM2_P256", 0x20);

    record Statement(Attest attest, TpmSignature signature) {}

    private Tss2Json() {}

    static AttestationKey key(Value value) throws MalformedDataException {
        value.requireOnly("type", "nameAlg", "objectAttributes", "authPolicy", "parameters", "unique");
        Value parameters = value.member("parameters");
        String type = value.member("type").string();
        PublicArea.Parameters area;
        if (type.equals("ECC")) {
            parameters.requireOnly("symmetric", "scheme", "curveID", "kdf");
            Value unique = value.member("unique").requireOnly("x", "y");
            area = new PublicArea.Ecc(
                    noSymmetric(parameters.member("symmetric")),
                    scheme(parameters.member("scheme")),
                    known(CURVES, parameters.member("curveID")),
                    scheme(parameters.member("kdf")),
                    sized(unique.member("x"), 66),
                    sized(unique.member("y"), 66));
        } else if (type.equals("RSA")) {
            parameters.requireOnly("symmetric", "scheme", "keyBits", "exponent");
            area = new PublicArea.Rsa(
                    noSymmetric(parameters.member("symmetric")),
                    scheme(parameters.member("scheme")),
                    (int) parameters.member("keyBits").number(U16),
                    parameters.member("exponent").number(U32),
                    sized(value.member("unique"), 512));
        } else {
            throw value.fault("is neither an RSA nor an ECC key");
        }
        return AttestationKey.of(new PublicArea(
                hash(value.member("nameAlg")).id(),
                value.member("objectAttributes").number(U32),
                sized(value.member("authPolicy"), 64),
                area));
    }

    private static Symmetric noSymmetric(Value value) throws MalformedDataException {
        if (!value.requireOnly("algorithm").member("algorithm").string().equals("NULL")) {
            throw value.fault("is not that of a signing key");
        }
        return new Symmetric(Scheme.NULL, Bytes.EMPTY);
    }

    private static Scheme scheme(Value value) throws MalformedDataException {
        value.requireOnly("scheme", "details");
        int id = known(SCHEMES, value.member("scheme"));
        return id == Scheme.NULL ? new Scheme(id, Bytes.EMPTY) : new Scheme(id, hashId(value.member("details")));
    }

    private static Bytes hashId(Value details) throws MalformedDataException {
        HashAlgorithm hash = hash(details.requireOnly("hashAlg").member("hashAlg"));
        return Bytes.wrap(new byte[] {(byte) (hash.id() >> Byte.SIZE), (byte) hash.id()});
    }

    private static int known(Map<String, Integer> names, Value value) throws MalformedDataException {
        Integer id = names.get(value.string());
        if (id == null) {
            throw value.fault("is not one of "
                    + String.join(", ", names.keySet().stream().sorted().toList()));
        }
        return id;
    }

    private static HashAlgorithm hash(Value value) throws MalformedDataException {
        String name = value.string();
        if (!name.equals(name.toUpperCase(Locale.ROOT))) {
            throw value.fault("is not a hash algorithm");
        }
        return HashAlgorithm.byName(name.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> value.fault("is not a known hash algorithm"));
    }

    private static Bytes sized(Value value, int max) throws MalformedDataException {
        Bytes bytes = value.hex();
        if (bytes.length() > max) {
            throw value.fault("has more than " + max + " bytes");
        }
        return bytes;
    }

    static NvPublic nvPublic(Value value) throws MalformedDataException {
        value.requireOnly("nvIndex", "nameAlg", "attributes", "authPolicy", "dataSize");
        try {
            return new NvPublic(
                    value.member("nvIndex").number(U32),
                    hash(value.member("nameAlg")).id(),
                    value.member("attributes").number(U32),
                    sized(value.member("authPolicy"), 64),
                    (int) value.member("dataSize").number(U16));
        } catch (IllegalArgumentException e) {
            throw value.fault(String.valueOf(e.getMessage()));
        }
    }

    static Statement statement(Value component) throws MalformedDataException, AttestationRefusedException {
        Value info = component.member("attestInfo").requireOnly("sig_scheme", "attest");
        TpmSignature signature = signature(component.member("signature"));
        Scheme scheme = scheme(info.member("sig_scheme"));
        if (scheme.id() != signature.scheme().id()
                || !scheme.hashAlg().equals(Optional.of(signature.hash().id()))) {
            throw SystemdReportJson.contradiction("the scheme is not that of the signature");
        }
        requireSameSignature(signature, component.member("signaturePEM"));
        return new Statement(attest(info.member("attest")), signature);
    }

    private static TpmSignature signature(Value value) throws MalformedDataException {
        value.requireOnly("sigAlg", "signature");
        int id = known(SCHEMES, value.member("sigAlg"));
        Value parts = value.member("signature");
        HashAlgorithm hash = hash(parts.member("hash"));
        TpmSignature.Scheme scheme = Arrays.stream(TpmSignature.Scheme.values())
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> value.fault("is not a signature"));
        if (scheme == TpmSignature.Scheme.ECDSA || scheme == TpmSignature.Scheme.SM2) {
            parts.requireOnly("hash", "signatureR", "signatureS");
            return new TpmSignature.Ecc(
                    scheme, hash, sized(parts.member("signatureR"), 66), sized(parts.member("signatureS"), 66));
        }
        parts.requireOnly("hash", "sig");
        return new TpmSignature.Rsa(scheme, hash, sized(parts.member("sig"), 512));
    }

    static Attest attest(Value value) throws MalformedDataException {
        value.requireOnly("magic", "type", "qualifiedSigner", "extraData", "clockInfo", "firmwareVersion", "attested");
        if (!value.member("magic").string().equals("VALUE")) {
            throw value.fault("has another magic than VALUE");
        }
        return new Attest(
                sized(value.member("qualifiedSigner"), 66),
                sized(value.member("extraData"), 66),
                clockInfo(value.member("clockInfo")),
                value.member("firmwareVersion").number(),
                attested(value.member("type"), value.member("attested")));
    }

    private static Attest.ClockInfo clockInfo(Value value) throws MalformedDataException {
        value.requireOnly("clock", "resetCount", "restartCount", "safe");
        return new Attest.ClockInfo(
                value.member("clock").number(),
                value.member("resetCount").number(U32),
                value.member("restartCount").number(U32),
                yes(value.member("safe")));
    }

    private static boolean yes(Value value) throws MalformedDataException {
        if (!value.string().equals("YES") && !value.string().equals("NO")) {
            throw value.fault("is neither YES nor NO");
        }
        return value.string().equals("YES");
    }

    private static Attested attested(Value type, Value value) throws MalformedDataException {
        return switch (type.string()) {
            case "ATTEST_QUOTE" -> {
                value.requireOnly("pcrSelect", "pcrDigest");
                yield new Attested.Quote(selection(value.member("pcrSelect")), sized(value.member("pcrDigest"), 64));
            }
            case "ATTEST_NV" -> {
                value.requireOnly("indexName", "offset", "nvContents");
                yield new Attested.Nv(
                        sized(value.member("indexName"), 66),
                        (int) value.member("offset").number(U16),
                        sized(value.member("nvContents"), 4096));
            }
            case "ATTEST_SESSION_AUDIT" -> {
                value.requireOnly("exclusiveSession", "sessionDigest");
                yield new Attested.SessionAudit(
                        yes(value.member("exclusiveSession")), sized(value.member("sessionDigest"), 64));
            }
            default -> throw type.fault("is not a type of statement that reports have");
        };
    }

    private static List<Attest.BankSelection> selection(Value value) throws MalformedDataException {
        List<Attest.BankSelection> banks = new ArrayList<>();
        for (Value bank : value.elements()) {
            bank.requireOnly("hash", "pcrSelect");
            byte[] bits = new byte[MIN_SELECT_SIZE];
            long before = -1;
            for (Value pcr : bank.member("pcrSelect").elements()) {
                long index = pcr.number(31);
                if (index <= before) {
                    throw pcr.fault("is not in ascending order");
                }
                before = index;
                bits = Arrays.copyOf(bits, Math.max(bits.length, (int) index / Byte.SIZE + 1));
                bits[(int) index / Byte.SIZE] |= (byte) (1 << index % Byte.SIZE);
            }
            if (banks.size() == 16) {
                throw bank.fault("is one of more than 16 banks");
            }
            banks.add(new Attest.BankSelection(hash(bank.member("hash")).id(), Bytes.wrap(bits)));
        }
        return banks;
    }

    static void requireSameKey(AttestationKey key, Value pem)
            throws MalformedDataException, AttestationRefusedException {
        AttestationKey other = AttestationKey.decode(Bytes.encode(pem.string(), StandardCharsets.UTF_8));
        String text = pem.string();
        boolean canonical = key.publicKey()
                .map(known -> text.equals(pem("PUBLIC KEY", known.getEncoded())))
                .orElse(false);
        if (!canonical || !other.publicKey().equals(key.publicKey())) {
            throw SystemdReportJson.contradiction("the key in PEM is a different one");
        }
    }

    private static void requireSameSignature(TpmSignature signature, Value pem)
            throws MalformedDataException, AttestationRefusedException {
        String expected = signature instanceof TpmSignature.Rsa rsa
                ? pem("RSA SIGNATURE", rsa.sig().toByteArray())
                : pem("ECDSA SIGNATURE", der((TpmSignature.Ecc) signature));
        if (!pem.string().equals(expected)) {
            throw SystemdReportJson.contradiction("the signature in PEM is a different one");
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static byte[] der(TpmSignature.Ecc ecc) {
        byte[] r = integer(ecc.signatureR());
        byte[] s = integer(ecc.signatureS());
        int size = r.length + s.length;
        byte[] header = size < 0x80 ? new byte[] {0x30, (byte) size} : new byte[] {0x30, (byte) 0x81, (byte) size};
        byte[] der = Arrays.copyOf(header, header.length + size);
        System.arraycopy(r, 0, der, header.length, r.length);
        System.arraycopy(s, 0, der, header.length + r.length, s.length);
        return der;
    }

    private static byte[] integer(Bytes number) {
        byte[] value = new BigInteger(1, number.toByteArray()).toByteArray();
        byte[] der = new byte[2 + value.length];
        der[0] = 0x02;
        der[1] = (byte) value.length;
        System.arraycopy(value, 0, der, 2, value.length);
        return der;
    }
}
