package io.github.measuredboot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.attest.AuditTrail;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.TpmSignature;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Signed reports as systemd writes them, of a machine whose TPM is a {@link SoftwareTpm}. */
public final class SystemdReportMaker {
    /** Attributes of an index that only its policy can write. */
    public static final long BY_POLICY = 0x28060048;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Bytes SEPARATOR = Bytes.parseHex("00000000");
    private static final Map<Integer, String> SCHEMES = Map.of(0x14, "RSASSA", 0x16, "RSAPSS", 0x18, "ECDSA");
    private static final Map<Integer, String> CURVES = Map.of(3, "NIST_P256", 4, "NIST_P384", 5, "NIST_P521");

    private final SoftwareTpm tpm;
    private final HashAlgorithm bank;
    private final List<HashAlgorithm> banks;
    private final HashAlgorithm sessionHash;
    private final List<ObjectNode> log = new ArrayList<>();
    private final Map<Integer, Bytes> pcrs = new TreeMap<>();
    private final Map<NvPublic, String> names = new LinkedHashMap<>();
    private final Map<NvPublic, Bytes> values = new LinkedHashMap<>();
    private boolean reversesMembers;
    private long clock = 100_000;

    public SystemdReportMaker(SoftwareTpm tpm, HashAlgorithm bank, List<HashAlgorithm> banks, HashAlgorithm session) {
        this.tpm = tpm;
        this.bank = bank;
        this.banks = banks;
        this.sessionHash = session;
        for (int pcr = 0; pcr < 8; pcr++) {
            firmware(pcr, 4, SEPARATOR);
        }
    }

    /** With a key and hash functions that fit, a firmware log of separators, and one NvPCR that the log explains. */
    public static SystemdReportMaker standard() {
        SystemdReportMaker maker = new SystemdReportMaker(
                SoftwareTpm.p256(), HashAlgorithm.SHA256, List.of(HashAlgorithm.SHA256), HashAlgorithm.SHA256);
        maker.nvPcr("login", 0x01d10203, HashAlgorithm.SHA256, BY_POLICY);
        maker.systemd(9, "nvpcr-separator");
        maker.extendNvPcr("login", "one");
        return maker;
    }

    public SystemdReportMaker reversingMembers() {
        reversesMembers = true;
        return this;
    }

    public SoftwareTpm tpm() {
        return tpm;
    }

    public void firmware(int pcr, int eventType, Bytes data) {
        ObjectNode content =
                MAPPER.createObjectNode().put("event_type", eventType).put("event_data", data.toHex());
        record(MAPPER.createObjectNode().put("pcr", pcr), data, "pcclient_std", content);
        extendPcr(pcr, data);
    }

    public void systemd(int pcr, String text) {
        Bytes data = utf8(text);
        record(
                MAPPER.createObjectNode().put("pcr", pcr),
                data,
                "systemd",
                MAPPER.createObjectNode().put("string", text));
        extendPcr(pcr, data);
    }

    /** Defines an index, records that in PCR 9, and extends it with zeros for a start. */
    public void nvPcr(String name, long handle, HashAlgorithm nameAlg, long attributes) {
        NvPublic index = new NvPublic(handle, nameAlg.id(), attributes, Bytes.EMPTY, nameAlg.digestSize());
        Bytes zeros = Bytes.wrap(new byte[nameAlg.digestSize()]);
        names.put(index, name);
        values.put(index, nameAlg.extend(zeros, zeros).orElseThrow());
        systemd(
                9,
                "nvpcr-init:" + name + ":0x" + Long.toHexString(handle) + ":"
                        + index.name().orElseThrow().toHex());
    }

    public void extendNvPcr(String name, String text) {
        for (NvPublic index : List.copyOf(values.keySet())) {
            if (name.equals(names.get(index))) {
                HashAlgorithm algorithm = HashAlgorithm.byId(index.nameAlg()).orElseThrow();
                record(
                        MAPPER.createObjectNode().put("nv_index", index.nvIndex()),
                        utf8(text),
                        "systemd",
                        MAPPER.createObjectNode().put("string", text));
                values.computeIfPresent(
                        index,
                        (key, value) -> algorithm
                                .extend(value, algorithm.hash(utf8(text)).orElseThrow())
                                .orElseThrow());
            }
        }
    }

    private void extendPcr(int pcr, Bytes data) {
        Bytes before = pcrs.getOrDefault(pcr, Bytes.wrap(new byte[bank.digestSize()]));
        pcrs.put(pcr, bank.extend(before, bank.hash(data).orElseThrow()).orElseThrow());
    }

    private void record(ObjectNode register, Bytes data, String contentType, ObjectNode content) {
        ArrayNode digests = MAPPER.createArrayNode();
        for (HashAlgorithm algorithm : banks) {
            digests.addObject()
                    .put("hashAlg", algorithm.name())
                    .put("digest", algorithm.hash(data).orElseThrow().toHex());
        }
        register.put("recnum", log.size() + 1).set("digests", digests);
        register.put("content_type", contentType).set("content", content);
        log.add(register);
    }

    /** The file. */
    public Bytes make() throws Exception {
        Bytes report =
                utf8("\u001e{\"mediaType\":\"application/vnd.io.systemd.report\",\"timestamp\":1,\"metrics\":[]}\n");
        AuditTrail trail = AuditTrail.of(sessionHash);
        ArrayNode components = MAPPER.createArrayNode();
        trail = addQuote(components, trail);
        for (NvPublic index : values.keySet()) {
            trail = addNvPcr(components, trail, index);
        }
        Attest audit = attest(qualifying(report), new Attested.SessionAudit(true, trail.digest()));
        ObjectNode attested = MAPPER.createObjectNode()
                .put("exclusiveSession", "YES")
                .put("sessionDigest", trail.digest().toHex());
        component(components.addObject().put("type", "session-audit"), audit, "ATTEST_SESSION_AUDIT", attested);
        ObjectNode data = MAPPER.createObjectNode();
        data.set("eventLog", MAPPER.createArrayNode().addAll(log));
        data.set("publicKey", publicKey());
        data.put("publicKeyPEM", pem("PUBLIC KEY", tpm.keyPair().getPublic().getEncoded()));
        data.set("components", components);
        ObjectNode signature = MAPPER.createObjectNode()
                .put("mediaType", "application/vnd.io.systemd.report.signature")
                .put("mechanism", "tpm2")
                .put("sha256", HashAlgorithm.SHA256.hash(report).orElseThrow().toHex());
        signature.set("data", data);
        return concatenated(report, utf8("\u001e" + MAPPER.writeValueAsString(ordered(signature)) + "\n"));
    }

    private ObjectNode ordered(ObjectNode node) {
        if (!reversesMembers) {
            return node;
        }
        List<String> members = new ArrayList<>();
        node.fieldNames().forEachRemaining(members::add);
        Collections.reverse(members);
        ObjectNode reversed = MAPPER.createObjectNode();
        for (String member : members) {
            reversed.set(
                    member, node.get(member) instanceof ObjectNode inner ? ordered(inner) : orderedItems(node, member));
        }
        return reversed;
    }

    private JsonNode orderedItems(ObjectNode node, String member) {
        if (!(node.get(member) instanceof ArrayNode items)) {
            return node.get(member);
        }
        ArrayNode copy = MAPPER.createArrayNode();
        items.forEach(item -> copy.add(item instanceof ObjectNode inner ? ordered(inner) : item));
        return copy;
    }

    private AuditTrail addQuote(ArrayNode components, AuditTrail trail) {
        byte[] select = new byte[3];
        ByteWriter content = new ByteWriter();
        ArrayNode indexes = MAPPER.createArrayNode();
        pcrs.forEach((pcr, value) -> {
            select[pcr / 8] |= (byte) (1 << pcr % 8);
            content.bytes(value);
            indexes.add(pcr);
        });
        Bytes digest = hash().hash(content.toBytes()).orElseThrow();
        Attest.BankSelection selection = new Attest.BankSelection(bank.id(), Bytes.wrap(select));
        Attest attest = attest(Bytes.EMPTY, new Attested.Quote(List.of(selection), digest));
        ObjectNode attested = MAPPER.createObjectNode().put("pcrDigest", digest.toHex());
        ((ObjectNode) attested.putArray("pcrSelect").addObject())
                .put("hash", upper(bank))
                .set("pcrSelect", indexes);
        TpmSignature signature = component(components.addObject().put("type", "pcr"), attest, "ATTEST_QUOTE", attested);
        Bytes parameters = new ByteWriter()
                .u16be(0)
                .u16be(0x10)
                .u32be(1)
                .u16be(bank.id())
                .u8(3)
                .bytes(Bytes.wrap(select))
                .toBytes();
        return trail.command(0x158, List.of(keyName()), parameters, response(attest, signature));
    }

    private AuditTrail addNvPcr(ArrayNode components, AuditTrail trail, NvPublic index) {
        String name = names.get(index);
        String authenticated = "{\"name\":\"" + name + "\",\"priority\":700}";
        Bytes extraData = qualifying(utf8(authenticated));
        Bytes indexName = index.name().orElseThrow();
        Bytes value = Objects.requireNonNull(values.get(index));
        Attest attest = attest(extraData, new Attested.Nv(indexName, 0, value));
        ObjectNode attested = MAPPER.createObjectNode()
                .put("indexName", indexName.toHex())
                .put("offset", 0)
                .put("nvContents", value.toHex());
        ObjectNode component = components.addObject().put("type", "nvpcr").put("nvpcrName", name);
        component
                .putObject("nvPublic")
                .put("nvIndex", index.nvIndex())
                .put("nameAlg", upper(HashAlgorithm.byId(index.nameAlg()).orElseThrow()))
                .put("attributes", index.attributes())
                .put("authPolicy", "")
                .put("dataSize", index.dataSize());
        component.put("authenticatedData", authenticated);
        TpmSignature signature = component(component, attest, "ATTEST_NV", attested);
        Bytes parameters = new ByteWriter()
                .u16be(extraData.length())
                .bytes(extraData)
                .u16be(0x10)
                .u16be(value.length())
                .u16be(0)
                .toBytes();
        return trail.command(0x184, List.of(keyName(), indexName, indexName), parameters, response(attest, signature));
    }

    private static Bytes response(Attest attest, TpmSignature signature) {
        Bytes encoded = attest.encode();
        return new ByteWriter()
                .u16be(encoded.length())
                .bytes(encoded)
                .bytes(signature.encode())
                .toBytes();
    }

    private Attest attest(Bytes extraData, Attested attested) {
        clock += 7;
        return new Attest(
                tpm.publicArea().qualifiedName(Bytes.parseHex("4000000b")).orElseThrow(),
                extraData,
                new Attest.ClockInfo(clock, 2, 0, true),
                0x2019102300163636L,
                attested);
    }

    private TpmSignature component(ObjectNode component, Attest attest, String type, ObjectNode attested) {
        TpmSignature signature = tpm.sign(attest.encode());
        ObjectNode info = component.putObject("attestInfo");
        info.set("sig_scheme", scheme(signature.scheme().id(), signature.hash()));
        ObjectNode statement = info.putObject("attest")
                .put("magic", "VALUE")
                .put("type", type)
                .put("qualifiedSigner", attest.qualifiedSigner().toHex())
                .put("extraData", attest.extraData().toHex());
        statement
                .putObject("clockInfo")
                .put("clock", attest.clockInfo().clock())
                .put("resetCount", attest.clockInfo().resetCount())
                .put("restartCount", attest.clockInfo().restartCount())
                .put("safe", "YES");
        statement.put("firmwareVersion", attest.firmwareVersion()).set("attested", attested);
        ObjectNode outer = component.putObject("signature");
        outer.put("sigAlg", SCHEMES.get(signature.scheme().id()));
        ObjectNode inner = outer.putObject("signature").put("hash", upper(signature.hash()));
        if (signature instanceof TpmSignature.Rsa rsa) {
            inner.put("sig", rsa.sig().toHex());
            component.put("signaturePEM", pem("RSA SIGNATURE", rsa.sig().toByteArray()));
        } else if (signature instanceof TpmSignature.Ecc ecc) {
            inner.put("signatureR", ecc.signatureR().toHex());
            inner.put("signatureS", ecc.signatureS().toHex());
            component.put("signaturePEM", pem("ECDSA SIGNATURE", der(ecc)));
        }
        return signature;
    }

    private ObjectNode publicKey() {
        PublicArea area = tpm.publicArea();
        boolean isRsa = area.parameters() instanceof PublicArea.Rsa;
        ObjectNode key = MAPPER.createObjectNode()
                .put("type", isRsa ? "RSA" : "ECC")
                .put("nameAlg", upper(HashAlgorithm.byId(area.nameAlg()).orElseThrow()))
                .put("objectAttributes", area.objectAttributes())
                .put("authPolicy", "");
        ObjectNode parameters = key.putObject("parameters");
        parameters.putObject("symmetric").put("algorithm", "NULL");
        parameters.set("scheme", scheme(area.parameters().scheme().id(), hash()));
        if (area.parameters() instanceof PublicArea.Rsa rsa) {
            parameters.put("keyBits", rsa.keyBits()).put("exponent", rsa.exponent());
            key.put("unique", rsa.modulus().toHex());
        } else if (area.parameters() instanceof PublicArea.Ecc ecc) {
            parameters
                    .put("curveID", CURVES.get(ecc.curveId()))
                    .putObject("kdf")
                    .put("scheme", "NULL");
            key.putObject("unique").put("x", ecc.x().toHex()).put("y", ecc.y().toHex());
        }
        return key;
    }

    private static ObjectNode scheme(int id, HashAlgorithm hash) {
        ObjectNode scheme = MAPPER.createObjectNode().put("scheme", SCHEMES.get(id));
        scheme.putObject("details").put("hashAlg", upper(hash));
        return scheme;
    }

    private HashAlgorithm hash() {
        return HashAlgorithm.byId(
                        tpm.publicArea().parameters().scheme().hashAlg().orElseThrow())
                .orElseThrow();
    }

    private Bytes keyName() {
        return tpm.publicArea().name().orElseThrow();
    }

    private Bytes qualifying(Bytes content) {
        return new ByteWriter()
                .u16be(sessionHash.id())
                .bytes(sessionHash.hash(content).orElseThrow())
                .toBytes();
    }

    private static String upper(HashAlgorithm algorithm) {
        return algorithm.name().toUpperCase(Locale.ROOT);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static byte[] der(TpmSignature.Ecc ecc) {
        byte[] r = new BigInteger(1, ecc.signatureR().toByteArray()).toByteArray();
        byte[] s = new BigInteger(1, ecc.signatureS().toByteArray()).toByteArray();
        int size = 4 + r.length + s.length;
        ByteWriter writer = new ByteWriter().u8(0x30);
        if (size >= 0x80) {
            writer.u8(0x81);
        }
        return writer.u8(size)
                .u8(2)
                .u8(r.length)
                .bytes(Bytes.wrap(r))
                .u8(2)
                .u8(s.length)
                .bytes(Bytes.wrap(s))
                .toBytes()
                .toByteArray();
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }

    private static Bytes concatenated(Bytes one, Bytes two) {
        return new ByteWriter().bytes(one).bytes(two).toBytes();
    }
}
