package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.uefi.EfiTime;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.TestCertificates;
import io.github.measuredboot.uefi.VariableAuthentication2;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UefiCommandsTest {
    private static final Guid MICROSOFT = Guid.of("77fa9abd-0359-4d32-bd60-28f4e78f784b");
    private static final String HASH = "11".repeat(32);

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {
        JsonNode json() throws Exception {
            assertEquals(1, out.lines().count());
            return new ObjectMapper().readTree(out);
        }
    }

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private String file(Bytes content) throws Exception {
        return Files.write(folder.resolve("file"), content.toByteArray()).toString();
    }

    private static Bytes hashes() {
        SignatureData entry = new SignatureData(MICROSOFT, Bytes.parseHex(HASH));
        return SignatureList.of(SignatureType.SHA256, entry).encode();
    }

    static Bytes platformKey() throws Exception {
        for (Event event : EventLog.wrap(TestLogs.read(Path.of("testdata/boots/uki-secureboot/eventlog.bin")))
                .events()) {
            if (event.claimedType().name().equals("EV_EFI_VARIABLE_DRIVER_CONFIG")) {
                VariableData variable = VariableData.decode(event.data(), 0);
                if (variable.unicodeName().equals("PK")) {
                    return variable.data();
                }
            }
        }
        throw new AssertionError("no PK");
    }

    @Test
    void aGuidIsShownInAllItsForms() {
        for (String form : new String[] {"A5C059A1-94E4-4AA7-87B5-AB155C2BF072", "a159c0a5e494a74a87b5ab155c2bf072"}) {
            Result result = run("guid", form);
            assertEquals(0, result.exitCode);
            assertEquals(
                    "canonical  a5c059a1-94e4-4aa7-87b5-ab155c2bf072\n"
                            + "swapped    a159c0a5-e494-a74a-87b5-ab155c2bf072\n"
                            + "bytes      a159c0a5e494a74a87b5ab155c2bf072\n"
                            + "name       gEfiCertX509Guid\n",
                    result.out.replace(System.lineSeparator(), "\n"));
        }
    }

    @Test
    void theSwappedFormOfAKnownGuidIsPointedOut() throws Exception {
        String swapped = "a159c0a5-e494-a74a-87b5-ab155c2bf072";
        String note = "note: this is the byte-swapped form of a5c059a1-94e4-4aa7-87b5-ab155c2bf072 (gEfiCertX509Guid)";
        assertTrue(run("guid", swapped).out.contains(note));
        JsonNode json = run("guid", "--json", swapped).json();
        assertEquals(swapped, json.get("canonical").asText());
        assertFalse(json.has("name"));
        assertEquals("gEfiCertX509Guid", json.get("swappedFormOf").get("name").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{a5c059a1-94e4-4aa7-87b5-ab155c2bf072}", "a5c059a1-94e4-4aa7-87b5-ab155c2"})
    void whatIsNoGuidIsAnError(String text) {
        Result result = run("guid", text);
        assertEquals(1, result.exitCode);
        assertEquals("", result.out);
        assertTrue(result.err.startsWith("measuredboot: not "), result.err);
    }

    @Test
    void hashesAreListedWithTheirOwner() throws Exception {
        Result result = run("sigdb", file(hashes()));
        assertEquals(0, result.exitCode);
        assertTrue(result.out.contains("list 1: sha256, 1 entries of 48 bytes"), result.out);
        assertTrue(result.out.contains("owner " + MICROSOFT), result.out);
        assertTrue(result.out.contains("hash " + HASH), result.out);
    }

    @Test
    void aVariableOfEfivarfsHasItsAttributesInFront() throws Exception {
        String file = file(new ByteWriter().u32(0x27).bytes(platformKey()).toBytes());
        Result result = run("sigdb", file);
        assertEquals(0, result.exitCode);
        assertTrue(result.out.startsWith("efivarfs variable, attributes 0x27"), result.out);
        assertTrue(result.out.contains("subject CN="), result.out);
        assertTrue(result.out.contains("valid 20"), result.out);
        JsonNode json = run("sigdb", "--json", file).json();
        assertEquals(file, json.get("file").asText());
        assertEquals("efivarfs", json.get("form").asText());
        assertEquals(0x27, json.get("attributes").asInt());
        JsonNode list = json.get("lists").get(0);
        assertEquals("x509", list.get("typeName").asText());
        JsonNode certificate = list.get("signatures").get(0).get("certificate");
        assertEquals(64, certificate.get("sha256").asText().length());
        assertTrue(certificate.get("subject").asText().startsWith("CN="), certificate.toString());
    }

    @Test
    void aSignedUpdateHasATimeStamp() throws Exception {
        EfiTime time = new EfiTime(2021, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0);
        String file =
                file(new VariableAuthentication2(time, SignatureType.PKCS7.guid(), Bytes.parseHex("3000"), hashes())
                        .encode());
        assertTrue(run("sigdb", file).out.startsWith("signed update, time stamp 2021-02-03T04:05:06Z"));
        JsonNode json = run("sigdb", "--json", file).json();
        assertEquals("auth", json.get("form").asText());
        assertEquals("2021-02-03T04:05:06Z", json.get("timeStamp").asText());
        assertEquals(
                HASH,
                json.get("lists").get(0).get("signatures").get(0).get("hash").asText());
    }

    @Test
    void aBrokenCertificateDoesNotHideTheRest() throws Exception {
        Bytes broken = SignatureList.of(SignatureType.X509, new SignatureData(MICROSOFT, Bytes.parseHex("3001")))
                .encode();
        String file = file(new ByteWriter().bytes(broken).bytes(hashes()).toBytes());
        Result result = run("sigdb", file);
        assertEquals(0, result.exitCode);
        assertTrue(result.out.contains("broken certificate: Certificate.DER at offset 44"), result.out);
        assertTrue(result.out.contains("hash " + HASH), result.out);
        JsonNode signature = run("sigdb", "--json", file)
                .json()
                .get("lists")
                .get(0)
                .get("signatures")
                .get(0);
        assertEquals(
                44,
                signature.get("brokenCertificate").get("error").get("offset").asInt());
    }

    @Test
    void aCertificateAloneIsToBeMadeAList() throws Exception {
        byte[] der = TestCertificates.of(new X500Name("CN=a")).toByteArray();
        Result inDer = run("sigdb", file(Bytes.wrap(der)));
        assertEquals(1, inDer.exitCode);
        assertTrue(inDer.err.contains("looks like an X.509 certificate in DER"), inDer.err);
        assertTrue(inDer.err.contains("cert-to-efi-sig-list"), inDer.err);
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
        Result inPem = run("sigdb", file(Bytes.encode(pem, StandardCharsets.US_ASCII)));
        assertTrue(inPem.err.contains("looks like an X.509 certificate in PEM"), inPem.err);
        assertTrue(inPem.err.contains("cert-to-efi-sig-list"), inPem.err);
        Result hex = run("sigdb", file(Bytes.encode(hashes().toHex(), StandardCharsets.US_ASCII)));
        assertTrue(hex.err.contains("looks like hexadecimal digits"), hex.err);
        Result log = run("sigdb", Run.log("uki-direct"));
        assertTrue(log.err.contains("looks like a TCG event log"), log.err);
    }

    @Test
    void anotherFileIsAnErrorWithItsPlace() throws Exception {
        String file = file(Bytes.wrap("this is not a signature database at all".getBytes(StandardCharsets.US_ASCII)));
        Result result = run("sigdb", "--json", file);
        assertEquals(1, result.exitCode);
        assertTrue(result.err.contains("not a signature database: EFI_SIGNATURE_LIST.format"), result.err);
        assertTrue(result.err.contains("looks like text"), result.err);
        assertEquals("format", result.json().get("error").get("field").asText());
        assertEquals(1, run("sigdb", file(Bytes.EMPTY)).exitCode);
        Result missing = run("sigdb", "--json", folder.resolve("missing").toString());
        assertEquals(1, missing.exitCode);
        assertTrue(missing.json().get("error").get("message").asText().endsWith("no such file"));
    }
}
