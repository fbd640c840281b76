package io.github.measuredboot.examples.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A TPM, through tpm2-tools. Both keys are primary keys, which the TPM makes anew from its seed, the same each time: nothing has to be
 * kept of them. Files are in a folder of this process alone.
 */
final class Tpm {
    private static final long TIMEOUT_SECONDS = 60;
    private static final String EK_CERTIFICATE = "0x01c00002";

    /** With {@code noda}: a TPM counts each loss of power as a wrong password, and a lockout would end the reports. */
    private static final String AK_ATTRIBUTES =
            "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign|noda";

    /** What the TPM signed, its signature, and the PCR values that it is over. */
    record Quote(byte[] attest, byte[] signature, byte[] pcrValues) {}

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder where files may be written
     * @param environment {@code TPM2TOOLS_TCTI}, or nothing for {@code /dev/tpmrm0}
     */
    Tpm(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Makes the attestation key, for {@link #quote}. */
    void createAk() throws IOException, InterruptedException {
        run("tpm2_createprimary", "-C", "e", "-G", "ecc256:ecdsa-sha256:null", "-a", AK_ATTRIBUTES, "-c", "ak.ctx");
        flush();
        run("tpm2_readpublic", "-c", "ak.ctx", "-o", "ak.pub");
        flush();
    }

    /** Makes the endorsement key, for {@link #activate}: an RSA key, which takes a TPM some seconds. */
    void createEk() throws IOException, InterruptedException {
        run("tpm2_createek", "-G", "rsa", "-c", "ek.ctx", "-u", "ek.pub");
        flush();
    }

    byte[] ekPublic() throws IOException {
        return Files.readAllBytes(folder.resolve("ek.pub"));
    }

    byte[] akPublic() throws IOException {
        return Files.readAllBytes(folder.resolve("ak.pub"));
    }

    /** {@return what the manufacturer wrote into the TPM; empty if there is nothing} */
    byte[] ekCertificate() throws IOException, InterruptedException {
        Path file = folder.resolve("ek.crt");
        Files.deleteIfExists(file);
        return attempt("tpm2_nvread", "-C", "o", EK_CERTIFICATE, "-o", file.toString()) == 0
                ? Files.readAllBytes(file)
                : new byte[0];
    }

    /** {@return the secret of a credential} */
    byte[] activate(byte[] credential) throws IOException, InterruptedException {
        Files.write(folder.resolve("credential"), credential);
        run("tpm2_startauthsession", "--policy-session", "-S", "session.ctx");
        try {
            run("tpm2_policysecret", "-S", "session.ctx", "-c", "e");
            run(
                    "tpm2_activatecredential",
                    "-c",
                    "ak.ctx",
                    "-C",
                    "ek.ctx",
                    "-P",
                    "session:session.ctx",
                    "-i",
                    "credential",
                    "-o",
                    "secret");
        } finally {
            attempt("tpm2_flushcontext", "session.ctx");
            flush();
        }
        byte[] secret = Files.readAllBytes(folder.resolve("secret"));
        Files.delete(folder.resolve("secret"));
        return secret;
    }

    Quote quote(String pcrs, String nonce) throws IOException, InterruptedException {
        run(
                "tpm2_quote",
                "-c",
                "ak.ctx",
                "-l",
                pcrs,
                "-q",
                nonce,
                "-g",
                "sha256",
                "-m",
                "attest",
                "-s",
                "signature",
                "-o",
                "pcrs",
                "-F",
                "values");
        flush();
        return new Quote(
                Files.readAllBytes(folder.resolve("attest")),
                Files.readAllBytes(folder.resolve("signature")),
                Files.readAllBytes(folder.resolve("pcrs")));
    }

    /** A TPM without a resource manager keeps what a command leaves behind. */
    private void flush() throws IOException, InterruptedException {
        attempt("tpm2_flushcontext", "-t");
    }

    void run(String... command) throws IOException, InterruptedException {
        if (attempt(command) != 0) {
            throw new IOException(command[0] + " failed: " + output());
        }
    }

    private int attempt(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command[0] + " does not end");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt")).strip();
    }
}
