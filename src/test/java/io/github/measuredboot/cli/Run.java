package io.github.measuredboot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.testing.CapturedQuote;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** One run of the command line. */
record Run(int exitCode, String out, String err) {
    static final Path BOOTS = Path.of("testdata/boots");

    static Run of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    static Run withInput(Path input, List<String> args) {
        InputStream before = System.in;
        try (InputStream file = Files.newInputStream(input)) {
            System.setIn(file);
            return of(args);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.setIn(before);
        }
    }

    static Run of(List<String> args, String... more) {
        return of(join(args, more).toArray(new String[0]));
    }

    static List<String> join(List<String> args, String... more) {
        List<String> all = new ArrayList<>(args);
        all.addAll(List.of(more));
        return all;
    }

    static String log(String boot) {
        return BOOTS.resolve(boot).resolve("eventlog.bin").toString();
    }

    static String pcrs(String boot) {
        return BOOTS.resolve(boot).resolve("pcrs.json").toString();
    }

    static List<String> quote(CapturedQuote captured) {
        return List.of(
                "--quote",
                captured.path("attest.bin").toString(),
                "--signature",
                captured.path("signature.bin").toString(),
                "--ak",
                captured.path("ak-public.bin").toString(),
                "--nonce",
                captured.nonceBytes().toHex());
    }

    JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out);
    }

    List<String> rejecting() throws Exception {
        List<String> rules = new ArrayList<>();
        for (JsonNode finding : json().at("/verdict/findings")) {
            if (finding.get("rejects").asBoolean()) {
                rules.add(finding.get("rule").asText());
            }
        }
        return rules;
    }

    List<String> texts(String array, String member) throws Exception {
        return json().get(array).findValuesAsText(member);
    }
}
