package io.github.measuredboot.eventlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventLogProperties {
    private record Written(long pcrIndex, EventType type, Bytes digestInput, Bytes data) {}

    @Property(tries = 500)
    void cryptoAgileLogsDecodeToWhatWasEncoded(
            @ForAll("banks") List<HashAlgorithm> banks, @ForAll("events") List<Written> events) throws Exception {
        check(EventLogBuilder.cryptoAgile(banks.toArray(new HashAlgorithm[0])), 1, banks, events);
    }

    @Property(tries = 500)
    void legacyLogsDecodeToWhatWasEncoded(@ForAll("events") List<Written> events) throws Exception {
        check(EventLogBuilder.legacy(), 0, List.of(HashAlgorithm.SHA1), events);
    }

    private static void check(EventLogBuilder builder, int headers, List<HashAlgorithm> banks, List<Written> events)
            throws Exception {
        for (Written event : events) {
            builder.measure(event.pcrIndex, event.type, event.digestInput, event.data);
        }
        byte[] encoded = builder.build();
        EventLog log = EventLog.wrap(encoded);
        assertEquals(headers + events.size(), log.events().size());
        for (int i = 0; i < events.size(); i++) {
            Event decoded = log.events().get(headers + i);
            assertEquals(events.get(i).pcrIndex, decoded.pcrIndex());
            assertEquals(events.get(i).type, decoded.claimedType());
            assertEquals(events.get(i).data, decoded.data());
            assertEquals(
                    banks, decoded.digests().stream().map(Digest::algorithm).toList());
        }
        assertArrayEquals(encoded, EventLogBuilder.from(log).build());
    }

    @Provide
    Arbitrary<List<HashAlgorithm>> banks() {
        return Arbitraries.of(HashAlgorithm.standard())
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    /** Types from 4 on: neither padding, which a type 0 for PCR 0 may be taken for, nor EV_NO_ACTION headers. */
    @Provide
    Arbitrary<List<Written>> events() {
        Arbitrary<Bytes> data =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(Bytes::wrap);
        return Combinators.combine(
                        Arbitraries.longs().between(0, 0xffff_ffffL),
                        Arbitraries.longs().between(4, 0xffff_fffeL).map(EventType::new),
                        data,
                        data)
                .as(Written::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
