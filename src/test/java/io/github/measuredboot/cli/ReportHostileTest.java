package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.testing.HostileLogs;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written in a log is text in the page of that log. */
class ReportHostileTest {
    private static final List<String> PLACES = List.of(
            "version",
            "variable",
            "subject",
            "option",
            "loader",
            "driver",
            "action",
            "kernel",
            "grub",
            "stub",
            "section",
            "tag",
            "shim",
            "sbat",
            "authority",
            "post");

    private static final TestAuthority ISSUER = TestAuthority.root("CN=issuer");
    private static final KeyPair SUBJECT = TestAuthority.ecc("secp256r1");

    @TempDir
    Path folder = Path.of("");

    /** Where a text is put, and that text around a word that finds it again. */
    private record Attack(String name, UnaryOperator<String> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                new Attack("an element", word -> word + "<img src=x onerror=alert(1)>"),
                new Attack("a script", word -> "<script>alert(1)</script>" + word),
                new Attack("the end of the styles", word -> word + "</style></title></svg><script>alert(1)</script>"),
                new Attack("quotes", word -> word + "\" onmouseover=\"alert(1)\" x='"),
                new Attack("an entity", word -> word + "&lt;b&gt;&#60;b&#62;"),
                new Attack("a comment", word -> word + "<!-- --><![CDATA[ ]]>"),
                new Attack("bidi", word -> word + "\u202e\u2066\u200f gpj.exe"),
                new Attack("NUL", word -> word + "\u0001\u0000\u0000<b>\u0000"),
                new Attack("controls", word -> word + "\u001b[31m\r\n\u0085\u2028<b>"),
                new Attack("lone surrogates", word -> word + "\ud800<b>\udc00\udbff"),
                new Attack("a very long text", word -> word + "<b>" + "x<".repeat(8_000)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void textsOfTheLogAreText(Attack attack) throws Exception {
        Page good = Page.of(folder, write("good.bin", word -> word), write("good2.bin", word -> word + "2"));
        Page evil = Page.of(folder, write("evil.bin", attack.of()), write("good.bin", word -> word));
        assertEquals(Set.of(), without(evil.shapes(), good.shapes()));
        assertReached(good);
        if (!attack.name().equals("NUL")) {
            assertReached(evil);
        }
        Page alone = Page.of(folder, write("evil.bin", attack.of()));
        Page goodAlone = Page.of(folder, write("good.bin", word -> word));
        assertEquals(Set.of(), without(alone.shapes(), goodAlone.shapes()));
    }

    @Test
    void markupIsReadAsItWasWritten() throws Exception {
        Page page = Page.of(folder, write("evil.bin", word -> word + "<b>&amp;\"'"));
        assertTrue(page.text(".facts").contains("MARKloader<b>&amp;\"'"), page.text(".facts"));
        assertEquals(0, page.document().select("b").size());
    }

    @Test
    void namesOfFilesAreText() throws Exception {
        String name = write("<img src=x onerror='alert(1)'>\u202e&quot;.bin", word -> word);
        Page page = Page.of(folder, name);
        assertTrue(
                page.text(".origin").contains("<img src=x onerror='alert(1)'>\\u202e&quot;.bin"), page.text(".origin"));
        String state = folder.resolve("<b>state\"'.json").toString();
        Run made = Run.of(
                "refstate",
                "create",
                "--full",
                "-e",
                Run.log("uki-direct"),
                "--pcrs",
                Run.pcrs("uki-direct"),
                "-o",
                state);
        assertEquals(0, made.exitCode(), made::err);
        Page judged = Page.of(folder, name, "-r", state, "--pcrs", Run.pcrs("uki-direct"));
        assertTrue(
                judged.text("section:has(#expected)").contains("<b>state\"'.json"),
                judged.text("section:has(#expected)"));
        Page plain = Page.of(folder, Run.log("uki-secureboot"), "-r", state, "--pcrs", Run.pcrs("uki-secureboot"));
        assertEquals(Set.of(), without(judged.shapes(), plain.shapes()));
    }

    /** In half of the heap that a log of this size may take elsewhere. */
    @Test
    void aMillionTinyEventsFitInLittleMemory() throws Exception {
        int count = 1_000_000;
        byte[] log = new byte[count * 32];
        for (int i = 0; i < count; i++) {
            log[i * 32] = (byte) (i % 24);
            log[i * 32 + 4] = 1;
        }
        Path file = Files.write(folder.resolve("tiny.bin"), Arrays.copyOf(log, 16 << 20));
        Path page = folder.resolve("page.html");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "report",
                        file.toString(),
                        "-o",
                        page.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "out"))
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        String out = Files.readString(folder.resolve("out"));
        assertEquals(Main.ERROR, process.exitValue(), out);
        assertTrue(out.startsWith("MALFORMED LOG: "), out);
        String html = Files.readString(page);
        assertTrue(html.length() < 400_000, () -> html.length() + " characters");
        assertTrue(html.contains("and 99600 more events"), out);
    }

    private static Set<String> without(Set<String> all, Set<String> known) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    /** Every place is on the page: otherwise nothing was tried. */
    private static void assertReached(Page page) {
        String text = page.document().text();
        List<String> missing = new ArrayList<>(PLACES);
        missing.removeIf(place -> text.contains("MARK" + place));
        assertEquals(List.of(), missing);
    }

    private String write(String name, UnaryOperator<String> attack) throws IOException {
        return Files.write(folder.resolve(name), log(attack)).toString();
    }

    private static byte[] log(UnaryOperator<String> attack) {
        UnaryOperator<String> at = place -> attack.apply("MARK" + place);
        Bytes certificate = certificate(at.apply("subject"));
        return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(0, EventType.EV_S_CRTM_VERSION, Utf16.encode(at.apply("version") + "\0"))
                .measure(0, EventType.EV_POST_CODE, ascii(at.apply("post")))
                .measure(
                        1,
                        EventType.EV_EFI_VARIABLE_BOOT,
                        new VariableData(
                                        HostileLogs.GLOBAL_VARIABLE,
                                        "Boot0001",
                                        option(at.apply("option")),
                                        Bytes.EMPTY)
                                .encode())
                .measure(
                        7,
                        EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                        new VariableData(HostileLogs.GLOBAL_VARIABLE, "SecureBoot", Bytes.parseHex("01"), Bytes.EMPTY)
                                .encode())
                .measure(
                        7,
                        EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                        new VariableData(
                                        HostileLogs.IMAGE_SECURITY,
                                        "db",
                                        SignatureList.of(SignatureType.X509, new SignatureData(Guid.ZERO, certificate))
                                                .encode(),
                                        Bytes.EMPTY)
                                .encode())
                .measure(
                        7,
                        EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                        new VariableData(
                                        HostileLogs.GLOBAL_VARIABLE,
                                        at.apply("variable"),
                                        Bytes.parseHex("01"),
                                        Bytes.EMPTY)
                                .encode())
                .measure(2, EventType.EV_EFI_BOOT_SERVICES_DRIVER, ascii("driver"), image(at.apply("driver")))
                .measure(4, EventType.EV_EFI_ACTION, ascii(at.apply("action")))
                .measure(4, EventType.EV_SEPARATOR, Bytes.parseHex("00000000"))
                .measure(7, EventType.EV_SEPARATOR, Bytes.parseHex("00000000"))
                .measure(
                        7,
                        EventType.EV_EFI_VARIABLE_AUTHORITY,
                        new VariableData(
                                        HostileLogs.IMAGE_SECURITY,
                                        at.apply("authority"),
                                        new SignatureData(Guid.ZERO, certificate).encode(),
                                        Bytes.EMPTY)
                                .encode())
                .measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, ascii("loader"), image(at.apply("loader")))
                .measure(
                        7,
                        EventType.EV_EFI_VARIABLE_AUTHORITY,
                        new VariableData(
                                        Guid.of("605dab50-e046-4300-abb6-3dd810dd8b23"),
                                        "SbatLevel",
                                        ascii(at.apply("sbat")),
                                        Bytes.EMPTY)
                                .encode())
                .measure(8, EventType.EV_IPL, ascii("grub_cmd: " + at.apply("grub")))
                .measure(8, EventType.EV_IPL, ascii("kernel_cmdline: " + at.apply("kernel")))
                .measure(12, EventType.EV_IPL, Utf16.encode(at.apply("stub") + "\0"))
                .measure(11, EventType.EV_IPL, ascii(at.apply("section")))
                .measure(14, EventType.EV_IPL, ascii(at.apply("shim")))
                .measure(
                        9,
                        EventType.EV_EVENT_TAG,
                        new ByteWriter()
                                .u32(0x8f3b22ecL)
                                .u32(ascii(at.apply("tag")).length())
                                .bytes(ascii(at.apply("tag")))
                                .toBytes())
                .build();
    }

    private static Bytes certificate(String name) {
        TestAuthority.Spec spec = new TestAuthority.Spec();
        spec.subject =
                new X500NameBuilder().addRDN(BCStyle.CN, new DERBMPString(name)).build();
        return ISSUER.issue(spec, SUBJECT);
    }

    private static Bytes option(String description) {
        return new ByteWriter()
                .u32(1)
                .u16(4)
                .bytes(Utf16.encode(description + "\0"))
                .bytes(Bytes.parseHex("7fff0400"))
                .toBytes();
    }

    private static Bytes image(String name) {
        Bytes text = Utf16.encode(name + "\0");
        Bytes path = new ByteWriter()
                .u8(4)
                .u8(4)
                .u16(4 + text.length())
                .bytes(text)
                .bytes(Bytes.parseHex("7fff0400"))
                .toBytes();
        return new ByteWriter()
                .u64(0x1000)
                .u64(0x1000)
                .u64(0)
                .u64(path.length())
                .bytes(path)
                .toBytes();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
