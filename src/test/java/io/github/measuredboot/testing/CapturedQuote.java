package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A quote of testdata/boots. */
public record CapturedQuote(Path boot, String scheme) {
    public static List<CapturedQuote> all() {
        return TestLogs.boots().stream()
                .filter(boot -> Files.isDirectory(boot.resolve("quote")))
                .flatMap(boot -> Stream.of("rsa", "rsapss", "ecc", "ecc-multibank")
                        .map(scheme -> new CapturedQuote(boot, scheme)))
                .toList();
    }

    public static CapturedQuote of(String boot, String scheme) {
        return new CapturedQuote(Path.of("testdata/boots", boot), scheme);
    }

    public Bytes file(String name) {
        return Bytes.wrap(TestLogs.read(boot.resolve("quote").resolve(scheme).resolve(name)));
    }

    public Path path(String name) {
        return boot.resolve("quote").resolve(scheme).resolve(name);
    }

    private String text(String name) {
        return file(name).decode(StandardCharsets.US_ASCII).strip();
    }

    public Quote quote() throws MalformedDataException {
        return Quote.decode(file("attest.bin"), file("signature.bin"));
    }

    public AttestationKey key() throws MalformedDataException {
        return AttestationKey.decode(file("ak-public.bin"));
    }

    public Bytes nonceBytes() {
        return Bytes.parseHex(text("nonce.hex"));
    }

    public Nonce nonce() {
        return Nonce.of(nonceBytes());
    }

    public PcrSelection selection() throws MalformedDataException {
        return PcrSelection.parse(text("pcrs"));
    }

    public PcrValues values() throws MalformedDataException {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json"))));
    }

    @Override
    public String toString() {
        return boot.getFileName() + "/" + scheme;
    }
}
