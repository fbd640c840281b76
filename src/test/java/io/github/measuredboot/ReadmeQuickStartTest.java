package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.ExampleCompiler;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start of README.md compiles as it is printed there, and does what README.md says. */
class ReadmeQuickStartTest {
    private static final Pattern QUICK_START = Pattern.compile(
            "```java\\n(import .*?public final class QuickStart .*?)```.*?`(testdata/[^`]*)`.*?```text\\n(.*?)```",
            Pattern.DOTALL);

    @TempDir
    Path folder;

    private MatchResult readme;
    private URLClassLoader loader;

    @BeforeEach
    void compile() throws Exception {
        readme = QUICK_START
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .findFirst()
                .orElseThrow();
        assertEquals("", ExampleCompiler.compile("QuickStart", readme.group(1), folder));
        loader = ExampleCompiler.loader(folder);
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    @Test
    void itPrintsWhatReadmeSays() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            call("main", (Object) new String[] {readme.group(2)});
        } finally {
            System.setOut(out);
        }
        assertEquals(readme.group(3), printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void itAcceptsTheEnrolledBootOnly() throws Exception {
        Object machine = enrol("uki-secureboot");
        assertEquals(Verdict.Outcome.ACCEPTED, verify(machine, "uki-secureboot").outcome());

        QuoteRefusedException refused =
                assertThrows(QuoteRefusedException.class, () -> verify(machine, "uki-direct-other-cmdline"));
        assertEquals(QuoteRefusal.SIGNER_DIFFERS, refused.reason());
        QuoteRefusedException stale = assertThrows(
                QuoteRefusedException.class,
                () -> call("verify", machine, report("uki-secureboot"), nonce("uki-direct")));
        assertEquals(QuoteRefusal.NONCE_DIFFERS, stale.reason());

        Object replaced = component(machine, "keyName", component(enrol("uki-direct-other-cmdline"), "keyName"));
        assertTrue(verify(replaced, "uki-direct-other-cmdline").rejections().size() > 1);
    }

    private Object enrol(String boot) throws Exception {
        return call("enrol", report(boot), nonce(boot), Instant.EPOCH);
    }

    private Verdict verify(Object machine, String boot) throws Exception {
        return (Verdict) call("verify", machine, report(boot), nonce(boot));
    }

    private Object report(String boot) throws Exception {
        CapturedQuote quote = CapturedQuote.of(boot, "ecc");
        return make(
                "Report",
                TestLogs.read(quote.boot().resolve("eventlog.bin")),
                Bytes.wrap(TestLogs.read(quote.boot().resolve("pcrs.json"))),
                quote.file("attest.bin"),
                quote.file("signature.bin"),
                quote.file("ak-public.bin"));
    }

    private static Nonce nonce(String boot) {
        return CapturedQuote.of(boot, "ecc").nonce();
    }

    private static Object component(Object machine, String name) throws Exception {
        Method accessor = machine.getClass().getDeclaredMethod(name);
        accessor.setAccessible(true);
        return accessor.invoke(machine);
    }

    private Object component(Object machine, String name, Object value) throws Exception {
        return make(
                "Machine",
                Arrays.stream(machine.getClass().getRecordComponents())
                        .map(part -> {
                            try {
                                return part.getName().equals(name) ? value : component(machine, part.getName());
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .toArray());
    }

    private Object make(String record, Object... components) throws Exception {
        var constructor = loader.loadClass("QuickStart$" + record).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(components);
    }

    private Object call(String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(loader.loadClass("QuickStart").getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
