package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding and verifying one quote, and the least that it can take: the bare check of its signature by the JDK. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class QuoteBenchmark {
    private static final Path BOOT = Path.of("testdata/boots/uki-direct");
    private static final int TPM_HEADER = 6;
    private static final int COORDINATE = 32;

    @Param({"rsa", "rsapss", "ecc", "ecc-multibank"})
    String scheme = "";

    private Bytes attest = Bytes.EMPTY;
    private Bytes signature = Bytes.EMPTY;
    private byte[] bareMessage = {};
    private byte[] bareSignature = {};
    private Nonce nonce = Nonce.insecureUnchecked();
    private AttestationKey key = key(Bytes.wrap(read(BOOT.resolve("quote/ecc/ak-public.bin"))));
    private PublicKey bareKey = bareKey("ecc");
    private PcrValues values = new PcrValues(List.of());
    private PcrSelection selection = new PcrSelection(List.of());

    /** Loads the quote, and the same in the forms of the JDK. */
    @Setup
    public void load() throws MalformedDataException {
        Path folder = BOOT.resolve("quote").resolve(scheme);
        attest = Bytes.wrap(read(folder.resolve("attest.bin")));
        signature = Bytes.wrap(read(folder.resolve("signature.bin")));
        key = key(Bytes.wrap(read(folder.resolve("ak-public.bin"))));
        nonce = Nonce.of(Bytes.parseHex(text(folder.resolve("nonce.hex"))));
        selection = PcrSelection.parse(text(folder.resolve("pcrs")));
        values = PcrValuesJson.parse(Bytes.wrap(read(BOOT.resolve("pcrs.json"))));
        bareKey = bareKey(scheme);
        bareMessage = attest.toByteArray();
        bareSignature = signature.from(TPM_HEADER).toByteArray();
        if (!scheme.startsWith("rsa")) {
            byte[] both = new byte[2 * COORDINATE];
            signature.slice(TPM_HEADER, COORDINATE).copyTo(both, 0);
            signature.from(TPM_HEADER + COORDINATE + Short.BYTES).copyTo(both, COORDINATE);
            bareSignature = both;
        }
    }

    /**
     * From the bytes to what is proved.
     *
     * @return the proved PCRs
     */
    @Benchmark
    public QuotedPcrs verify() throws MalformedDataException, QuoteRefusedException {
        return QuoteVerifier.verify(Quote.decode(attest, signature), key, nonce, values, selection);
    }

    /**
     * The signature alone.
     *
     * @return whether it is good
     */
    @Benchmark
    public boolean bareSignatureCheck() throws GeneralSecurityException {
        Signature verifier;
        if (scheme.equals("rsapss")) {
            verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        } else {
            verifier = Signature.getInstance(scheme.equals("rsa") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
        }
        verifier.initVerify(bareKey);
        verifier.update(bareMessage);
        if (!verifier.verify(bareSignature)) {
            throw new IllegalStateException("the comparison is worth nothing");
        }
        return true;
    }

    private static PublicKey bareKey(String scheme) {
        String pem =
                text(BOOT.resolve("quote").resolve(scheme).resolve("ak.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return KeyFactory.getInstance(scheme.startsWith("rsa") ? "RSA" : "EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AttestationKey key(Bytes bytes) {
        try {
            return AttestationKey.decode(bytes);
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path path) {
        return new String(read(path), StandardCharsets.US_ASCII).strip();
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
