package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.refstate.UkiNotFoundException;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** States made from the corpus, field by field against what the tool in the field made of the same logs. */
class CorpusReferenceStatesTest {
    private static final String DIFFERENCES = "reference-state-differences.tsv";
    private static final Map<String, Function<ReferenceState, Object>> FIELDS = new TreeMap<>(Map.of(
            "scrtm",
            state -> state.firmware().stream().map(Firmware::scrtm).toList(),
            "platform_firmware",
            state -> state.firmware().stream().map(Firmware::platformFirmware).toList(),
            "pk",
            state -> untyped(state.secureBoot().pk()),
            "kek",
            state -> untyped(state.secureBoot().kek()),
            "db",
            state -> untyped(state.secureBoot().db()),
            "dbx",
            state -> untyped(state.secureBoot().dbx()),
            "uki_digest",
            ReferenceState::ukis));

    @Test
    void statesAreThoseOfTheFieldButForToldDifferences() throws Exception {
        Map<String, TestLogs.TestLog> logs =
                TestLogs.corpus().stream().collect(Collectors.toMap(TestLogs.TestLog::name, Function.identity()));
        List<String> found = new ArrayList<>();
        int compared = 0;
        for (Path file : ReferenceStates.ofCorpus()) {
            String name = file.getFileName().toString().replace(".json", "");
            ReferenceState theirs =
                    ReferenceStateJson.parse(Bytes.wrap(TestLogs.read(file))).state();
            byte[] bytes = Objects.requireNonNull(logs.get(name), name).bytes();
            EventLog.Examination examined = EventLog.examine(Bytes.wrap(bytes), ParseLimits.DEFAULT);
            if (examined.fault().isPresent()) {
                found.add(name + "\tlog");
                continue;
            }
            EventLog log = examined.readable();
            ReferenceState ours;
            try {
                ours = ReferenceStates.onlyBank(make(log, theirs, name, found), HashAlgorithm.SHA256);
            } catch (ReferenceStateException e) {
                found.add(name + "\t" + String.join("; ", e.reasons()));
                continue;
            }
            FIELDS.forEach((field, value) -> {
                if (!value.apply(ours).equals(value.apply(theirs))) {
                    found.add(name + "\t" + field);
                }
            });
            compared++;
        }
        assertTrue(compared >= 41, compared + " logs");
        assertEquals(told(), String.join("\n", found));
    }

    private static List<Signature> untyped(List<Signature> signatures) {
        return signatures.stream()
                .map(signature -> new Signature(Optional.empty(), signature.owner(), signature.data()))
                .toList();
    }

    /** Where the log leaves open which image is the UKI, the one that the field's tool took. */
    private static ReferenceState make(EventLog log, ReferenceState theirs, String name, List<String> found)
            throws ReferenceStateException, MalformedDataException {
        try {
            return make(ReferenceStateMaker.create(), log);
        } catch (UkiNotFoundException e) {
            found.add(name + "\tchoice among " + e.candidates().size());
            Optional<Event> image = log.events().stream()
                    .filter(event -> theirs.ukis().stream().anyMatch(uki -> hasDigest(event, uki)))
                    .findFirst();
            return image.isPresent()
                    ? make(
                            ReferenceStateMaker.builder()
                                    .ukiEvent(image.get().number())
                                    .build(),
                            log)
                    : withoutUki(log);
        }
    }

    private static ReferenceState make(ReferenceStateMaker maker, EventLog log) throws ReferenceStateException {
        return maker.make(ReferenceStateMaker.claimed(Replay.of(log)));
    }

    /** No state can be made of it: one is made with an image that is then taken out again, to compare the rest. */
    private static ReferenceState withoutUki(EventLog log) throws ReferenceStateException, MalformedDataException {
        byte[] withImage = EventLogBuilder.from(log)
                .measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, Bytes.parseHex("00"))
                .build();
        int last = log.events().size();
        return make(ReferenceStateMaker.builder().ukiEvent(last).build(), EventLog.wrap(withImage)).toBuilder()
                .withoutPcr(ReferenceState.IMAGE_PCR)
                .build();
    }

    private static boolean hasDigest(Event event, DigestSet image) {
        return event.digests().stream()
                .anyMatch(digest -> image.value(digest.algorithm())
                        .filter(digest.value()::equals)
                        .isPresent());
    }

    private static String told() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CorpusReferenceStatesTest.class.getResourceAsStream(DIFFERENCES), DIFFERENCES)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.lastIndexOf('\t')))
                    .collect(Collectors.joining("\n"));
        }
    }
}
