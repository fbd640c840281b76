package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.attest.CredentialBlob;
import io.github.measuredboot.attest.CredentialChallenge;
import io.github.measuredboot.attest.EkTemplate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestAuthority.Spec;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.PublicArea;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that say who speaks: ek, credential, attest and systemd-report, and the key of verify and check. */
class IdentityCommandsTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=root");
    private static final TestAuthority MIDDLE =
            ROOT.authority(new Spec().subject("CN=middle").authority(0));
    private static final KeyPair EK = TestAuthority.rsa(2048);
    private static final SoftwareTpm AK = SoftwareTpm.p256();
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2036-01-01T00:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private String write(String name, Bytes bytes) throws Exception {
        return Files.write(folder.resolve(name), bytes.toByteArray()).toString();
    }

    private static Spec ek() {
        return new Spec()
                .purpose(TestAuthority.EK)
                .usage(0x20)
                .tpm(true, true, "id:49465800")
                .with("1.3.6.1.5.5.7.1.1", false, DERNull.INSTANCE);
    }

    private String roots() throws Exception {
        return write("roots.der", ROOT.certificate());
    }

    private String certificate(Spec spec) throws Exception {
        return write(
                "ek.bin",
                TestAuthority.concatenated(
                        List.of(MIDDLE.issue(spec, EK), MIDDLE.certificate(), Bytes.parseHex("ff".repeat(20)))));
    }

    private static String firstLine(Run run) {
        return run.out().lines().findFirst().orElse("");
    }

    @Test
    void ekSaysWhoMadeTheTpm() throws Exception {
        String file = certificate(ek());
        Run run = Run.of("ek", file, "--roots", roots());
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertEquals(
                "VERIFIED: Infineon (id:49465800), model model, version id:00010002: the chain leads to the root CN=root",
                firstLine(run));
        Run claimed = Run.of("ek", "--tpm-nv", file);
        assertEquals(2, claimed.exitCode());
        assertTrue(firstLine(claimed).startsWith("NOT VERIFIED, no --roots were given: it claims to be of Infineon"));
        JsonNode json = Run.of("ek", file, "--roots", roots(), "--json").json();
        assertTrue(json.get("verified").asBoolean());
        assertEquals("endorsement-key", json.get("purpose").asText());
        assertEquals("id:49465800", json.at("/certificate/manufacturer").asText());
        assertEquals(2, json.get("chain").size());
        assertEquals("[\"revocation-not-checked\"]", json.get("findings").toString());
        assertFalse(Run.of("ek", file, "--json").json().get("verified").asBoolean());
        assertEquals(1, Run.of("ek", file, "--at", "2026-11-26T12:00:00Z").exitCode());
        assertEquals(1, Run.of("ek", "--roots", roots()).exitCode());
        assertEquals(1, Run.of("ek", roots(), "--roots", file + "x").exitCode());
    }

    @Test
    void ekRefusesForItsReason() throws Exception {
        Spec expired = ek();
        expired.notAfter = BEFORE;
        String file = certificate(expired);
        Run run = Run.of("ek", file, "--roots", roots(), "--json");
        assertEquals(2, run.exitCode());
        assertEquals("certificate-not-accepted", run.json().get("refused").asText());
        assertEquals("[\"expired\"]", run.json().get("refusedFindings").toString());
        Run text = Run.of("ek", file, "--roots", roots());
        assertTrue(firstLine(text).startsWith("REFUSED, certificate-not-accepted: "), text.out());
        assertTrue(firstLine(text).endsWith(": see --allow-finding"), text.out());
        assertEquals(
                0,
                Run.of("ek", file, "--roots", roots(), "--allow-finding", "expired")
                        .exitCode());
        assertEquals(
                0,
                Run.of("ek", file, "--roots", roots(), "--at", "2025-11-26T12:00:00Z")
                        .exitCode());
        String good = certificate(ek());
        assertEquals(
                "purpose-differs",
                Run.of("ek", good, "--roots", roots(), "--attestation-key", "--json")
                        .json()
                        .get("refused")
                        .asText());
        String revoked = write("list.crl", MIDDLE.revoke(BEFORE, AFTER, 77));
        assertEquals(
                "revoked",
                Run.of("ek", good, "--roots", roots(), "--crl", revoked, "--json")
                        .json()
                        .get("refused")
                        .asText());
        assertEquals(1, Run.of("ek", good, "--roots", roots(), "--crl", good).exitCode(), "not a revocation list");
        String own = write(
                "ek.pub", EkTemplate.L1.publicArea(EK.getPublic()).orElseThrow().encode());
        assertEquals(0, Run.of("ek", good, "--roots", roots(), "--key", own).exitCode());
        String other = write(
                "other.pub",
                EkTemplate.L1
                        .publicArea(TestAuthority.rsa(2048).getPublic())
                        .orElseThrow()
                        .encode());
        assertTrue(
                firstLine(Run.of("ek", good, "--key", other)).startsWith("REFUSED, key-differs: "),
                "without roots too");
        assertTrue(firstLine(Run.of("ek", good, "--key", own)).startsWith("NOT VERIFIED"));
        assertEquals(
                "key-differs",
                Run.of("ek", good, "--roots", roots(), "--key", other, "--json")
                        .json()
                        .get("refused")
                        .asText());
    }

    private List<String> make() throws Exception {
        return List.of(
                "credential",
                "make",
                "--ek",
                write(
                        "ek.pub",
                        EkTemplate.L1.publicArea(EK.getPublic()).orElseThrow().encode()),
                "-o",
                folder.resolve("blob").toString());
    }

    @Test
    void aBareCredentialHasASecretForItsOwnerAlone() throws Exception {
        String name = AK.publicArea().name().orElseThrow().toHex();
        String secret = folder.resolve("secret").toString();
        Run run = Run.of(make(), "--ak-name", name, "--secret-out", secret);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(32, Files.size(Path.of(secret)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(secret))));
        assertTrue(run.out().contains("was not checked"), run.out());
        String file = write("ak.name", Bytes.parseHex(name));
        Run again = Run.of(make(), "--ak-name", file, "--secret-out", secret, "--json");
        assertEquals(name, again.json().get("attestationKeyName").asText());
        assertEquals(
                1, Run.of(make(), "--ak-name", "00ff", "--secret-out", secret).exitCode());
        assertEquals(1, Run.of(make(), "--ak-name", name).exitCode());
        assertEquals(1, Run.of(make()).exitCode());
    }

    @Test
    void anAnswerProvesTheKey() throws Exception {
        String ak = write("ak.pub", AK.publicArea().encode());
        String challenge = folder.resolve("challenge").toString();
        assertEquals(0, Run.of(make(), "--ak", ak, "--challenge", challenge).exitCode());
        CredentialChallenge stored = CredentialChallenge.decode(Bytes.wrap(Files.readAllBytes(Path.of(challenge))));
        assertTrue(stored.expires().isAfter(Instant.now().plusSeconds(200)));
        List<String> check = List.of(
                "credential",
                "check",
                "--challenge",
                challenge,
                "--ek",
                make().get(3),
                "--ak",
                ak,
                "--answer",
                write("answer", Bytes.parseHex("00".repeat(32))));
        Run wrong = Run.of(check, "--known-ek", "--json");
        assertEquals(2, wrong.exitCode());
        assertEquals("answer-wrong", wrong.json().at("/identity/refused").asText());
        assertTrue(Run.of(check, "--known-ek").out().startsWith("REFUSED, answer-wrong: "));
        assertEquals(1, Run.of(check).exitCode());
        assertEquals(1, Run.of(check, "--ek-certificate", "x").exitCode());
        Bytes secret = Bytes.parseHex("22".repeat(32));
        rewrite(challenge, stored, secret);
        write("answer", secret);
        Run proved = Run.of(check, "--ek-certificate", certificate(ek()), "--roots", roots(), "--json");
        assertEquals(0, proved.exitCode(), proved.out());
        assertEquals("proved-by-ek", proved.json().at("/signer/identity").asText());
        assertEquals(
                "Infineon",
                proved.json().at("/signer/certificate/manufacturerName").asText());
        Run known = Run.of(check, "--known-ek");
        assertEquals(0, known.exitCode());
        assertTrue(
                known.out()
                        .contains("--ak-name "
                                + AK.publicArea().name().orElseThrow().toHex()),
                known.out());
        assertEquals(
                "expired",
                Run.of(
                                check,
                                "--ek-certificate",
                                certificate(ek()),
                                "--roots",
                                roots(),
                                "--at",
                                "2035-01-01T00:00:00Z",
                                "--json")
                        .json()
                        .at("/identity/refused")
                        .asText());
        Run weak = Run.of(
                make(),
                "--ak",
                write("weak.pub", AK.withAttributes(0x00040072).publicArea().encode()),
                "--challenge",
                challenge);
        assertEquals(2, weak.exitCode());
        assertTrue(weak.out().startsWith("REFUSED, not-an-attestation-key: "), weak.out());
    }

    /** The challenge for a secret that the test knows. */
    private static void rewrite(String file, CredentialChallenge stored, Bytes secret) throws Exception {
        byte[] bytes = stored.encode().toByteArray();
        int at = bytes.length - 8 - 32;
        System.arraycopy(HashAlgorithm.SHA256.hash(secret).orElseThrow().toByteArray(), 0, bytes, at, 32);
        Files.write(Path.of(file), bytes);
    }

    private static String sample(String name) {
        return TestLogs.shared("attest").resolve(name).toString();
    }

    private static List<String> attest(String name, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "attest", sample(name + ".msg"), "--signature", sample(name + ".sig"), "--ak", sample("ak.pub")));
        command.addAll(List.of(more));
        return command;
    }

    @Test
    void attestVerifiesEverySample() throws Exception {
        for (String name : List.of("quote", "nvcert", "certify", "cc", "time")) {
            Run run = Run.of(attest(name, "--no-nonce", "--json"));
            assertEquals(0, run.exitCode(), run.out());
            assertTrue(run.json().get("verified").asBoolean());
            assertEquals("asserted", run.json().at("/signer/identity").asText());
            assertEquals(run.json().get("nonce").asText().isEmpty() ? 2 : 0, withOwnNonce(name, run));
            Run claimed = Run.of("attest", sample(name + ".msg"));
            assertEquals(2, claimed.exitCode());
            assertTrue(firstLine(claimed).startsWith("NOT VERIFIED"), claimed.out());
            Run wrong = Run.of(
                    "attest",
                    sample(name + ".msg"),
                    "--signature",
                    sample(name + ".sig"),
                    "--ak",
                    sample("ak2.pub"),
                    "--no-nonce");
            assertEquals(2, wrong.exitCode());
            assertTrue(wrong.out().contains("signature-wrong"), wrong.out());
        }
    }

    private static int withOwnNonce(String name, Run run) throws Exception {
        String nonce = run.json().get("nonce").asText();
        return Run.of(attest(name, "--nonce", nonce.isEmpty() ? "00" : nonce, "--allow-weakness", "short-nonce"))
                .exitCode();
    }

    @Test
    void attestTakesTheNonceFromAFile() throws Exception {
        String nonce = Run.of("attest", sample("quote.msg"), "--json")
                .json()
                .get("nonce")
                .asText();
        String right = write("nonce", Bytes.encode(nonce + "\n", StandardCharsets.US_ASCII));
        String wrong = write("other", Bytes.encode("00" + nonce, StandardCharsets.US_ASCII));
        List<String> attest = attest("quote", "--allow-weakness", "short-nonce", "--nonce-file");
        assertEquals(0, Run.of(attest, right).exitCode());
        assertEquals(2, Run.of(attest, wrong).exitCode());
        assertEquals(1, Run.of(attest, right, "--no-nonce").exitCode());
        assertEquals(
                1, Run.of("attest", sample("quote.msg"), "--nonce-file", right).exitCode());
    }

    @Test
    void attestComparesWithTheObjects() throws Exception {
        assertEquals(
                0,
                Run.of(attest("certify", "--no-nonce", "--object", sample("k.pub")))
                        .exitCode());
        Run other = Run.of(attest("certify", "--no-nonce", "--object", sample("ak2.pub"), "--json"));
        assertEquals(2, other.exitCode());
        assertEquals("name-differs", other.json().at("/identity/refused").asText());
        List<String> creation = attest("cc", "--no-nonce", "--object", sample("k.pub"), "--creation-data");
        assertEquals(0, Run.of(creation, sample("k.cd")).exitCode());
        Run another = Run.of(creation, sample("prim.cd"), "--json");
        assertEquals("creation-differs", another.json().at("/identity/refused").asText());
        NvPublic index = new NvPublic(0x01d10200, HashAlgorithm.SHA256.id(), 0x2a060046, Bytes.EMPTY, 32);
        assertEquals(
                0,
                Run.of(attest("nvcert", "--no-nonce", "--nv-public", write("nv", index.encode())))
                        .exitCode());
        NvPublic longer = new NvPublic(0x01d10200, HashAlgorithm.SHA256.id(), 0x2a060046, Bytes.EMPTY, 33);
        assertEquals(
                2,
                Run.of(attest("nvcert", "--no-nonce", "--nv-public", write("nv", longer.encode())))
                        .exitCode());
        for (List<String> misuse : List.of(
                attest("quote", "--no-nonce", "--object", sample("k.pub")),
                attest("quote", "--no-nonce", "--nv-public", sample("k.pub")),
                attest("certify", "--no-nonce", "--creation-data", sample("k.cd")),
                attest("certify"),
                attest("certify", "--nonce", ""),
                attest("certify", "--no-nonce", "--ak-identity", "proved-by-ek"),
                List.of("attest", sample("certify.msg"), "--object", sample("k.pub")),
                List.of("attest", sample("k.pub")))) {
            assertEquals(1, Run.of(misuse).exitCode(), misuse::toString);
        }
        String own = "000bf4b197dfe21440210e25fe4e6bc8ea167a2ffa59e5f92be71942a130493e033c";
        assertEquals(
                0, Run.of(attest("time", "--no-nonce", "--qualified-name", own)).exitCode());
        Run signer = Run.of(attest("time", "--no-nonce", "--qualified-name", own.replace("33c", "33d")));
        assertTrue(signer.out().contains("signer-differs"), signer.out());
    }

    @Test
    void systemdReportSaysWhoVouchesForTheKey() throws Exception {
        String file = TestLogs.shared("systemd-report")
                .resolve("systemd-report-signed.seq")
                .toString();
        Run unknown = Run.of("systemd-report", file);
        assertEquals(2, unknown.exitCode());
        assertTrue(firstLine(unknown).startsWith("NOT PROVED: "), unknown.out());
        String name = Run.of("systemd-report", file, "--json")
                .json()
                .at("/quote/signer/keyName")
                .asText();
        Run known = Run.of("systemd-report", file, "--ak-name", name, "--ak-identity", "proved-by-ek");
        assertEquals(0, known.exitCode(), known.out());
        assertTrue(
                firstLine(known).startsWith("VERIFIED: ") && firstLine(known).contains("4 of 4 NvPCRs"), known.out());
        assertTrue(known.out().contains("sha256:0,1,2,3,4,5,7,9,11,12,13,14,15"), known.out());
        Run required = Run.of("systemd-report", file, "--ak-name", name, "--require-nvpcr", "hardware,other", "--json");
        assertEquals(2, required.exitCode());
        assertFalse(required.json().get("verified").asBoolean());
        assertEquals("[\"hardware\",\"other\"]", required.json().get("missing").toString());
        Run another = Run.of("systemd-report", file, "--ak", sample("ak.pub"), "--json");
        assertEquals(2, another.exitCode());
        assertEquals("key-differs", another.json().at("/identity/refused").asText());
        assertEquals(
                "name-differs",
                Run.of("systemd-report", file, "--ak-name", name.replace("000c", "000b"), "--json")
                        .json()
                        .at("/identity/refused")
                        .asText());
        assertEquals(1, Run.of("systemd-report", sample("ak.pub")).exitCode());
    }

    @Test
    void verifyAndCheckSayWhoVouchesForTheKey() throws Exception {
        List<String> verify = Run.join(
                List.of(
                        "verify",
                        Run.log("uki-direct"),
                        "--pcrs",
                        Run.pcrs("uki-direct"),
                        "--require",
                        "sha256:0-7,11"),
                Run.quote(CapturedQuote.of("uki-direct", "ecc")).toArray(String[]::new));
        assertEquals(
                "asserted",
                Run.of(verify, "--json").json().at("/quote/signer/identity").asText());
        assertTrue(Run.of(verify).out().contains("key of the quote: asserted: "));
        AttestationKey key = AttestationKey.decode(Bytes.wrap(
                Files.readAllBytes(CapturedQuote.of("uki-direct", "ecc").path("ak-public.bin"))));
        String name = key.name().orElseThrow().toHex();
        Run enrolled = Run.of(verify, "--ak-name", name, "--ak-identity", "proved-by-ek", "--json");
        assertEquals(
                "proved-by-ek", enrolled.json().at("/quote/signer/identity").asText());
        Run other = Run.of(verify, "--ak-name", "000b" + "00".repeat(32), "--json");
        assertEquals(2, other.exitCode());
        assertEquals("name-differs", other.json().at("/identity/refused").asText());
        KeyPair pair = new KeyPair(key.publicKey().orElseThrow(), EK.getPrivate());
        Spec spec = ek().purpose(TestAuthority.AK).usage(0x80);
        String certificate = write("ak.der", ROOT.issue(spec, pair));
        Run certified = Run.of(verify, "--ak-certificate", certificate, "--roots", roots(), "--json");
        assertEquals(0, certified.exitCode(), certified.out());
        assertEquals(
                "proved-by-certificate",
                certified.json().at("/quote/signer/identity").asText());
        String ofAnother = write("ak.der", ROOT.issue(spec, AK.keyPair()));
        Run refused = Run.of(verify, "--ak-certificate", ofAnother, "--roots", roots(), "--json");
        assertEquals(2, refused.exitCode());
        assertEquals("key-differs", refused.json().at("/identity/refused").asText());
        assertEquals(1, Run.of(verify, "--roots", roots()).exitCode());
        assertEquals(
                1,
                Run.of("verify", Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"), "--ak-name", name)
                        .exitCode());
        String state = folder.resolve("state.json").toString();
        assertEquals(
                0,
                Run.of(
                                "refstate",
                                "create",
                                "--full",
                                "-e",
                                Run.log("uki-secureboot"),
                                "--pcrs",
                                Run.pcrs("uki-secureboot"),
                                "-o",
                                state)
                        .exitCode());
        List<String> check = new ArrayList<>(verify);
        check.set(0, "check");
        check.removeAll(List.of("--require", "sha256:0-7,11"));
        check.addAll(List.of("-r", state));
        JsonNode verdict = Run.of(check, "--ak-name", name, "--ak-identity", "proved-by-ek", "--json")
                .json()
                .get("verdict");
        assertEquals("proved-by-ek", verdict.get("identity").asText());
        assertTrue(Run.of(check).out().contains("key of the quote: asserted: "));
        JsonNode unquoted = Run.of(
                        "check", Run.log("uki-direct"), "-r", state, "--pcrs", Run.pcrs("uki-direct"), "--json")
                .json();
        assertFalse(unquoted.get("verdict").has("identity"));
    }

    @Test
    void publicAreasOfCredentialsAreThoseOfTheSamples() throws Exception {
        String blob = folder.resolve("blob").toString();
        Run run = Run.of(
                "credential",
                "make",
                "--ek",
                sample("ek_ecc.pub"),
                "--ak-name",
                sample("ak.name"),
                "-o",
                blob,
                "--secret-out",
                folder.resolve("s").toString(),
                "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                PublicArea.decode(Bytes.wrap(Files.readAllBytes(Path.of(sample("ek_ecc.pub")))))
                        .name()
                        .orElseThrow()
                        .toHex(),
                run.json().get("endorsementKeyName").asText());
        assertEquals(
                Files.size(Path.of(sample("cred_ecc.blob"))),
                Files.size(Path.of(blob)) - 32 + secretSize(),
                "a secret of another size");
    }

    /** Of tpm2_makecredential's sample. */
    private static int secretSize() throws Exception {
        Bytes sample = Bytes.wrap(Files.readAllBytes(Path.of(sample("cred_ecc.blob"))));
        return CredentialBlob.decode(sample).idObject().length() - 2 - 32 - 2;
    }
}
