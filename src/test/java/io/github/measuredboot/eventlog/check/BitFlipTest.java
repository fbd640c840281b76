package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every single bit of a log is flipped. What a verifier that trusts the PCR values of the untouched log is told must then be
 * one of: the log is malformed, a PCR differs, a digest differs from its data, or the byte is not proved.
 */
class BitFlipTest {
    private enum Outcome {
        MALFORMED,
        PCR_CHANGED,
        DIGEST_DIFFERS,
        TYPE_UNPROVED,
        DATA_UNPROVED,
        FRAMING_UNPROVED
    }

    @Test
    void noFlipInACapturedBootGoesUnseen() {
        check(Map.of(
                "uki-secureboot", TestLogs.read(Path.of("testdata/boots/uki-secureboot/eventlog.bin")),
                "tpm12-legacy", TestLogs.read(Path.of("testdata/boots/tpm12-legacy/eventlog.bin")),
                "systemd-userland", TestLogs.read(Path.of("testdata/boots/systemd-userland/eventlog.bin"))));
    }

    @Test
    void noFlipInARealLogGoesUnseen() {
        List<String> names = List.of(
                "9elements-binary-bios-measurements-tpm12-bios",
                "google-windows-gcp-shielded-vm",
                "google-cos-113-intel-tdx-dupe-separator-unpadded",
                "guard-issue926-x1carbon-ancient",
                "google-sb-cert-eventlog",
                "tpm2-event-sd-boot-fedora37");
        Map<String, byte[]> logs = new HashMap<>();
        TestLogs.corpus().stream()
                .filter(log -> names.contains(log.name()))
                .forEach(log -> logs.put(log.name(), log.bytes()));
        assertEquals(names.size(), logs.size());
        check(logs);
    }

    private static void check(Map<String, byte[]> logs) {
        logs.forEach((name, bytes) -> {
            Outcomes outcomes = new Original(name, bytes).flipAll();
            System.out.println("bit flips of " + name + ": " + outcomes);
            assertEquals(
                    8L * bytes.length,
                    Arrays.stream(Outcome.values()).mapToLong(outcomes::count).sum());
            assertTrue(outcomes.count(Outcome.PCR_CHANGED) > 0);
        });
    }

    private static final class Outcomes {
        private final AtomicLongArray counts = new AtomicLongArray(Outcome.values().length);

        void add(Outcome outcome) {
            counts.incrementAndGet(outcome.ordinal());
        }

        long count(Outcome outcome) {
            return counts.get(outcome.ordinal());
        }

        @Override
        public String toString() {
            return Arrays.stream(Outcome.values())
                    .map(outcome -> outcome + "=" + count(outcome))
                    .collect(Collectors.joining(", "));
        }
    }

    /** What a bank proves: for each digest that matches, the bytes that it is known to cover. */
    private record Preimage(HashAlgorithm bank, Bytes digest) {}

    private static final class Original {
        private final String name;
        private final byte[] bytes;
        private final EventLog log;
        private final List<PcrBank> pcrs;
        private final Map<Preimage, Bytes> covered;

        Original(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
            this.log = parse(bytes);
            this.pcrs = pcrs(log);
            this.covered = covered(log);
        }

        private static EventLog parse(byte[] bytes) {
            try {
                return EventLog.wrap(bytes);
            } catch (MalformedDataException e) {
                throw new AssertionError(e);
            }
        }

        Outcomes flipAll() {
            Outcomes outcomes = new Outcomes();
            IntStream.range(0, bytes.length).parallel().forEach(position -> {
                byte[] flipped = bytes.clone();
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    flipped[position] = (byte) (bytes[position] ^ (1 << bit));
                    outcomes.add(outcome(flipped, position));
                }
            });
            return outcomes;
        }

        private Outcome outcome(byte[] flipped, int position) {
            EventLog changed;
            try {
                changed = EventLog.wrap(flipped);
            } catch (MalformedDataException e) {
                return Outcome.MALFORMED;
            }
            List<PcrBank> changedPcrs = pcrs(changed);
            List<HashAlgorithm> unchangedBanks = pcrs.stream()
                    .filter(changedPcrs::contains)
                    .map(PcrBank::algorithm)
                    .toList();
            Event event = eventAt(changed, position);
            int dataStart = event.dataOffset();
            boolean inData =
                    position >= dataStart && position < dataStart + event.data().length();
            List<DigestCheck> checks = checks(changed, event);
            if (inData && sameFraming(changed)) {
                for (DigestCheck check : checks) {
                    boolean trusted = unchangedBanks.contains(check.algorithm());
                    assertTrue(
                            !trusted || check.coverage(position - dataStart, 1) != Coverage.COVERED,
                            () -> name + ": a flip at " + position + " is said to be covered in " + check);
                }
            } else {
                covered(changed)
                        .forEach((preimage, content) -> assertTrue(
                                !unchangedBanks.contains(preimage.bank)
                                        || Optional.of(content).equals(Optional.ofNullable(covered.get(preimage))),
                                () -> name + ": after a flip at " + position + " other bytes are said to be covered"));
            }
            if (unchangedBanks.size() < pcrs.size()) {
                return Outcome.PCR_CHANGED;
            }
            if (checks.stream().anyMatch(check -> check.status() == DigestStatus.DIFFERS)) {
                return Outcome.DIGEST_DIFFERS;
            }
            if (inData) {
                return Outcome.DATA_UNPROVED;
            }
            boolean inType =
                    position >= event.offset() + Integer.BYTES && position < event.offset() + 2 * Integer.BYTES;
            if (inType) {
                return Outcome.TYPE_UNPROVED;
            }
            assertTrue(
                    checks.stream().allMatch(check -> check.coverage(0, 1) == Coverage.NEVER_MEASURED),
                    () -> name + ": a flip at " + position + " changes nothing, and the event is said to be measured");
            return Outcome.FRAMING_UNPROVED;
        }

        private boolean sameFraming(EventLog changed) {
            if (changed.events().size() != log.events().size()) {
                return false;
            }
            for (int i = 0; i < log.events().size(); i++) {
                Event before = log.events().get(i);
                Event after = changed.events().get(i);
                if (before.offset() != after.offset() || before.dataOffset() != after.dataOffset()) {
                    return false;
                }
            }
            return true;
        }

        private static Event eventAt(EventLog log, int position) {
            Event found = log.events().get(0);
            for (Event event : log.events()) {
                if (event.offset() <= position) {
                    found = event;
                }
            }
            return found;
        }

        private static List<PcrBank> pcrs(EventLog log) {
            return Replay.of(log).banks().stream().map(bank -> bank.pcrs()).toList();
        }

        private static List<DigestCheck> checks(EventLog log, Event event) {
            EventData data = EventData.decode(event);
            CoverageCandidates candidates = new CoverageCandidates(CoverageRules.of(event, data));
            List<DigestCheck> checks = new ArrayList<>();
            for (HashAlgorithm bank : log.algorithms()) {
                if (bank.newMessageDigest().isPresent()) {
                    checks.add(new DigestChecker(bank, AcceptedQuirks.ALL).check(event, data.raw(), candidates));
                }
            }
            return checks;
        }

        private static Map<Preimage, Bytes> covered(EventLog log) {
            Map<Preimage, Bytes> covered = new HashMap<>();
            for (Event event : log.events()) {
                for (DigestCheck check : checks(log, event)) {
                    if (check.status() == DigestStatus.MATCHES) {
                        Digest digest = event.digest(check.algorithm()).orElseThrow();
                        covered.put(
                                new Preimage(check.algorithm(), digest.value()),
                                event.data().slice(check.coveredOffset(), check.coveredLength()));
                    }
                }
            }
            return covered;
        }
    }
}
