package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The events of a captured boot, to be forged. Event 0 is the header and stays. */
record ForgedBoot(EventLog header, List<Forged> events, Optional<UserspaceLog> userspaceLog) {
    record Forged(long pcr, EventType type, List<Digest> digests, Bytes data) {
        Forged withType(EventType other) {
            return new Forged(pcr, other, digests, data);
        }

        Forged withPcr(long other) {
            return new Forged(other, type, digests, data);
        }

        Forged withData(Bytes other) {
            return new Forged(pcr, type, digests, other);
        }

        Forged withDigests(UnaryOperator<Digest> change) {
            return new Forged(pcr, type, digests.stream().map(change).toList(), data);
        }
    }

    static Path folder(String boot) {
        return Path.of("testdata/boots", boot);
    }

    static ForgedBoot of(String boot) {
        EventLog log = log(boot);
        List<Forged> events = log.events().stream()
                .skip(1)
                .map(event -> new Forged(event.pcrIndex(), event.claimedType(), event.digests(), event.data()))
                .toList();
        return new ForgedBoot(log, events, userspaceLog(boot));
    }

    static EventLog log(String boot) {
        return read(TestLogs.read(folder(boot).resolve("eventlog.bin")));
    }

    static PcrValues values(String boot) throws MalformedDataException {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(folder(boot).resolve("pcrs.json"))));
    }

    static ReferenceState state(String boot) throws UkiNotFoundException {
        return ReferenceStateMaker.create().make(CheckedLog.of(log(boot)));
    }

    private static Optional<UserspaceLog> userspaceLog(String boot) {
        Path file = folder(boot).resolve("tpm2-measure.log");
        try {
            return Files.exists(file)
                    ? Optional.of(UserspaceLogJson.parse(Bytes.wrap(TestLogs.read(file))))
                    : Optional.empty();
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private static EventLog read(byte[] log) {
        try {
            return EventLog.wrap(log);
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    Forged measured(long pcr, EventType type, Bytes measured, Bytes data) {
        List<Digest> digests = header.algorithms().stream()
                .map(algorithm -> hash(algorithm, measured))
                .toList();
        return new Forged(pcr, type, digests, data);
    }

    static Digest hash(HashAlgorithm algorithm, Bytes measured) {
        var digest = algorithm.newMessageDigest().orElseThrow();
        measured.update(digest);
        return new Digest(algorithm, Bytes.wrap(digest.digest()));
    }

    ForgedBoot with(List<Forged> others) {
        return new ForgedBoot(header, List.copyOf(others), userspaceLog);
    }

    ForgedBoot change(UnaryOperator<List<Forged>> change) {
        return with(change.apply(new ArrayList<>(events)));
    }

    ForgedBoot replace(int index, Forged event) {
        return change(list -> {
            list.set(index, event);
            return list;
        });
    }

    ForgedBoot insert(int index, Forged... added) {
        return change(list -> {
            list.addAll(index, List.of(added));
            return list;
        });
    }

    ForgedBoot append(Forged... added) {
        return insert(events.size(), added);
    }

    ForgedBoot remove(int index) {
        return change(list -> {
            list.remove(index);
            return list;
        });
    }

    ForgedBoot withUserspaceRecord(Forged event) {
        List<CelRecord> records =
                new ArrayList<>(userspaceLog.map(UserspaceLog::records).orElse(List.of()));
        records.add(new CelRecord(
                OptionalLong.empty(),
                new CelRecord.Register.Pcr((int) event.pcr()),
                event.digests(),
                List.of(),
                Optional.empty(),
                new CelRecord.Content.Other(),
                Bytes.EMPTY,
                0));
        return new ForgedBoot(header, events, Optional.of(new UserspaceLog(records, false, List.of())));
    }

    /** The first event of a PCR and type, counted from the first behind the header. */
    int indexOf(long pcr, EventType type) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).pcr() == pcr && events.get(i).type().equals(type)) {
                return i;
            }
        }
        throw new AssertionError("no " + type + " in PCR " + pcr);
    }

    EventLog log() {
        Event first = header.events().get(0);
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(header.specId().orElseThrow());
        if (!first.claimedType().equals(EventType.EV_NO_ACTION)) {
            throw new AssertionError("no header");
        }
        events.forEach(event -> builder.event(event.pcr(), event.type(), event.digests(), event.data()));
        return read(builder.build());
    }

    Replay replay() {
        return userspaceLog.map(records -> Replay.of(log(), records)).orElseGet(() -> Replay.of(log()));
    }

    /** What a TPM has after all that the log tells. */
    PcrValues ownValues() {
        return replay().expectedValues();
    }

    Verdict judge(UkiPolicy policy, PcrValues values) {
        return policy.evaluate(replay().compareWith(values));
    }
}
