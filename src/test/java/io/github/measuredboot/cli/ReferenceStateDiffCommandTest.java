package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code refstate diff}, and the difference that {@code save} prints. */
class ReferenceStateDiffCommandTest {
    private static final String STATE = "{\"scrtm_and_bios\":[],\"pk\":[],\"kek\":[],\"db\":[],\"dbx\":[%s],"
            + "\"uki_digest\":{\"sha256\":\"0x%s\"}}";

    @TempDir
    private Path folder;

    private String write(String name, String json) throws Exception {
        return Files.writeString(folder.resolve(name), json).toString();
    }

    @Test
    void theSame() throws Exception {
        String first = write("first", STATE.formatted("", "01".repeat(32)));
        Run run = Run.of("refstate", "diff", first, first);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("same", run.out().strip());
    }

    @Test
    void anotherUki() throws Exception {
        String first = write("first", STATE.formatted("", "01".repeat(32)));
        String second = write("second", STATE.formatted("", "02".repeat(32)).replace("\"pk\"", "\"later\":1,\"pk\""));
        Run run = Run.of("refstate", "diff", first, second);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("different: the UKI has changed\ncategories: uki-changed\n"), run.out());
        assertTrue(
                run.out().contains("    old:      sha256:" + "01".repeat(6) + "…\n    new:      sha256:"), run.out());
        assertTrue(run.err().contains("second: unknown member /later was not read"), run.err());
        JsonNode json = Run.of("refstate", "diff", "--json", first, second).json();
        assertEquals("[\"uki-changed\"]", json.get("categories").toString());
        assertEquals("changed", json.at("/changes/0/kind").asText());
        assertEquals(4, json.at("/changes/0/pcr").asInt());
        assertEquals("02".repeat(32), json.at("/changes/0/found/digests/sha256").asText());
        assertEquals("[\"/later\"]", json.at("/new/unknownMembers").toString());
        assertEquals("uki-changed", json.at("/hints/0/id").asText());
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
        String first = write("first", STATE.formatted("", "01".repeat(32)));
        String updated = write("updated", STATE.formatted(dbx, "01".repeat(32)));
        Run text = Run.of("refstate", "diff", first, updated);
        assertTrue(text.out().startsWith("different: dbx has 25 entries more\ncategories: dbx-update\n"), text.out());
        assertTrue(text.out().contains("    and 5 more, which --json lists"), text.out());
        JsonNode json = Run.of("refstate", "diff", "--json", first, updated).json();
        assertEquals(25, json.at("/changes/0/items").size());
    }

    @Test
    void whatCannotBeReadIsAnError() throws Exception {
        String first = write("first", STATE.formatted("", "01".repeat(32)));
        Run malformed = Run.of("refstate", "diff", "--json", first, write("broken", "{\"pk\":[1]}"));
        assertEquals(1, malformed.exitCode());
        assertTrue(malformed.json().at("/error/message").asText().contains("/pk/0"), malformed.out());
        assertEquals(1, Run.of("refstate", "diff", folder + "/none", first).exitCode());
        assertEquals(1, Run.of("refstate", "diff", "a\0b", first).exitCode());
        assertEquals(1, Run.of("refstate", "diff", first).exitCode());
    }

    @Test
    void saveReportsWhatDiffersFromTheStateBefore() throws Exception {
        Run first = save("uki-direct");
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(!first.out().contains("state before"), first.out());
        Run second = save("uki-direct-other-cmdline");
        assertTrue(second.out().contains("\nfrom the state before:\ndifferent: the UKI has changed;"), second.out());
        Run third = save("uki-direct", "--json");
        assertEquals(
                "[\"uki-changed\",\"settings-changed\"]",
                third.json().at("/difference/categories").toString());
        Run fourth = save("uki-direct", "--json");
        assertTrue(fourth.json().at("/difference/same").asBoolean(), fourth.out());
    }

    @Test
    void saveReplacesWhatCannotBeRead() throws Exception {
        write("refstate.json", "garbage");
        Run run = save("uki-direct");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("note: the state before cannot be read, and was not compared: "), run.err());
        assertEquals("garbage", Files.readString(folder.resolve("refstate.json.previous")));
    }

    private Run save(String boot, String... more) {
        return Run.of(List.of("save", "-e", log(boot), "--refstate-dir", folder.toString()), more);
    }
}
