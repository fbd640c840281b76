package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who sends a log must not be able to have a weaker bank judged. */
class BankChoiceTest {
    private static final Path BOOT = Path.of("testdata/boots/uki-secureboot");

    private static EventLog log() throws Exception {
        return EventLog.wrap(TestLogs.read(BOOT.resolve("eventlog.bin")));
    }

    private static PcrValues values() throws Exception {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(BOOT.resolve("pcrs.json"))));
    }

    private static Verdict judge(EventLog log, PcrValues values) throws Exception {
        ReferenceState state = ReferenceStateMaker.create().make(CheckedLog.of(log()));
        return UkiPolicy.of(state).evaluate(Replay.of(log).compareWith(values));
    }

    private static EventLog rebuilt(EventLogBuilder builder, Function<Digest, Stream<Digest>> digests) throws Exception {
        for (Event event : log().events()) {
            if (!event.type().equals(EventType.EV_NO_ACTION)) {
                builder.event(
                        event.pcrIndex(),
                        event.type(),
                        event.digests().stream().flatMap(digests).toList(),
                        event.data());
            }
        }
        return EventLog.wrap(builder.build());
    }

    @Test
    void theStrongestIsJudged() throws Exception {
        Verdict verdict = judge(log(), values());
        assertEquals(HashAlgorithm.SHA512, verdict.bank());
        assertEquals(List.of(), verdict.rejections());
    }

    @Test
    void aLogThatDoesNotReproduceTheStrongestIsRejected() throws Exception {
        EventLog forged = rebuilt(
                EventLogBuilder.cryptoAgile(
                        HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512),
                digest -> Stream.of(
                        digest.algorithm().equals(HashAlgorithm.SHA512)
                                ? new Digest(HashAlgorithm.SHA512, Bytes.wrap(new byte[64]))
                                : digest));
        Verdict verdict = judge(forged, values());
        assertEquals(HashAlgorithm.SHA512, verdict.bank());
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
    }

    @Test
    void aLogWithoutTheStrongestIsRejected() throws Exception {
        EventLog sha1 = rebuilt(
                EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1),
                digest -> Stream.of(digest).filter(one -> one.algorithm().equals(HashAlgorithm.SHA1)));
        Verdict verdict = judge(sha1, values());
        assertEquals(HashAlgorithm.SHA512, verdict.bank());
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
    }

    @Test
    void aBankThatTheTpmDoesNotExtendIsLeftOut() throws Exception {
        PcrValues values = new PcrValues(values().banks().stream()
                .map(bank -> bank.algorithm().equals(HashAlgorithm.SHA512) ? zeros(bank) : bank)
                .toList());
        Verdict verdict = judge(log(), values);
        assertEquals(HashAlgorithm.SHA384, verdict.bank());
        assertEquals(List.of(), verdict.rejections());
    }

    private static PcrBank zeros(PcrBank bank) {
        SortedMap<Integer, Bytes> values = new TreeMap<>(bank.values());
        values.replaceAll((pcr, value) -> Bytes.wrap(new byte[value.length()]));
        return new PcrBank(bank.algorithm(), values);
    }

    @Test
    void withoutAnyBankNothingIsAccepted() throws Exception {
        Verdict verdict = judge(log(), new PcrValues(List.of()));
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
    }
}
