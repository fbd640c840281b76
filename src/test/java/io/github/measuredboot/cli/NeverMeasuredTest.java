package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.DigestStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An event that extends no PCR is covered in no bank and in no output, whatever it says. */
class NeverMeasuredTest {
    private static final EventLog BOOT = boot();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<List<String>> SUMMARIES =
            List.of(List.of(), List.of("--cc-registers"), List.of("--pcrs", "PCRS"));

    @Property(tries = 60)
    void itIsOnlyClaimedEverywhere(@ForAll("events") Event like, @ForAll("registers") long register) throws Exception {
        EventType type = register < PcrBank.PCR_COUNT ? EventType.EV_NO_ACTION : like.claimedType();
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(BOOT.specId().orElseThrow());
        for (Event event : BOOT.events().subList(1, BOOT.events().size())) {
            if (event.number() == like.number()) {
                builder.event(register, type, like.digests(), like.data());
            }
            builder.event(event.pcrIndex(), event.claimedType(), event.digests(), event.data());
        }
        byte[] bytes = builder.build();
        EventLog log = EventLog.copyOf(bytes);
        int number = like.number();
        assertEquals(register, log.events().get(number).pcrIndex());
        requireClaimed(CheckedLog.of(log).events().get(number));
        assertTrue(
                Replay.of(log)
                        .compareWith(Replay.of(log).expectedValues())
                        .verified(HashAlgorithm.SHA256)
                        .events()
                        .stream()
                        .noneMatch(event -> event.number() == number));
        Path folder = Files.createTempDirectory("never-measured");
        try {
            Path file = Files.write(folder.resolve("log"), bytes);
            requireClaimed(file.toString(), number);
        } finally {
            Files.deleteIfExists(folder.resolve("log"));
            Files.deleteIfExists(folder);
        }
    }

    @Provide
    Arbitrary<Event> events() {
        return Arbitraries.of(BOOT.events().subList(1, BOOT.events().size()));
    }

    @Provide
    Arbitrary<Long> registers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, PcrBank.PCR_COUNT - 1),
                Arbitraries.longs().between(PcrBank.PCR_COUNT, Event.NO_PCR),
                Arbitraries.of((long) PcrBank.PCR_COUNT, 100L, Event.NO_PCR));
    }

    private static void requireClaimed(CheckedEvent event) {
        assertFalse(event.event().isMeasured());
        for (HashAlgorithm bank : BOOT.algorithms()) {
            assertEquals(
                    Optional.of(DigestStatus.NOT_MEASURED), event.check(bank).map(check -> check.status()));
            assertEquals(
                    Coverage.NEVER_MEASURED,
                    event.coverage(bank, 0, event.event().data().length()));
            assertEquals(Optional.empty(), event.claimedCoveredBytes(bank));
        }
    }

    private static void requireClaimed(String log, int number) throws Exception {
        JsonNode listed = MAPPER.readTree(Run.of("events", "--json", log).out())
                .get("events")
                .get(number);
        assertEquals(
                List.of("not-measured"),
                listed.findValuesAsText("status").stream().distinct().toList());
        List<String> lines = Run.of("events", log).out().lines().toList();
        int line = 0;
        while (!lines.get(line).startsWith(String.format("%4d  PCR", number))) {
            line++;
        }
        assertEquals(
                "digest: never measured: what follows is only claimed",
                lines.get(line + 1).strip());
        for (List<String> options : SUMMARIES) {
            String[] more = options.stream()
                    .map(option -> option.equals("PCRS") ? Run.pcrs("uki-secureboot") : option)
                    .toArray(String[]::new);
            Run text = Run.of(List.of("summary", log), more);
            assertEquals(0, text.exitCode(), text.err());
            assertFalse(
                    Pattern.compile("(?m)^  (covered|late|measured|proved|asserted).*\\[" + number + "\\]")
                            .matcher(text.out())
                            .find(),
                    text.out());
            Run json = Run.of(List.of("summary", "--json", log), more);
            for (JsonNode statement : json.json().findParents("event")) {
                boolean isOfTheEvent = statement.get("event").asInt() == number;
                assertFalse(isOfTheEvent && statement.path("proof").asText().equals("covered"), statement::toString);
                assertFalse(
                        isOfTheEvent && statement.path("digestProof").asText().equals("covered"), statement::toString);
            }
        }
    }

    private static EventLog boot() {
        try {
            return EventLog.wrap(TestLogs.read(Path.of(Run.log("uki-secureboot"))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
