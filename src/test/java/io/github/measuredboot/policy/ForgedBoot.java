package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The events of a boot, to be forged. The header of a crypto-agile log stays. */
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
        return of(log(boot), userspaceLog(boot));
    }

    static ForgedBoot of(Path log) {
        return of(read(TestLogs.read(log)));
    }

    static ForgedBoot of(EventLog log) {
        return of(log, Optional.empty());
    }

    private static ForgedBoot of(EventLog log, Optional<UserspaceLog> userspaceLog) {
        List<Forged> events = log.events().stream()
                .skip(log.format() == EventLog.Format.CRYPTO_AGILE ? 1 : 0)
                .map(event -> new Forged(event.pcrIndex(), event.claimedType(), event.digests(), event.data()))
                .toList();
        return new ForgedBoot(log, events, userspaceLog);
    }

    static EventLog log(String boot) {
        return read(TestLogs.read(folder(boot).resolve("eventlog.bin")));
    }

    static PcrValues values(String boot) throws MalformedDataException {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(folder(boot).resolve("pcrs.json"))));
    }

    static ReferenceState state(String boot) throws ReferenceStateException {
        return of(boot).state();
    }

    /** The state that is made of this boot as it is, and accepts it. */
    ReferenceState state() throws ReferenceStateException {
        return state(ReferenceStateMaker.create());
    }

    ReferenceState state(Profile profile) throws ReferenceStateException {
        return state(ReferenceStateMaker.builder().profile(profile).build());
    }

    ReferenceState state(ReferenceStateMaker maker) throws ReferenceStateException {
        return Enrolment.enrol(ReferenceStateMaker.claimed(replay()), maker);
    }

    /** A policy that lets Secure Boot be off only if it was off in this boot. */
    BootPolicy policy(ReferenceState state) {
        return BootPolicy.of(state, options(state).build());
    }

    PolicyOptions.Builder options(ReferenceState state) {
        PolicyOptions.Builder options = PolicyOptions.builderFor(state);
        return Enrolment.isSecureBootEnabled(ReferenceStateMaker.claimed(replay()), state)
                ? options
                : options.allowSecureBootOff();
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

    /** The first event of a PCR and type. */
    int indexOf(long pcr, EventType type) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).pcr() == pcr && events.get(i).type().equals(type)) {
                return i;
            }
        }
        throw new AssertionError("no " + type + " in PCR " + pcr);
    }

    /** Where the events of a PCR are that extend it. */
    List<Integer> indexesOf(long pcr) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).pcr() == pcr && !events.get(i).type().equals(EventType.EV_NO_ACTION)) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    /** The digests that extend a PCR, in their order. */
    List<Bytes> sequence(long pcr, HashAlgorithm bank) {
        return indexesOf(pcr).stream()
                .flatMap(index -> events.get(index).digests().stream())
                .filter(digest -> digest.algorithm().equals(bank))
                .map(Digest::value)
                .toList();
    }

    EventLog log() {
        return read(bytes());
    }

    byte[] bytes() {
        EventLogBuilder builder = header.format() == EventLog.Format.LEGACY
                ? EventLogBuilder.legacy()
                : EventLogBuilder.cryptoAgile(header.specId().orElseThrow());
        events.forEach(event -> builder.event(event.pcr(), event.type(), event.digests(), event.data()));
        return builder.build();
    }

    Replay replay() {
        return replay(log());
    }

    private Replay replay(EventLog log) {
        return userspaceLog.map(records -> Replay.of(log, records)).orElseGet(() -> Replay.of(log));
    }

    /** What a TPM has after all that the log tells. */
    PcrValues ownValues() {
        return replay().expectedValues();
    }

    /** The same in one bank. */
    PcrValues ownValues(HashAlgorithm bank) {
        return valuesIn(replay(), bank);
    }

    private static PcrValues valuesIn(Replay replay, HashAlgorithm bank) {
        ReplayedBank replayed = replay.bank(bank).orElseThrow();
        Map<Integer, Bytes> values = new TreeMap<>();
        for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
            byte[] initial = new byte[bank.digestSize()];
            if (pcr == 0) {
                initial[initial.length - 1] = (byte) replay.startupLocality();
            } else if (pcr >= 17 && pcr <= 22) {
                Arrays.fill(initial, (byte) 0xff);
            }
            values.put(pcr, replayed.value(pcr).orElse(Bytes.wrap(initial)));
        }
        return new PcrValues(List.of(PcrBank.of(bank, values)));
    }

    /** The bank that tests of many logs judge: the others would only take time. */
    HashAlgorithm usualBank() {
        return header.algorithms().contains(HashAlgorithm.SHA256) ? HashAlgorithm.SHA256 : HashAlgorithm.SHA1;
    }

    /** These values, but for one. */
    static PcrValues with(PcrValues values, HashAlgorithm bank, int pcr, Bytes value) {
        return new PcrValues(values.banks().stream()
                .map(one -> {
                    Map<Integer, Bytes> changed = new TreeMap<>(one.values());
                    if (one.algorithm().equals(bank)) {
                        changed.put(pcr, value);
                    }
                    return PcrBank.of(one.algorithm(), changed);
                })
                .toList());
    }

    /** The values of a TPM that does not extend some banks. */
    static PcrValues off(PcrValues values, HashAlgorithm... banks) {
        PcrValues off = values;
        for (HashAlgorithm bank : banks) {
            for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
                off = with(off, bank, pcr, Bytes.wrap(new byte[bank.digestSize()]));
            }
        }
        return off;
    }

    /** This log with values of which some are quoted, by a key and with a nonce of their own. */
    ReplayedLog quoted(PcrValues values, PcrSelection selection) throws QuoteRefusedException {
        Bytes nonce = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
        SoftwareTpm tpm = SoftwareTpm.p256();
        return Evidence.of(replay())
                .withValues(values)
                .withQuote(tpm.quote(selection, values, nonce), tpm.key(), Nonce.of(nonce))
                .evaluate();
    }

    Verdict judge(BootPolicy policy, PcrValues values) {
        return policy.evaluate(replay().compareWith(values));
    }

    /** Judges this log with the values that a TPM has after just this. */
    Verdict judgeHonestly(BootPolicy policy) {
        Replay replay = replay();
        ReplayedLog replayed = replay.compareWith(valuesIn(replay, usualBank()));
        return policy.evaluate(replayed);
    }
}
