package io.github.measuredboot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.Tpm2Tools;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.TpmSignature;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same quotes, good and tampered with, given to this library and to tpm2_checkquote. */
class CheckquoteInteroperabilityTest {
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final String GOOD = "good";

    /** What tpm2_checkquote accepts and this library refuses, and why the library is right. */
    private static final Map<String, String> REFUSED_HERE_ONLY = Map.of(
            "signed: magic", "tpm2-tools before 5.6.1 do not check it (CVE-2024-29038)",
            "signed: trailing byte", "the tool stops reading behind the structure",
            "signed: clock safe 2", "the tool takes any byte for a boolean",
            "signed: name algorithm of the signer", "the tool does not look at the signer",
            "signed: no PCR", "the digest over nothing is right, and proves nothing",
            "signed: fewer PCRs than asked", "tpm2-tools before 5.6.1 do not compare the selections (CVE-2024-29039)",
            "signed: digest of another bank", "as above: the digest is right for the file, whose selection is another",
            "signed: reordered", "as above: the order in the file counts for the tool",
            "signature: other padding", "the tool tries each RSA padding, whatever scheme key and signature name");

    private record Case(Bytes attest, Bytes signature, Bytes nonce, PcrSelection selection, PcrValues values) {}

    private static List<SoftwareTpm> keys() {
        return List.of(
                SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1),
                SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256),
                SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA512),
                SoftwareTpm.rsa(2048, Scheme.RSAPSS, HashAlgorithm.SHA256),
                SoftwareTpm.rsa(2048, Scheme.RSAPSS, HashAlgorithm.SHA384),
                SoftwareTpm.p256(),
                SoftwareTpm.ecdsa(4, "secp384r1", HashAlgorithm.SHA384),
                SoftwareTpm.ecdsa(5, "secp521r1", HashAlgorithm.SHA512));
    }

    private static final PcrValues VALUES = new PcrValues(
            List.of(bank(HashAlgorithm.SHA1, 1), bank(HashAlgorithm.SHA256, 2), bank(HashAlgorithm.SHA384, 3)));

    private static PcrBank bank(HashAlgorithm algorithm, int seed) {
        return PcrBank.of(algorithm, IntStream.range(0, 24).boxed().collect(Collectors.toMap(pcr -> pcr, pcr -> {
            byte[] value = new byte[algorithm.digestSize()];
            value[pcr % value.length] = (byte) (seed + pcr);
            return Bytes.wrap(value);
        })));
    }

    private static Map<String, Case> cases(SoftwareTpm tpm) throws Exception {
        PcrSelection selection = PcrSelection.parse("sha1:0,7+sha256:0,1,2,3,4,5,6,7,11");
        Attest attest = tpm.attest(selection, VALUES, NONCE);
        Bytes message = attest.encode();
        Bytes signature = tpm.sign(message).encode();
        Case good = new Case(message, signature, NONCE, selection, VALUES);
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put(GOOD, good);
        for (String banks : List.of("sha256:7", "sha384:0,1,2+sha256:3", "sha1:16,23")) {
            PcrSelection other = PcrSelection.parse(banks);
            Bytes statement = tpm.attest(other, VALUES, NONCE).encode();
            cases.put(
                    GOOD + " " + banks, new Case(statement, tpm.sign(statement).encode(), NONCE, other, VALUES));
        }

        Map<String, Integer> fields = fieldOffsets(attest);
        fields.forEach((field, offset) ->
                cases.put("tampered: " + field, new Case(flip(message, offset), signature, NONCE, selection, VALUES)));
        cases.put("signature: scheme", new Case(message, flip(signature, 1), NONCE, selection, VALUES));
        cases.put("signature: hash", new Case(message, flip(signature, 3), NONCE, selection, VALUES));
        cases.put("signature: value", new Case(message, flip(signature, 40), NONCE, selection, VALUES));
        cases.put(
                "signature: last byte",
                new Case(message, flip(signature, signature.length() - 1), NONCE, selection, VALUES));
        cases.put(
                "signature: of another message",
                new Case(message, tpm.sign(NONCE).encode(), NONCE, selection, VALUES));
        cases.put("nonce: other", new Case(message, signature, Bytes.parseHex("00"), selection, VALUES));
        cases.put("values: other", new Case(message, signature, NONCE, selection, otherValues()));
        if (tpm.sign(message) instanceof TpmSignature.Rsa rsa) {
            Scheme other = rsa.scheme() == Scheme.RSASSA ? Scheme.RSAPSS : Scheme.RSASSA;
            Bytes relabeled = new TpmSignature.Rsa(other, rsa.hash(), rsa.sig()).encode();
            cases.put("signature: other padding", new Case(message, relabeled, NONCE, selection, VALUES));
        }
        signedCases(tpm, attest, selection, cases);
        return cases;
    }

    private static void signedCases(SoftwareTpm tpm, Attest attest, PcrSelection selection, Map<String, Case> cases)
            throws Exception {
        Map<String, Bytes> statements = new LinkedHashMap<>();
        Bytes message = attest.encode();
        Map<String, Integer> fields = fieldOffsets(attest);
        statements.put("signed: magic", flip(message, fields.getOrDefault("magic", 0)));
        statements.put("signed: type", flip(message, fields.getOrDefault("type", 0)));
        statements.put("signed: trailing byte", Bytes.parseHex(message.toHex() + "00"));
        statements.put("signed: clock safe 2", xor(message, fields.getOrDefault("safe", 0), 3));
        statements.put("signed: name algorithm of the signer", xor(message, 9, 7));
        statements.put("signed: nonce of another quote", flip(message, fields.getOrDefault("extraData", 0)));
        statements.put("signed: digest of nothing", flip(message, fields.getOrDefault("pcrDigest", 0)));
        statements.put(
                "signed: fewer PCRs than asked",
                with(attest, "sha256:0", SoftwareTpm.quoted(attest).pcrDigest()).encode());
        statements.put(
                "signed: digest of another bank",
                with(
                                attest,
                                "sha384:0,7+sha256:0,1,2,3,4,5,6,7,11",
                                SoftwareTpm.quoted(attest).pcrDigest())
                        .encode());
        statements.put(
                "signed: reordered",
                with(
                                attest,
                                "sha256:0,1,2,3,4,5,6,7,11+sha1:0,7",
                                SoftwareTpm.quoted(attest).pcrDigest())
                        .encode());
        statements.forEach((name, statement) ->
                cases.put(name, new Case(statement, tpm.sign(statement).encode(), NONCE, selection, VALUES)));
        PcrSelection none = new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA256, List.of())));
        Bytes overNothing = tpm.attest(none, VALUES, NONCE).encode();
        cases.put("signed: no PCR", new Case(overNothing, tpm.sign(overNothing).encode(), NONCE, none, VALUES));
    }

    private static Attest with(Attest attest, String selection, Bytes digest) throws Exception {
        return new Attest(
                attest.qualifiedSigner(),
                attest.extraData(),
                attest.clockInfo(),
                attest.firmwareVersion(),
                new Attested.Quote(
                        PcrSelection.parse(selection).banks().stream()
                                .map(SoftwareTpm::select)
                                .toList(),
                        digest));
    }

    /** One byte of each field of the statement. */
    private static Map<String, Integer> fieldOffsets(Attest attest) {
        int extraData = 6 + 2 + attest.qualifiedSigner().length();
        int clock = extraData + 2 + attest.extraData().length();
        int select = clock + 17 + 8;
        int digest = attest.encode().length()
                - SoftwareTpm.quoted(attest).pcrDigest().length();
        Map<String, Integer> offsets = new LinkedHashMap<>();
        offsets.put("magic", 3);
        offsets.put("type", 5);
        offsets.put("qualifiedSigner size", 7);
        offsets.put("qualifiedSigner", 20);
        offsets.put("extraData size", extraData + 1);
        offsets.put("extraData", extraData + 2);
        offsets.put("clock", clock + 7);
        offsets.put("resetCount", clock + 11);
        offsets.put("restartCount", clock + 15);
        offsets.put("safe", clock + 16);
        offsets.put("firmwareVersion", clock + 17);
        offsets.put("pcrSelect count", select + 3);
        offsets.put("pcrSelect hash", select + 5);
        offsets.put("pcrSelect sizeofSelect", select + 6);
        offsets.put("pcrSelect", select + 7);
        offsets.put("pcrDigest size", digest - 1);
        offsets.put("pcrDigest", digest);
        return offsets;
    }

    private static PcrValues otherValues() {
        return new PcrValues(List.of(bank(HashAlgorithm.SHA1, 1), bank(HashAlgorithm.SHA256, 9)));
    }

    private static Bytes flip(Bytes bytes, int offset) {
        return xor(bytes, offset, 1);
    }

    private static Bytes xor(Bytes bytes, int offset, int mask) {
        byte[] changed = bytes.toByteArray();
        changed[offset] ^= (byte) mask;
        return Bytes.wrap(changed);
    }

    @Test
    void acceptsWhatCheckquoteAcceptsAndRefusesWhatItRefuses(@TempDir Path folder) throws Exception {
        int count = 0;
        List<String> disagreements = new ArrayList<>();
        TreeSet<String> refusedHereOnly = new TreeSet<>();
        try (Tpm2Tools tools = Tpm2Tools.require(folder, "tpm2_checkquote", "openssl")) {
            for (SoftwareTpm tpm : keys()) {
                for (Map.Entry<String, Case> entry : cases(tpm).entrySet()) {
                    String name = entry.getKey();
                    boolean here = accepts(tpm, entry.getValue());
                    boolean there = checkquoteAccepts(tools, tpm, entry.getValue());
                    count++;
                    assertEquals(name.startsWith(GOOD), here, name);
                    if (!here && there && REFUSED_HERE_ONLY.containsKey(name)) {
                        refusedHereOnly.add(name);
                    } else if (here && !there && tpm.sign(NONCE).scheme() == Scheme.RSAPSS) {
                        assertTrue(opensslAccepts(tools, tpm, entry.getValue()), name);
                    } else if (here != there) {
                        disagreements.add(name + ": here " + here + ", tpm2_checkquote " + there + ", "
                                + tpm.sign(NONCE).scheme() + " "
                                + tpm.sign(NONCE).hash());
                    }
                }
            }
        }
        assertEquals(List.of(), disagreements);
        assertTrue(count >= 50, count + " cases");
        assertTrue(
                refusedHereOnly.contains("signed: name algorithm of the signer"),
                "no version of the tool looks at it: " + refusedHereOnly);
    }

    /** The tool takes SHA-1 signatures, which this library takes only where they are tolerated. */
    private static boolean accepts(SoftwareTpm tpm, Case given) throws Exception {
        AttestationKey key = tpm.key();
        try {
            QuoteVerifier.verify(
                    Quote.decode(given.attest, given.signature),
                    key,
                    Nonce.of(given.nonce),
                    given.values,
                    given.selection,
                    Set.of(QuoteFinding.SHA1_SIGNATURE));
            return true;
        } catch (MalformedDataException | QuoteRefusedException e) {
            return false;
        }
    }

    private static boolean checkquoteAccepts(Tpm2Tools tools, SoftwareTpm tpm, Case given) throws Exception {
        Bytes area = tpm.publicArea().encode();
        tools.write("ak.pub", new ByteWriter().u16be(area.length()).bytes(area).toBytes());
        tools.write("attest", given.attest);
        tools.write("signature", given.signature);
        tools.write("pcrs", serialize(given.selection, given.values));
        return tools.tryToRun(
                        "tpm2_checkquote",
                        "-u",
                        "ak.pub",
                        "-m",
                        "attest",
                        "-s",
                        "signature",
                        "-f",
                        "pcrs",
                        "-q",
                        given.nonce.toHex())
                .isSuccess();
    }

    /** Versions of tpm2_checkquote before 5.6 refuse every RSAPSS signature (tpm2-tools issue 3283). */
    private static boolean opensslAccepts(Tpm2Tools tools, SoftwareTpm tpm, Case given) throws Exception {
        TpmSignature.Rsa signature = (TpmSignature.Rsa) TpmSignature.decode(given.signature);
        tools.write("ak.der", Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        tools.write("attest", given.attest);
        tools.write("signature", signature.sig());
        return tools.tryToRun(
                        "openssl",
                        "dgst",
                        "-" + signature.hash(),
                        "-keyform",
                        "DER",
                        "-verify",
                        "ak.der",
                        "-sigopt",
                        "rsa_padding_mode:pss",
                        "-signature",
                        "signature",
                        "attest")
                .isSuccess();
    }

    /** The file of {@code tpm2_quote -o}: C structures of a little-endian machine. */
    private static Bytes serialize(PcrSelection selection, PcrValues values) throws MalformedDataException {
        ByteWriter writer = new ByteWriter().u32(selection.banks().size());
        for (int i = 0; i < 16; i++) {
            if (i < selection.banks().size()) {
                Attest.BankSelection bank = SoftwareTpm.select(selection.banks().get(i));
                writer.u16(bank.hash()).u8(3).bytes(bank.pcrSelect()).zeros(2);
            } else {
                writer.zeros(8);
            }
        }
        List<Bytes> digests = selection.banks().stream()
                .flatMap(bank -> bank.pcrs().stream()
                        .map(pcr -> values.value(bank.algorithm(), pcr).orElseThrow()))
                .toList();
        int lists = (digests.size() + 7) / 8;
        writer.u32(lists);
        for (int list = 0; list < lists; list++) {
            List<Bytes> part = digests.subList(8 * list, Math.min(digests.size(), 8 * list + 8));
            writer.u32(part.size());
            for (int i = 0; i < 8; i++) {
                Bytes digest = i < part.size() ? part.get(i) : Bytes.EMPTY;
                writer.u16(digest.length()).bytes(digest).zeros(64 - digest.length());
            }
        }
        return writer.toBytes();
    }
}
