package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of operators, as they are typed. */
class OperatorCommandsTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final Path NEW_UKI = Boot.root().resolve("testdata/uki/signed.efi");

    /** What firmware would measure of {@link #NEW_UKI} and the kernel in it: their digests by pesign. */
    private static final Boot WITH_NEW_UKI = GOOD.withDigest(
                    "3c88da573c12c17d16dadd0dd51595a4e6e2e6e9c8e1477e2a61aeab5b5556b3",
                    "4b46674c67f9dc4b096fae19f169b4bd35f3e48e516aeb3bf6de892f85c3effa")
            .withDigest(
                    "a20646051d119ba9f5e4f6759d6bb1395157aa7d69bc39fa42e3e5d8cb94c56b",
                    "29fa0f370c46e3a26c3b2b20777fb3ddbcabbc4e0376438a1b5cb94c36931187");

    @TempDir
    static Path data;

    private static RunningVerifier verifier;

    /** What a command printed, and its exit code. */
    private record Ran(int code, String out, String err) {
        JsonNode json() throws Exception {
            return Client.JSON.readTree(out);
        }

        /** {@return the cells of the line that has a word} */
        List<String> row(String word) {
            return out.lines()
                    .filter(line -> List.of(line.split("\\s{2,}")).contains(word))
                    .map(line -> List.of(line.split("\\s{2,}")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(out));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        verifier = new RunningVerifier(data);
    }

    @AfterAll
    static void stop() throws Exception {
        verifier.close();
    }

    private static Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", "https://localhost:" + verifier.port(), "--data", data.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = commands.execute(all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private static Ran succeeds(String... arguments) {
        Ran ran = run(arguments);
        assertEquals(0, ran.code, ran.err);
        return ran;
    }

    private static String attest(SimulatedMachine machine) throws Exception {
        return machine.attest().get("status").textValue();
    }

    @Test
    void machineFromItsGroupToItsRemoval(@TempDir Path folder) throws Exception {
        Path state = Files.writeString(folder.resolve("state.json"), RunningVerifier.stateOf(GOOD));
        succeeds("group", "web", "--trust", "first-use", "--reference", "operator", "--secure-boot-off");
        succeeds("accept-state", "web", state.toString(), "--label", "image 1");
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            String id = machine.enrol("web", "web-1");
            assertEquals("PENDING", succeeds("status").row("web-1").get(0));
            assertEquals("PASS", attest(machine));
            List<String> row = succeeds("status").row("web-1");
            assertEquals(List.of("PASS", "web-1", "web"), row.subList(0, 3));
            assertEquals(List.of("1", "0", "asserted", id), row.subList(4, 8));

            machine.reboot(WITH_NEW_UKI);
            assertEquals("FAIL", attest(machine));
            String inspected = succeeds("inspect", "web-1").out;
            assertTrue(inspected.startsWith("web-1: FAIL, attestation 2 rejected\n"), inspected);
            assertTrue(inspected.contains("the UKI has changed"), inspected);
            assertTrue(inspected.contains("image sha256:4b46674c67f9dc4b"), inspected);
            assertTrue(inspected.contains("Secure Boot: false\n"), inspected);
            JsonNode machines = succeeds("status", "--json").json();
            JsonNode found = byName(machines, "web-1");
            assertEquals("FAIL", found.get("status").textValue());
            assertEquals(1, found.get("consecutiveFailures").intValue());
            assertEquals(
                    "rejected",
                    succeeds("inspect", id, "--json").json().get("outcome").textValue());

            List<String> again = succeeds("rejudge", "web-1").row("1");
            assertEquals(List.of("accepted", "accepted", "accepted"), again.subList(2, 5));
            assertEquals(
                    "rejected",
                    succeeds("rejudge", "web-1", "--json")
                            .json()
                            .get(0)
                            .get("byTodaysStates")
                            .textValue());

            succeeds("remove", "web-1");
            assertFalse(succeeds("status").out.contains("web-1"));
            Ran gone = run("inspect", "web-1");
            assertEquals(1, gone.code);
            assertEquals("there is no machine web-1", gone.err.strip());
        }
    }

    private static JsonNode byName(JsonNode machines, String name) {
        for (JsonNode machine : machines) {
            if (machine.get("name").textValue().equals(name)) {
                return machine;
            }
        }
        throw new AssertionError(machines.toString());
    }

    @Test
    void newImageIsAcceptedBeforeAnyMachineBootedItAndTheOldOneIsRetired(@TempDir Path folder) throws Exception {
        Path state = Files.writeString(folder.resolve("old"), RunningVerifier.stateOf(GOOD));
        succeeds("group", "roll", "--trust", "first-use", "--secure-boot-off");
        assertEquals(1, run("accept-uki", "roll", NEW_UKI.toString()).code, "there is no state to start from");
        succeeds("accept-state", "roll", state.toString());
        try (SimulatedMachine eager = verifier.machine(GOOD);
                SimulatedMachine lazy = verifier.machine(GOOD)) {
            eager.enrol("roll", "eager");
            lazy.enrol("roll", "lazy");
            assertEquals("PASS", attest(eager));
            assertEquals("PASS", attest(lazy));
            assertEquals("1 state added\n", succeeds("accept-uki", "roll", NEW_UKI.toString()).out);
            assertEquals("0", succeeds("rollout", "roll").row("signed.efi").get(4));

            eager.reboot(WITH_NEW_UKI);
            assertEquals("PASS", attest(eager));
            assertEquals("PASS", attest(lazy), "the old image is accepted still");
            Ran rollout = succeeds("rollout", "roll");
            assertEquals("1: lazy", rollout.row("old").get(4));
            assertEquals("1: eager", rollout.row("signed.efi").get(4));

            String old = rollout.row("old").get(0);
            JsonNode retired = succeeds("rollout", "roll", "--retire", old, "--json")
                    .json()
                    .get("states");
            assertFalse(retired.get(0).get("state").get("retiredAt").isNull(), retired.toString());
            assertEquals("FAIL", attest(lazy));
            assertEquals("PASS", attest(eager));
            assertEquals(1, run("rollout", "roll", "--retire", old).code, "it is retired already");
        }
    }

    @Test
    void newImageOfMachinesThatAreKeptToTheirFirstBoot() throws Exception {
        succeeds("group", "first", "--trust", "first-use", "--reference", "first-use", "--secure-boot-off");
        try (SimulatedMachine one = verifier.machine(GOOD);
                SimulatedMachine two = verifier.machine(Boot.captured("sdboot-uki"))) {
            one.enrol("first", "one");
            two.enrol("first", "two");
            assertEquals("PASS", attest(one));
            assertEquals("PASS", attest(two));
            assertEquals("2 states added\n", succeeds("accept-uki", "first", NEW_UKI.toString()).out);
            one.reboot(WITH_NEW_UKI);
            assertEquals("PASS", attest(one));
            two.reboot(WITH_NEW_UKI);
            assertEquals("FAIL", attest(two), "the new image without the boot loader of this machine");
        }
    }

    @Test
    void nameOfSeveralMachinesIsNotEnough() throws Exception {
        succeeds("group", "twins", "--trust", "first-use", "--secure-boot-off");
        try (SimulatedMachine one = verifier.machine(GOOD);
                SimulatedMachine two = verifier.machine(GOOD)) {
            String id = one.enrol("twins", "twin");
            two.enrol("twins", "twin");
            Ran ran = run("remove", "twin");
            assertEquals(1, ran.code);
            assertTrue(ran.err.startsWith("several machines are called so"), ran.err);
            succeeds("remove", id);
            succeeds("remove", "twin");
        }
    }

    @Test
    void wrongTokenIsRefused(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "0".repeat(64));
        Ran ran = run("status", "--token-file", token.toString());
        assertEquals(1, ran.code);
        assertEquals("401 this is for operators", ran.err.strip());
    }
}
