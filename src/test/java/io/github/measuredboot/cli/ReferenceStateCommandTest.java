package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReferenceStateCommandTest {
    private static final String STATE = "{\"scrtm_and_bios\":[],\"pk\":[],\"kek\":[],\"db\":[],\"dbx\":[%s],"
            + "\"uki_digest\":{\"sha256\":\"0x%s\"}}";

    @TempDir
    private Path folder;

    private String first = "";
    private String second = "";

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void writeStates() throws Exception {
        first = write("first", STATE.formatted("", "01".repeat(32)));
        second = write("second", STATE.formatted("", "02".repeat(32)).replace("\"pk\"", "\"later\":1,\"pk\""));
    }

    private String write(String name, String json) throws Exception {
        return Files.writeString(folder.resolve(name), json).toString();
    }

    @Test
    void theSameStateEndsWith0() {
        Result result = run("refstate", "diff", first, first);
        assertEquals(0, result.exitCode, result.err);
        assertEquals("same", result.out.strip());
    }

    @Test
    void aDifferenceEndsWith2AndIsTold() {
        Result result = run("refstate", "diff", first, second);
        assertEquals(2, result.exitCode, result.err);
        assertTrue(result.out.startsWith("different: uki changed"), result.out);
        assertTrue(result.out.contains("  sha256:" + "01".repeat(32) + " -> sha256:" + "02".repeat(32)), result.out);
        assertTrue(result.err.contains("second: unknown member /later was not read"), result.err);
    }

    @Test
    void aDifferenceInJson() throws Exception {
        Result result = run("refstate", "diff", "--json", first, second);
        assertEquals(2, result.exitCode, result.err);
        JsonNode json = new ObjectMapper().readTree(result.out);
        assertEquals("[\"uki_changed\"]", json.get("categories").toString());
        assertEquals("uki_digest", json.at("/changes/0/part").asText());
        assertEquals("changed", json.at("/changes/0/kind").asText());
        assertEquals("[\"/later\"]", json.at("/new/unknownMembers").toString());
        assertEquals(second, json.at("/new/name").asText());
        assertEquals("false", json.get("same").toString());
    }

    @Test
    void longListsAreCutInTextOnly() throws Exception {
        StringBuilder dbx = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            dbx.append(i == 0 ? "" : ",")
                    .append("{\"SignatureOwner\":\"00000000-0000-0000-0000-000000000000\",\"SignatureData\":\"0x")
                    .append("%02x".formatted(i).repeat(32))
                    .append("\"}");
        }
        String updated = write("updated", STATE.formatted(dbx, "01".repeat(32)));
        Result text = run("refstate", "diff", first, updated);
        assertTrue(text.out.startsWith("different: dbx update"), text.out);
        assertTrue(text.out.contains("  and 5 more, which --json lists"), text.out);
        Result json = run("refstate", "diff", "--json", first, updated);
        assertEquals(
                25, new ObjectMapper().readTree(json.out).at("/changes/0/items").size());
    }

    @Test
    void whatCannotBeReadEndsWith1() throws Exception {
        String broken = write("broken", "{\"pk\":[1]}");
        Result malformed = run("refstate", "diff", "--json", first, broken);
        assertEquals(1, malformed.exitCode);
        JsonNode error = new ObjectMapper().readTree(malformed.out).get("error");
        assertEquals("/pk/0", error.get("field").asText());
        assertEquals(broken, error.get("state").asText());
        assertEquals(1, run("refstate", "diff", folder + "/none", first).exitCode);
        assertEquals(1, run("refstate", "diff", "a\0b", first).exitCode);
        assertEquals(1, run("refstate", "diff", folder.toString(), first).exitCode);
        assertEquals(1, run("refstate", "diff", first).exitCode);
        assertEquals(1, run("refstate", "diff", "--nonsense", first, second).exitCode);
        Result noSubcommand = run("refstate");
        assertEquals(1, noSubcommand.exitCode);
        assertTrue(noSubcommand.err.contains("Missing required subcommand"), noSubcommand.err);
        assertEquals(0, run("refstate", "help").exitCode);
    }

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(args);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
