package io.github.measuredboot.examples.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a first start without configuration makes for itself: a key with a certificate of its own, and a token. */
final class SelfSigned {
    private static final int SECRET_SIZE = 32;

    private SelfSigned() {}

    /** {@return a secret that is made when it is first asked for, in a file that nobody else may read} */
    static String secret(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] secret = new byte[SECRET_SIZE];
            new SecureRandom().nextBytes(secret);
            Files.writeString(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).strip();
    }

    /** Makes a key with a certificate, and writes the certificate to another file, for those who are to trust it. */
    static void keyStore(Path keyStore, String password, Path certificate) throws IOException, InterruptedException {
        if (Files.exists(keyStore)) {
            return;
        }
        keytool(
                password,
                "-genkeypair",
                "-keystore",
                keyStore.toString(),
                "-storetype",
                "PKCS12",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "825",
                "-dname",
                "CN=verifier",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        Files.setPosixFilePermissions(keyStore, PosixFilePermissions.fromString("rw-------"));
        keytool(
                password,
                "-exportcert",
                "-rfc",
                "-keystore",
                keyStore.toString(),
                "-alias",
                "server",
                "-file",
                certificate.toString());
    }

    /** The password is given in the environment, where other users do not see it. */
    private static void keytool(String password, String... arguments) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass:env", "STORE_PASSWORD"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }
}
