package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The members of every JSON output are those that docs/JSON.md lists. {@code -Dmeasuredboot.document=true} writes the page anew, to be
 * read before it is committed.
 */
class JsonOutputsTest {
    private static final Path PAGE = Path.of("docs/JSON.md");
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9]*");
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Members whose values are ids of this program, whatever object they are in. */
    private static final List<String> IDS = List.of(
            "status",
            "quirk",
            "structure",
            "outcome",
            "constraint",
            "proof",
            "pcrProof",
            "digestProof",
            "digestPcrProof",
            "phase",
            "kind",
            "category",
            "topic",
            "rule",
            "refused",
            "form",
            "basis",
            "source",
            "content",
            "typeName",
            "identity",
            "purpose",
            "id");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> membersAreThoseOfThePage() throws Exception {
        Map<String, Map<String, String>> found = all();
        if (Boolean.getBoolean("measuredboot.document")) {
            Files.writeString(PAGE, page(found));
        }
        Map<String, Map<String, String>> documented = documented();
        assertEquals(found.keySet(), documented.keySet());
        return found.entrySet().stream()
                .map(output -> dynamicTest(
                        output.getKey(),
                        () -> assertEquals(
                                String.join("\n", lines(documented.getOrDefault(output.getKey(), Map.of()))),
                                String.join("\n", lines(output.getValue())))));
    }

    @Test
    void membersAreCamelCase() throws Exception {
        all().values()
                .forEach(members -> members.keySet().stream()
                        .flatMap(path -> Arrays.stream(path.split("[.\\[\\]]+")))
                        .filter(name -> !name.startsWith("<") && !name.isEmpty())
                        .filter(name -> !name.equals("uki_digest"))
                        .forEach(name -> assertTrue(CAMEL_CASE.matcher(name).matches(), name)));
    }

    private Map<String, Map<String, String>> all() throws Exception {
        String log = Run.log("uki-direct");
        String other = Run.log("uki-secureboot");
        String pcrs = Run.pcrs("uki-secureboot");
        String state = folder.resolve("state.json").toString();
        String cut = folder.resolve("cut.bin").toString();
        byte[] bytes = TestLogs.read(Path.of(log));
        Files.write(Path.of(cut), Arrays.copyOf(bytes, bytes.length - 3));
        String launch = folder.resolve("launch.bin").toString();
        Files.write(
                Path.of(launch),
                EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                        .measure(17, EventType.EV_IPL, Bytes.EMPTY)
                        .build());
        List<String> quoted = Run.quote(CapturedQuote.of("uki-direct", "ecc-multibank"));
        Run made = Run.of("refstate", "create", "-e", other, "--pcrs", pcrs, "-o", state);
        assertEquals(0, made.exitCode(), made.err());
        String field = folder.resolve("field.json").toString();
        Run.of("refstate", "create", "--format", "field", "-e", other, "--pcrs", pcrs, "-o", field);
        Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
        add(
                outputs,
                "events",
                List.of("events", log),
                List.of("events", cut),
                List.of("events", "--cc-registers", log));
        add(
                outputs,
                "summary",
                List.of("summary", other, "--pcrs", pcrs),
                List.of("summary", log),
                List.of("summary", "--cc-registers", log),
                List.of("summary", cut));
        add(
                outputs,
                "replay",
                List.of("replay", log, "--pcrs", pcrs),
                List.of("replay", cut),
                List.of("replay", launch));
        add(
                outputs,
                "verify",
                Stream.concat(Stream.of("verify", log), quoted.stream()).toList(),
                Stream.concat(Stream.of("verify", other), quoted.stream()).toList(),
                Stream.concat(Stream.of("verify", log, "--ak-name", "00"), quoted.stream())
                        .toList(),
                Stream.concat(Stream.of("verify", log, "--pcrs", Run.pcrs("uki-direct")), quoted.stream())
                        .toList(),
                List.of("verify", launch, "--pcrs", pcrs),
                List.of("verify", log, "--pcrs", pcrs, "--pcr", "0", "--bank", "sha256"),
                List.of("verify", log, "--pcrs", pcrs));
        add(
                outputs,
                "check",
                List.of("check", log, "-r", state, "--pcrs", Run.pcrs("uki-direct")),
                Stream.concat(Stream.of("check", log, "-r", state, "--pcrs", Run.pcrs("uki-direct")), quoted.stream())
                        .toList(),
                List.of("check", launch, "-r", state, "--pcrs", pcrs, "--pcr", "17"),
                List.of("check", other, "-r", state, "--pcrs", pcrs));
        add(
                outputs,
                "diagnose",
                List.of("diagnose", log, "-r", state, "--pcrs", Run.pcrs("uki-direct")),
                List.of("diagnose", launch, "-r", state, "--pcrs", pcrs),
                List.of("diagnose", launch, "-r", state, "--pcrs", pcrs, "--pcr", "17"),
                List.of("diagnose", log, "-r", state, "--pcrs", pcrs));
        add(
                outputs,
                "diagnose OLD NEW",
                List.of("diagnose", log, other),
                List.of("diagnose", log, other, "--pcr", "4"),
                List.of("diagnose", log, other, "--cc-registers"));
        add(
                outputs,
                "report",
                List.of("report", log, "-o", folder.resolve("page.html").toString()));
        add(outputs, "refstate create", List.of("refstate", "create", "-e", other, "--pcrs", pcrs, "-o", state));
        add(outputs, "refstate diff", List.of("refstate", "diff", state, field));
        add(
                outputs,
                "refstate merge",
                List.of(
                        "refstate",
                        "merge",
                        state,
                        state,
                        "-o",
                        folder.resolve("m").toString()));
        String folderOfState = folder.resolve("saved").toString();
        List<String> save = List.of("save", "-e", other, "--pcrs", pcrs, "--refstate-dir", folderOfState);
        add(outputs, "save", save, save);
        add(
                outputs,
                "predict",
                List.of("predict", "--stub-version", "257", "testdata/uki/profiles.efi"),
                List.of("predict", "testdata/uki/kernel.efi"));
        addIdentities(outputs, log, quoted);
        Path database = folder.resolve("db.esl");
        Files.write(database, databases());
        add(outputs, "sigdb", List.of("sigdb", database.toString()), List.of("sigdb", cut));
        add(
                outputs,
                "devpath",
                List.of("devpath", "7fff0400", "00"),
                List.of("devpath", "--from-text", "Pci(0x1,0x0)"));
        add(
                outputs,
                "guid",
                List.of("guid", "a159c0a5-e494-a74a-87b5-ab155c2bf072"),
                List.of("guid", "a5c059a1-94e4-4aa7-87b5-ab155c2bf072"));
        return outputs;
    }

    private void addIdentities(Map<String, Map<String, String>> outputs, String log, List<String> quoted)
            throws Exception {
        TestIdentity identity = TestIdentity.in(folder);
        add(
                outputs,
                "ek",
                List.of("ek", identity.certificate(), "--roots", identity.roots()),
                List.of("ek", identity.certificate()),
                List.of("ek", identity.certificate(), "--roots", identity.roots(), "--at", "2001-01-01T00:00:00Z"),
                List.of("ek", log));
        add(
                outputs,
                "credential make",
                List.of(
                        "credential",
                        "make",
                        "--ek",
                        identity.ek(),
                        "--ak",
                        identity.ak(),
                        "-o",
                        folder.resolve("blob").toString(),
                        "--challenge",
                        folder.resolve("challenge").toString()),
                List.of("credential", "make", "--ek", log, "--ak", log, "-o", log + "/no", "--challenge", log + "/no"));
        add(outputs, "credential check", identity.check(), identity.checkOfAnotherAnswer());
        List<String> attest = List.of("attest", quoted.get(1));
        add(
                outputs,
                "attest",
                attest,
                Run.join(attest, "--signature", quoted.get(3), "--ak", quoted.get(5), "--no-nonce"),
                List.of("attest", log),
                List.of("attest", identity.statement("creation")),
                List.of("attest", identity.statement("certify")),
                List.of("attest", identity.statement("nv")),
                List.of("attest", identity.statement("nv-digest")),
                List.of("attest", identity.statement("time")),
                List.of("attest", identity.statement("command-audit")),
                List.of("attest", identity.statement("session-audit")));
        add(
                outputs,
                "systemd-report",
                List.of("systemd-report", identity.systemdReport()),
                List.of("systemd-report", identity.systemdReport(), "--require-nvpcr", "other"),
                List.of("systemd-report", log));
    }

    /** A certificate, one with a remark, a broken one and a hash. */
    private static byte[] databases() throws Exception {
        ByteArrayOutputStream lists = new ByteArrayOutputStream();
        lists.writeBytes(UefiCommandsTest.platformKey().toByteArray());
        Bytes certificate = SignatureDatabase.decode(UefiCommandsTest.platformKey(), 0)
                .lists()
                .get(0)
                .signatures()
                .get(0)
                .signature();
        for (SignatureList list : List.of(
                SignatureList.of(
                        SignatureType.X509, new SignatureData(Guid.ZERO, Bytes.parseHex(certificate.toHex() + "00"))),
                SignatureList.of(SignatureType.X509, new SignatureData(Guid.ZERO, Bytes.parseHex("3001"))),
                SignatureList.of(
                        SignatureType.SHA256, new SignatureData(Guid.ZERO, Bytes.parseHex("11".repeat(32)))))) {
            lists.writeBytes(list.encode().toByteArray());
        }
        return lists.toByteArray();
    }

    @SafeVarargs
    private static void add(Map<String, Map<String, String>> outputs, String name, List<String>... runs)
            throws Exception {
        Map<String, String> members = new TreeMap<>();
        for (List<String> arguments : runs) {
            Run run = Run.of(arguments, "--json");
            assertTrue(run.exitCode() == 0 || run.exitCode() > 0 && run.out().startsWith("{"), run::toString);
            for (String line : run.out().lines().toList()) {
                visit("", new ObjectMapper().readTree(line), members);
            }
        }
        outputs.put(name, members);
    }

    private static void visit(String path, JsonNode node, Map<String, String> members) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                String name = general(path, member.getKey());
                if (IDS.contains(name) && member.getValue().isTextual() && !path.endsWith("rror")) {
                    assertTrue(KEBAB_CASE.matcher(member.getValue().asText()).matches(), path + "." + name + member);
                }
                visit(path.isEmpty() ? name : path + "." + name, member.getValue(), members);
            });
        } else if (node.isArray()) {
            node.forEach(item -> visit(path + "[]", item, members));
        } else {
            members.merge(
                    path,
                    node.isTextual() ? "text" : node.isNumber() ? "number" : "true or false",
                    (one, two) -> one.equals(two) ? one : "text or number");
        }
    }

    /** Members whose names are data. */
    private static String general(String path, String name) {
        if (path.endsWith("fields")) {
            return "<field>";
        }
        if (path.endsWith(".sections") || path.endsWith(".pcr11")) {
            return path.endsWith(".pcr11") ? "<phases>" : "<section>";
        }
        if (HashAlgorithm.byName(name).isPresent() && !path.endsWith("ertificates[]") && !path.endsWith("ertificate")) {
            return "<bank>";
        }
        return name.matches("\\d+") ? "<pcr>" : name;
    }

    private static List<String> lines(Map<String, String> members) {
        return members.entrySet().stream()
                .filter(member -> !member.getKey().contains("<field>"))
                .map(member -> member.getKey() + ": " + member.getValue())
                .toList();
    }

    private static String page(Map<String, Map<String, String>> outputs) throws IOException {
        return outputs.entrySet().stream()
                .map(output -> "## " + output.getKey() + "\n\n```text\n" + String.join("\n", lines(output.getValue()))
                        + "\n```\n")
                .collect(Collectors.joining("\n", introduction(), ""));
    }

    /** What the page says before the first command. */
    private static String introduction() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(0, page.indexOf("## "));
    }

    private static Map<String, Map<String, String>> documented() throws IOException {
        Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
        Map<String, String> members = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                members = new TreeMap<>();
                outputs.put(line.substring(3), members);
            } else if (!outputs.isEmpty() && line.contains(": ")) {
                members.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
            }
        }
        return outputs;
    }
}
