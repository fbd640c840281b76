package io.github.measuredboot.cli;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.Tpm12PcrComposite;
import io.github.measuredboot.tpm.Tpm12QuoteInfo;
import io.github.measuredboot.tpm.Tpm12QuoteInfo2;
import io.github.measuredboot.tpm.TpmSignature;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotes of a TPM 1.2, bare signatures, and nonces in files. */
class QuoteOptionsTest {
    private static final String BOOT = "tpm12-legacy";
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final SoftwareTpm TPM = SoftwareTpm.rsa(2048, TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA1);

    @TempDir
    private Path folder;

    private Tpm12PcrComposite composite;

    @BeforeEach
    void quote() throws Exception {
        PcrBank bank = PcrValuesJson.parse(Bytes.wrap(Files.readAllBytes(Path.of(Run.pcrs(BOOT)))))
                .bank(HashAlgorithm.SHA1)
                .orElseThrow();
        List<Bytes> values = new ArrayList<>();
        for (int pcr = 0; pcr < 8; pcr++) {
            values.add(bank.value(pcr).orElseThrow());
        }
        composite = new Tpm12PcrComposite(Bytes.parseHex("ff0000"), values);
        Tpm12QuoteInfo info =
                new Tpm12QuoteInfo(HashAlgorithm.SHA1.hash(composite.encode()).orElseThrow(), NONCE);
        write("info", info.encode());
        write("composite", composite.encode());
        write("signature", ((TpmSignature.Rsa) TPM.sign(info.encode())).sig());
        write("key", publicKey((RSAPublicKey) TPM.keyPair().getPublic()));
    }

    private String write(String name, Bytes content) throws IOException {
        return Files.write(folder.resolve(name), content.toByteArray()).toString();
    }

    private static Bytes publicKey(RSAPublicKey key) {
        return new ByteWriter()
                .u32be(1)
                .u16be(1)
                .u16be(2)
                .u32be(12)
                .u32be(2048)
                .u32be(2)
                .u32be(0)
                .u32be(256)
                .bytes(SoftwareTpm.bytes(key.getModulus(), 256))
                .toBytes();
    }

    private Run verify(String... more) {
        List<String> arguments = List.of(
                "verify",
                Run.log(BOOT),
                "--quote",
                folder.resolve("info").toString(),
                "--signature",
                folder.resolve("signature").toString(),
                "--ak",
                folder.resolve("key").toString());
        return Run.of(arguments, more);
    }

    @Test
    void aQuoteOfATpm12IsVerified() {
        String pcrComposite = folder.resolve("composite").toString();
        Run run = verify("--nonce", NONCE.toHex(), "--pcr-composite", pcrComposite, "--pcrs", Run.pcrs(BOOT));
        assertTrue(run.out().contains("quote: verified, over sha1:0,1,2,3,4,5,6,7"), run::toString);
        Run alone = verify("--nonce", NONCE.toHex(), "--pcr-composite", pcrComposite);
        assertTrue(alone.out().contains("quote: verified, over sha1:0,1,2,3,4,5,6,7"), alone::toString);
        Run refused = verify("--nonce", "00".repeat(20), "--pcr-composite", pcrComposite);
        assertEquals(2, refused.exitCode(), refused::toString);
    }

    /** TPM_QUOTE_INFO2 says which PCRs it is over, so that they are found among all values. */
    @Test
    void theSecondFormOfATpm12IsVerified() throws Exception {
        for (String version : List.of("", "00300102252600020349465800" + "0000")) {
            Tpm12QuoteInfo2 info = new Tpm12QuoteInfo2(
                    NONCE,
                    composite.pcrSelect(),
                    1,
                    HashAlgorithm.SHA1.hash(composite.encode()).orElseThrow(),
                    version.isEmpty() ? Optional.empty() : Optional.of(Bytes.parseHex(version)));
            write("info", info.encode());
            write("signature", ((TpmSignature.Rsa) TPM.sign(info.encode())).sig());
            Run all = verify("--nonce", NONCE.toHex(), "--pcrs", Run.pcrs(BOOT));
            assertTrue(all.out().contains("quote: verified, over sha1:0,1,2,3,4,5,6,7"), all::toString);
            Run composed = verify(
                    "--nonce",
                    NONCE.toHex(),
                    "--pcr-composite",
                    folder.resolve("composite").toString());
            assertTrue(composed.out().contains("quote: verified, over sha1:0,1,2,3,4,5,6,7"), composed::toString);
            assertEquals(
                    2,
                    verify("--nonce", "00".repeat(20), "--pcrs", Run.pcrs(BOOT)).exitCode());
            String one = write(
                    "one.json", Bytes.encode("{\"sha1\":{\"0\":\"" + "00".repeat(20) + "\"}}", StandardCharsets.UTF_8));
            Run missing = verify("--nonce", NONCE.toHex(), "--pcrs", one);
            assertTrue(missing.err().contains("lack PCRs that the quote is over"), missing::toString);
        }
    }

    @Test
    void theCompositeIsMadeOfTheValuesIfTheyAreThoseOfTheQuote() throws Exception {
        Run all = verify("--nonce", NONCE.toHex(), "--pcrs", Run.pcrs(BOOT));
        assertEquals(1, all.exitCode());
        assertTrue(all.err().contains("--pcr-composite"), all::toString);
        String eight =
                write("eight.json", Bytes.encode(PcrValuesJson.write(composite.values()), StandardCharsets.UTF_8));
        Run run = verify("--nonce", NONCE.toHex(), "--pcrs", eight);
        assertTrue(run.out().contains("quote: verified"), run::toString);
    }

    /** TPM_QUOTE_INFO does not say which PCRs it is over: those that the command names are tried, and the digest decides. */
    @Test
    void theCompositeIsMadeOfTheNamedPcrs() {
        for (List<String> named : List.of(List.of("--require", "sha1:0-7"), List.of("--pcr", "0-7"))) {
            Run run = verify(Run.join(named, "--nonce", NONCE.toHex(), "--pcrs", Run.pcrs(BOOT))
                    .toArray(new String[0]));
            assertTrue(run.out().contains("quote: verified, over sha1:0,1,2,3,4,5,6,7"), run::toString);
        }
        for (List<String> other : List.of(
                List.of("--require", "sha1:0-6"),
                List.of("--require", "sha256:0-7"),
                List.of("--pcr", "0-7", "--bank", "sha256"))) {
            Run run = verify(Run.join(other, "--nonce", NONCE.toHex(), "--pcrs", Run.pcrs(BOOT))
                    .toArray(new String[0]));
            assertEquals(1, run.exitCode(), run::toString);
            assertTrue(run.err().contains("--require"), run::toString);
        }
    }

    @Test
    void aQuoteOfATpm12WithoutValuesSaysWhatIsMissing() {
        Run run = verify("--nonce", NONCE.toHex());
        assertEquals(1, run.exitCode(), run::toString);
        assertFalse(run.err().contains("that were given"), run::toString);
        assertTrue(run.err().contains("--pcrs") && run.err().contains("--pcr-composite"), run::toString);
    }

    @Test
    void aFileMayHoldTheNonceInAnyForm() throws Exception {
        for (Bytes content : List.of(
                NONCE,
                Bytes.encode(NONCE.toHex(), StandardCharsets.US_ASCII),
                Bytes.encode("0x" + NONCE.toHex() + "\r\n", StandardCharsets.US_ASCII))) {
            Run run = verify(
                    "--nonce-file",
                    write("nonce", content),
                    "--pcr-composite",
                    folder.resolve("composite").toString());
            assertTrue(run.out().contains("quote: verified"), run::toString);
        }
        for (Bytes content : List.of(Bytes.encode("00".repeat(20), StandardCharsets.US_ASCII), Bytes.EMPTY)) {
            Run run = verify(
                    "--nonce-file",
                    write("nonce", content),
                    "--pcr-composite",
                    folder.resolve("composite").toString());
            assertTrue(run.exitCode() > 0 && !run.out().contains("quote: verified"), run::toString);
        }
    }

    private Run verifyWithNonce(Bytes content) throws IOException {
        return verify(
                "--nonce-file",
                write("nonce", content),
                "--pcr-composite",
                folder.resolve("composite").toString());
    }

    @Test
    void digitsMayHaveWhiteSpaceColonsAndAByteOrderMark() throws Exception {
        String digits = NONCE.toHex();
        String spaced = digits.replaceAll("..", "$0 ");
        for (String text : List.of(
                digits.substring(0, 30) + "\n" + digits.substring(30) + "\n",
                digits.substring(0, 30) + "\r\n" + digits.substring(30),
                spaced,
                "\t" + spaced.toUpperCase(Locale.ROOT),
                spaced.strip().replace(' ', ':'),
                "\ufeff" + digits,
                "\ufeff0x" + digits)) {
            for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
                boolean isReadable = charset.equals(UTF_8) || text.startsWith("\ufeff");
                Run run = verifyWithNonce(Bytes.encode(text, charset));
                assertEquals(isReadable, run.out().contains("quote: verified"), run::toString);
            }
        }
    }

    @Test
    void anOddNumberOfDigitsIsAnErrorOfTheInput() throws Exception {
        Run run = verifyWithNonce(Bytes.encode(NONCE.toHex().substring(1) + "\n", UTF_8));
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("39 hexadecimal digits"), run::toString);
    }

    @Test
    void whatIsNotOnlyDigitsIsTheNonceItself() throws Exception {
        String digits = NONCE.toHex();
        for (String text : List.of(digits + "g", digits + ",", digits + "\0", "\0" + digits, "0x0x" + digits, ":")) {
            Run run = verifyWithNonce(Bytes.encode(text, UTF_8));
            assertEquals(2, run.exitCode(), run::toString);
            String bytes = Bytes.encode(text, UTF_8).toHex();
            String shown = "expected " + bytes.substring(0, Math.min(bytes.length(), 12));
            assertTrue(run.out().contains(shown), run::toString);
        }
    }

    @Test
    void bareSignaturesAreTaken() throws Exception {
        for (String scheme : List.of("rsa", "rsapss", "ecc")) {
            CapturedQuote captured = CapturedQuote.of("uki-direct", scheme);
            TpmSignature signature = TpmSignature.decode(captured.file("signature.bin"));
            Bytes bare = signature instanceof TpmSignature.Rsa rsa
                    ? rsa.sig()
                    : Bytes.parseHex(((TpmSignature.Ecc) signature).signatureR().toHex()
                            + ((TpmSignature.Ecc) signature).signatureS().toHex());
            List<String> arguments =
                    new ArrayList<>(List.of("verify", Run.log("uki-direct"), "--pcrs", Run.pcrs("uki-direct")));
            arguments.addAll(Run.quote(captured));
            arguments.set(arguments.indexOf("--signature") + 1, write("bare", bare));
            Run run = Run.of(arguments);
            assertTrue(run.out().contains("quote: verified"), run::toString);
        }
    }

    @Test
    void optionsThatDoNotBelongTogetherAreRefused() {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "rsa");
        Run composite = Run.of(
                Run.join(
                        List.of("verify", Run.log("uki-direct")),
                        Run.quote(captured).toArray(new String[0])),
                "--pcr-composite",
                folder.resolve("composite").toString());
        assertEquals(1, composite.exitCode());
        assertTrue(composite.err().contains("TPM 1.2"), composite::toString);
        Run alone = Run.of(
                "verify",
                Run.log("uki-direct"),
                "--nonce-file",
                folder.resolve("key").toString());
        assertEquals(1, alone.exitCode());
        assertTrue(alone.err().contains("--quote, which is missing"), alone::toString);
    }
}
