package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogExamination;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.ReferenceStateJson;
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
            state -> state.firmware().stream()
                    .map(ReferenceState.Firmware::scrtm)
                    .toList(),
            "platform_firmware",
            state -> state.firmware().stream()
                    .map(ReferenceState.Firmware::platformFirmware)
                    .toList(),
            "pk",
            state -> state.secureBoot().pk(),
            "kek",
            state -> state.secureBoot().kek(),
            "db",
            state -> state.secureBoot().db(),
            "dbx",
            state -> state.secureBoot().dbx(),
            "uki_digest",
            state -> state.uki().image()));

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
            EventLogExamination examined = EventLog.examine(Bytes.wrap(bytes), ParseLimits.DEFAULT);
            if (examined.fault().isPresent()) {
                found.add(name + "\tlog");
                continue;
            }
            EventLog log = examined.readable();
            ReferenceState ours = make(log, theirs, name, found).onlyBank(HashAlgorithm.SHA256);
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

    /** Where the log leaves open which image is the UKI, the one that the field's tool took. */
    private static ReferenceState make(EventLog log, ReferenceState theirs, String name, List<String> found)
            throws UkiNotFoundException {
        CheckedLog checked = CheckedLog.of(log);
        try {
            return ReferenceStateMaker.create().make(checked);
        } catch (UkiNotFoundException e) {
            found.add(name + "\tchoice among " + e.candidates().size());
            Optional<Event> image = log.events().stream()
                    .filter(event -> hasDigest(event, theirs.uki().image()))
                    .findFirst();
            return image.isPresent()
                    ? ReferenceStateMaker.create()
                            .withUkiEvent(image.get().number())
                            .make(checked)
                    : ReferenceStateMaker.create().make(checked, ReferenceState.Uki.of(DigestSet.EMPTY));
        }
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
