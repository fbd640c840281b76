package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.testing.Tpm2Tools;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrolment by commands alone: ours on one side, tpm2-tools with swtpm on the other. */
class LiveIdentityCommandsTest {
    private static final String NONCE = "00112233445566778899aabbccddeeff";

    @TempDir
    Path folder = Path.of("");

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> check() {
        return List.of(
                "credential",
                "check",
                "--challenge",
                file("challenge"),
                "--answer",
                file("answer"),
                "--ek",
                file("ek.pub"),
                "--ak",
                file("ak.pub"),
                "--ek-certificate",
                file("ek.cert"),
                "--roots",
                file("ca/swtpm-localca-rootca-cert.pem"),
                "--intermediates",
                file("ca/issuercert.pem"));
    }

    private static void activate(Tpm2Tools tpm, String blob, String answer) throws Exception {
        tpm.run("tpm2_startauthsession", "--policy-session", "-S", "session.ctx");
        tpm.run("tpm2_policysecret", "-S", "session.ctx", "-c", "e");
        tpm.run(
                "tpm2_activatecredential",
                "-c",
                "ak.ctx",
                "-C",
                "ek.ctx",
                "-i",
                blob,
                "-o",
                answer,
                "-P",
                "session:session.ctx");
        tpm.run("tpm2_flushcontext", "session.ctx");
        tpm.run("tpm2_flushcontext", "-t");
    }

    @Test
    void aMachineIsEnrolled() throws Exception {
        try (Tpm2Tools tpm =
                Tpm2Tools.require(folder, "swtpm", "swtpm_setup", "swtpm_localca", "tpm2_activatecredential")) {
            tpm.startManufacturedEmulator();
            tpm.run("tpm2_startup", "--clear");
            tpm.run("tpm2_createek", "-G", "rsa", "-c", "ek.ctx", "-u", "ek.pub");
            tpm.run("tpm2_flushcontext", "-t");
            tpm.run(
                    "tpm2_createak",
                    "-C",
                    "ek.ctx",
                    "-c",
                    "ak.ctx",
                    "-G",
                    "ecc",
                    "-g",
                    "sha256",
                    "-s",
                    "ecdsa",
                    "-u",
                    "ak.pub",
                    "-n",
                    "ak.name");
            tpm.run("tpm2_flushcontext", "-t");
            tpm.run("tpm2_nvread", "-C", "o", "0x01c00002", "-o", "ek.cert");
            Run ek = Run.of(
                    "ek",
                    "--tpm-nv",
                    file("ek.cert"),
                    "--roots",
                    file("ca/swtpm-localca-rootca-cert.pem"),
                    "--intermediates",
                    file("ca/issuercert.pem"),
                    "--key",
                    file("ek.pub"));
            assertEquals(0, ek.exitCode(), ek.out() + ek.err());
            assertTrue(ek.out().startsWith("VERIFIED: swtpm (a software TPM)"), ek.out());
            Run made = Run.of(
                    "credential",
                    "make",
                    "--ek",
                    file("ek.pub"),
                    "--ak",
                    file("ak.pub"),
                    "-o",
                    file("blob"),
                    "--challenge",
                    file("challenge"));
            assertEquals(0, made.exitCode(), made.err());
            activate(tpm, "blob", "answer");
            Run proved = Run.of(check(), "--json");
            assertEquals(0, proved.exitCode(), proved.out() + proved.err());
            assertEquals("proved-by-ek", proved.json().at("/signer/identity").asText());
            String name = proved.json().at("/signer/keyName").asText();
            assertEquals(tpm.read("ak.name").toHex(), name);
            Run bare = Run.of(
                    "credential",
                    "make",
                    "--ek",
                    file("ek.pub"),
                    "--ak-name",
                    file("ak.name"),
                    "-o",
                    file("bare"),
                    "--secret-out",
                    file("secret"));
            assertEquals(0, bare.exitCode(), bare.err());
            activate(tpm, "bare", "revealed");
            assertEquals(tpm.read("secret"), tpm.read("revealed"));
            tpm.run("cp", "revealed", "answer");
            assertTrue(Run.of(check()).out().startsWith("REFUSED, answer-wrong"), "the secret of another credential");
            tpm.run("tpm2_quote", "-c", "ak.ctx", "-l", "sha256:0,7", "-q", NONCE, "-m", "quote", "-s", "quote.sig");
            tpm.run("tpm2_flushcontext", "-t");
            Run attest = Run.of(
                    "attest",
                    file("quote"),
                    "--signature",
                    file("quote.sig"),
                    "--ak",
                    file("ak.pub"),
                    "--nonce",
                    NONCE,
                    "--ak-name",
                    name,
                    "--ak-identity",
                    "proved-by-ek",
                    "--json");
            assertEquals(0, attest.exitCode(), attest.out() + attest.err());
            assertEquals("proved-by-ek", attest.json().at("/signer/identity").asText());
        }
    }
}
