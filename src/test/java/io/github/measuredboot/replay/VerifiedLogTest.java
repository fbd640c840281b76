package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The events that are more than a claim: which they are, in which order, and where the separator of their PCR is. */
class VerifiedLogTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final HashAlgorithm SHA384 = HashAlgorithm.SHA384;
    private static final Bytes SEPARATOR = Bytes.parseHex("00000000");
    private static final Bytes TEXT = ascii("text");
    private static final Bytes CALLING = ascii(MeasuredConstant.CALLING_BOOT_OPTION.description());
    private static final Bytes VARIABLE = new VariableData(
                    KnownVariable.SECURE_BOOT.vendorGuid(), "SecureBoot", BooleanVariable.encode(true), Bytes.EMPTY)
            .encode();
    private static final int NOT_REPRODUCED = 2;

    /** Events 1, 3, 4, 5 of PCR 7, 2 and 8 of PCR 1, 6 of PCR 5, 7 and 9 of PCR 4, the latter not in SHA-256. */
    private static EventLogBuilder builder() {
        return EventLogBuilder.cryptoAgile(SHA256, SHA384)
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, VARIABLE)
                .measure(1, EventType.EV_IPL, TEXT)
                .measure(7, EventType.EV_SEPARATOR, SEPARATOR)
                .measure(7, EventType.EV_EFI_VARIABLE_AUTHORITY, VARIABLE)
                .measure(7, EventType.EV_IPL, SEPARATOR)
                .measure(5, EventType.EV_SEPARATOR, SEPARATOR)
                .measure(4, EventType.EV_EFI_ACTION, CALLING)
                .measure(1, EventType.EV_IPL, TEXT)
                .event(4, EventType.EV_IPL, List.of(digest(SHA384, TEXT)), TEXT)
                .measure(NOT_REPRODUCED, EventType.EV_IPL, TEXT)
                .noAction(7, TEXT);
    }

    private static ReplayedLog replayed() throws Exception {
        return compared(Replay.of(EventLog.wrap(builder().build())));
    }

    private static ReplayedLog compared(Replay replay) {
        Map<Integer, Bytes> values =
                new TreeMap<>(replay.expectedValues().bank(SHA256).orElseThrow().values());
        values.put(NOT_REPRODUCED, SHA256.hash(TEXT).orElseThrow());
        return replay.compareWith(new PcrValues(List.of(
                PcrBank.of(SHA256, values), replay.expectedValues().bank(SHA384).orElseThrow())));
    }

    private static VerifiedLog verified() throws Exception {
        return replayed().verified(SHA256);
    }

    @Test
    void eventsAreThoseOfReproducedPcrsInTheirOrder() throws Exception {
        VerifiedLog log = verified();
        assertEquals(List.of(1, 3, 4, 5), numbers(log.events(7)));
        assertEquals(List.of(2, 8), numbers(log.events(1)));
        assertEquals(List.of(7), numbers(log.events(4)), "the other has no digest of the bank");
        assertEquals(List.of(7, 9), numbers(replayed().verified(SHA384).events(4)));
        assertEquals(List.of(), log.events(NOT_REPRODUCED));
        assertEquals(List.of(), log.events(0));
        assertEquals(List.of(2, 8, 7, 6, 1, 3, 4, 5), numbers(log.events()), "by PCR");
        assertThrows(IndexOutOfBoundsException.class, () -> log.events(24));
    }

    @Test
    void theFirstSeparatorOfAPcrDividesItsEvents() throws Exception {
        VerifiedLog log = verified();
        assertEquals(List.of(1), numbers(log.beforeSeparator(7)));
        assertEquals(List.of(3, 4, 5), numbers(log.fromSeparator(7)));
        assertEquals(List.of(2, 8), numbers(log.beforeSeparator(1)), "no separator");
        assertEquals(List.of(), log.fromSeparator(1), "no separator");
        assertEquals(List.of(), log.beforeSeparator(5), "nothing but a separator");
        assertEquals(List.of(6), numbers(log.fromSeparator(5)));
        assertEquals(List.of(), log.beforeSeparator(NOT_REPRODUCED));
        assertEquals(List.of(), log.fromSeparator(NOT_REPRODUCED));
    }

    @Test
    void aSeparatorIsKnownByItsDigestAndTheFirstIsNotAfterOne() throws Exception {
        List<VerifiedEvent> events = verified().events(7);
        assertEquals(
                List.of(false, true, false, true),
                events.stream().map(VerifiedEvent::isSeparator).toList());
        assertEquals(
                List.of(false, false, true, true),
                events.stream().map(VerifiedEvent::isAfterSeparator).toList());
        assertEquals(Optional.of(MeasuredConstant.SEPARATOR), events.get(3).constant());
        VerifiedEvent call = verified().events(4).get(0);
        assertEquals(Optional.of(MeasuredConstant.CALLING_BOOT_OPTION), call.constant());
        assertFalse(call.isSeparator(), "another constant");
        assertEquals(Optional.empty(), events.get(0).constant());
    }

    @Test
    void anEventIsFoundByItsPcrAndNumber() throws Exception {
        VerifiedLog log = verified();
        for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
            for (int number = -1; number < 14; number++) {
                assertEquals(
                        numbers(log.events(pcr)).contains(number) ? Optional.of(number) : Optional.empty(),
                        log.event(pcr, number).map(VerifiedEvent::number),
                        "event " + number + " of PCR " + pcr);
            }
        }
        EventLogBuilder many = EventLogBuilder.cryptoAgile(SHA256, SHA384);
        for (int i = 0; i < 100; i++) {
            many.measure(i % 3 == 0 ? 4 : 5, EventType.EV_IPL, TEXT);
        }
        VerifiedLog all = compared(Replay.of(EventLog.wrap(many.build()))).verified(SHA256);
        for (int i = 0; i < 100; i++) {
            assertEquals(i % 3 == 0, all.event(4, i + 1).isPresent(), "event " + (i + 1));
        }
    }

    @Test
    void eventsBelongToTheirLogAndBank() throws Exception {
        ReplayedLog replayed = replayed();
        VerifiedLog log = replayed.verified(SHA256);
        assertTrue(log.contains(log.events(7).get(0)));
        assertFalse(log.contains(replayed.verified(SHA384).events(7).get(0)), "another bank");
        assertFalse(log.contains(verified().events(7).get(0)), "another log that has the same events");
    }

    @Test
    void anEventKnowsWhereItIsAndWhatIsProved() throws Exception {
        ReplayedLog replayed = replayed();
        VerifiedEvent event = replayed.verified(SHA256).events(7).get(1);
        assertEquals(3, event.number());
        assertEquals(replayed.replay().log().events().get(3).offset(), event.offset());
        assertEquals(7, event.pcr());
        assertEquals(digest(SHA256, SEPARATOR), event.bankDigest());
        assertEquals(PcrProof.ASSERTED, event.proof());
        assertEquals("event 3 (PCR 7, EV_SEPARATOR)", event.toString());
        assertSame(replayed.replay().checkedLog().events().get(3), event.claims());
        assertSame(replayed.verified(SHA256).claims(), replayed.replay().checkedLog(), "decoded once");
    }

    @Test
    void whatTheDigestCoversIsReadWhateverTheType() throws Exception {
        VerifiedLog log = verified();
        VerifiedEvent variable = log.events(7).get(0);
        assertEquals(Optional.of(VARIABLE), variable.coveredBytes());
        assertEquals(
                "SecureBoot",
                variable.coveredVariable().orElseThrow().variable().unicodeName());
        assertFalse(variable.coveredVariable().orElseThrow().isAuthority());
        assertSame(variable.coveredVariable(), variable.coveredVariable(), "decoded once");
        assertTrue(variable.coveredAuthority().orElseThrow().isAuthority());
        VerifiedEvent text = log.events(1).get(0);
        assertEquals(Optional.of(TEXT), text.coveredBytes());
        assertEquals(Optional.empty(), text.coveredVariable());
        assertEquals(Optional.empty(), text.coveredAuthority());
    }

    @Test
    void recordsOfUserspaceAreThoseOfTheBankAndOfAReproducedPcr() throws Exception {
        List<CelRecord> records = List.of(
                record(new CelRecord.Register.Pcr(11), SHA256, SHA384),
                record(new CelRecord.Register.Pcr(12), SHA256),
                record(new CelRecord.Register.Pcr(11), SHA384),
                record(new CelRecord.Register.NvIndex(11), SHA256),
                record(new CelRecord.Register.Pcr(NOT_REPRODUCED), SHA256),
                record(new CelRecord.Register.Pcr(11), SHA256));
        EventLog firmware = EventLog.wrap(builder().build());
        VerifiedLog log = compared(Replay.of(firmware, new UserspaceLog(records, false, List.of())))
                .verified(SHA256);
        assertEquals(List.of(records.get(0), records.get(5)), log.userspaceRecords(11));
        assertEquals(List.of(records.get(1)), log.userspaceRecords(12));
        assertEquals(List.of(), log.userspaceRecords(13));
        assertEquals(List.of(), log.userspaceRecords(NOT_REPRODUCED));
        assertEquals(List.of(), verified().userspaceRecords(11), "no userspace log");
    }

    private static CelRecord record(CelRecord.Register register, HashAlgorithm... banks) {
        return new CelRecord(
                OptionalLong.empty(),
                register,
                List.of(banks).stream().map(bank -> digest(bank, TEXT)).toList(),
                List.of(),
                Optional.of("systemd"),
                new CelRecord.Content.Systemd(Optional.of("text"), Optional.of("phase")),
                Bytes.EMPTY,
                0);
    }

    private static List<Integer> numbers(List<VerifiedEvent> events) {
        return events.stream().map(VerifiedEvent::number).toList();
    }

    private static Digest digest(HashAlgorithm bank, Bytes measured) {
        return new Digest(bank, bank.hash(measured).orElseThrow());
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
