package io.github.measuredboot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.testing.TestLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A folder with a case.json: evidence that must be rejected, or a good machine that must be accepted. */
final class AttackCase {
    private static final double MILLISECONDS = 1000;

    private final Path folder;
    private final Path scratch;
    private final JsonNode json;
    private final List<String> wrong = new ArrayList<>();

    private AttackCase(Path folder, Path scratch) {
        this.folder = folder;
        this.scratch = scratch;
        this.json = TestLogs.json(folder.resolve("case.json"));
    }

    static List<Path> folders(Path all) {
        try (Stream<Path> entries = Files.list(all)) {
            return entries.filter(entry -> Files.exists(entry.resolve("case.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What falls short; nothing if the case is as expected. States that were made are kept in {@code made}. */
    static List<String> run(Path folder, Path scratch, Map<String, String> made) {
        AttackCase attack = new AttackCase(folder, scratch);
        try {
            attack.run(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return attack.wrong;
    }

    private void run(Map<String, String> made) throws IOException {
        if (json.hasNonNull("generate")) {
            GeneratedLog.write(json.get("generate"), folder, scratch);
        }
        if (json.hasNonNull("make")) {
            Optional<String> state = make(json.get("make"), made);
            if (state.isEmpty()) {
                return;
            }
            if (json.hasNonNull("merge")) {
                Optional<String> other = make(json.at("/merge/make"), made);
                if (other.isEmpty()) {
                    return;
                }
                state = Optional.of(merge(state.get(), other.get()));
            }
            Files.writeString(scratch.resolve("state.json"), state.get());
        }
        if (json.hasNonNull("control")) {
            judge("control", "control", json.path("controlExit"), json.path("controlMustPrint"), json.path("none"));
        }
        judge("check", "check", json.get("exit"), json.path("mustPrint"), json.path("mustNotPrint"));
    }

    private Optional<String> make(JsonNode spec, Map<String, String> made) throws IOException {
        StringBuilder key = new StringBuilder();
        for (JsonNode argument : spec) {
            Path file = Path.of(argument.asText().replace("{dir}", folder.toString()));
            boolean isFile = argument.asText().contains("{dir}") && Files.isRegularFile(file);
            key.append(isFile ? Arrays.hashCode(Files.readAllBytes(file)) + ":" + Files.size(file) : argument.asText())
                    .append('\n');
        }
        String known = made.get(key.toString());
        if (known != null) {
            return Optional.of(known);
        }
        Run run = Run.of(filled(spec));
        if (run.exitCode() != 0) {
            wrong.add("the state could not be made: exit " + run.exitCode() + ": " + run.err());
            return Optional.empty();
        }
        String state = Files.readString(scratch.resolve("state.json"));
        made.put(key.toString(), state);
        return Optional.of(state);
    }

    private String merge(String state, String other) throws IOException {
        ObjectNode merged = (ObjectNode) new ObjectMapper().readTree(state);
        JsonNode more = new ObjectMapper().readTree(other);
        for (JsonNode key : json.at("/merge/keys")) {
            ArrayNode both = merged.arrayNode();
            more.get(key.asText()).forEach(both::add);
            merged.get(key.asText()).forEach(both::add);
            merged.set(key.asText(), both);
        }
        return merged.toPrettyString();
    }

    private List<String> filled(JsonNode arguments) {
        return texts(arguments)
                .map(argument -> argument.replace("{dir}", folder.toString()).replace("{tmp}", scratch.toString()))
                .toList();
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText)
                : node.isMissingNode() || node.isNull() ? Stream.of() : Stream.of(node.asText());
    }

    private void judge(String what, String arguments, JsonNode exits, JsonNode must, JsonNode mustNot) {
        Duration begin = cpuTime();
        Run run = Run.of(filled(json.get(arguments)));
        double seconds = cpuTime().minus(begin).toMillis() / MILLISECONDS;
        List<String> expected =
                exits.isMissingNode() ? List.of("0") : texts(exits).toList();
        if (!expected.contains(String.valueOf(run.exitCode()))) {
            wrong.add(what + ": exit " + run.exitCode() + " instead of " + expected + ": "
                    + run.out().lines().limit(1).toList()
                    + run.err().lines().limit(1).toList());
        }
        texts(must).filter(pattern -> !isFound(pattern, run)).forEach(pattern -> wrong.add(what + ": no " + pattern));
        texts(mustNot).filter(pattern -> isFound(pattern, run)).forEach(pattern -> wrong.add(what + ": " + pattern));
        if (what.equals("check")
                && json.hasNonNull("maxSeconds")
                && seconds > json.get("maxSeconds").asDouble()) {
            wrong.add(what + ": " + seconds + " s of CPU time");
        }
        if (run.err().contains("internal error") || run.err().contains("\tat ")) {
            wrong.add(what + ": a stack trace: " + run.err());
        }
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static boolean isFound(String pattern, Run run) {
        return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(run.out())
                .find();
    }

    static Map<String, String> newCache() {
        return new ConcurrentHashMap<>();
    }
}
