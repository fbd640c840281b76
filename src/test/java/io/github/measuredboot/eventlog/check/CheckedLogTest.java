package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a checked log keeps, and the names by which its findings are written. */
class CheckedLogTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;

    @Test
    void whatWasCheckedOnceIsKept() throws Exception {
        CheckedLog log = log();
        CheckedEvent event = log.events().get(1);
        assertSame(event, log.events().get(1));
        assertSame(event.claimedData(), event.claimedData());
        assertSame(event.check(SHA256).orElseThrow(), event.check(SHA256).orElseThrow());
        assertSame(event.check(SHA256).orElseThrow(), event.checks().get(0));
        assertSame(
                event.claimedCoveredBytes(SHA256).orElseThrow(),
                event.claimedCoveredBytes(SHA256).orElseThrow());
    }

    @Test
    void anEventIsPrintedWithItsChecks() throws Exception {
        CheckedEvent event = log().events().get(1);
        assertTrue(event.toString().startsWith(event.event() + " "), event.toString());
        assertTrue(event.toString().contains("MATCHES, TEXT_WITHOUT_NUL"), event.toString());
    }

    @Test
    void acceptedQuirksAreEqualIfTheyAcceptTheSame() {
        AcceptedQuirks harmless = AcceptedQuirks.upTo(DigestQuirk.Severity.HARMLESS);
        AcceptedQuirks allButMore = AcceptedQuirks.ALL.without(EnumSet.allOf(DigestQuirk.class).stream()
                .filter(quirk -> quirk.severity() != DigestQuirk.Severity.HARMLESS)
                .toArray(DigestQuirk[]::new));
        assertEquals(harmless, allButMore);
        assertEquals(harmless.hashCode(), allButMore.hashCode());
        assertEquals(harmless.toString(), allButMore.toString());
        assertEquals(AcceptedQuirks.ALL, AcceptedQuirks.upTo(DigestQuirk.Severity.SERIOUS));
        assertNotEquals(harmless, AcceptedQuirks.upTo(DigestQuirk.Severity.NOTABLE));
        assertNotEquals(AcceptedQuirks.NONE, AcceptedQuirks.ALL);
        assertNotEquals(AcceptedQuirks.NONE, Set.of());
        assertNotEquals(0, AcceptedQuirks.ALL.hashCode(), "a hash of what is accepted");
        assertEquals(
                "[TAG_NOT_COVERED]",
                AcceptedQuirks.ALL
                        .without(EnumSet.complementOf(EnumSet.of(DigestQuirk.TAG_NOT_COVERED)).stream()
                                .toArray(DigestQuirk[]::new))
                        .toString());
    }

    @Test
    void reportsWriteTheseNames() {
        assertEquals(
                List.of("covered", "not-covered", "contradicted", "never-measured"),
                Stream.of(Coverage.values()).map(Coverage::id).toList());
        assertEquals(
                List.of("matches", "differs", "not-covered", "not-measured", "no-digest"),
                Stream.of(DigestStatus.values()).map(DigestStatus::id).toList());
        Map<DigestRule, String> rules = new EnumMap<>(DigestRule.class);
        Stream.of(DigestRule.values()).forEach(rule -> rules.put(rule, rule.description()));
        assertEquals("the event data", rules.get(DigestRule.WHOLE_DATA));
        assertEquals("the variable's data without its name", rules.get(DigestRule.VARIABLE_DATA));
        assertEquals("data outside the log", rules.get(DigestRule.OUTSIDE_THE_LOG));
        assertEquals("nothing", rules.get(DigestRule.NOTHING));
        assertEquals(rules.size(), rules.values().stream().distinct().count(), "each rule has words of its own");
    }

    private static CheckedLog log() throws Exception {
        Bytes text = Bytes.encode("text\0", StandardCharsets.US_ASCII);
        return CheckedLog.of(EventLog.wrap(EventLogBuilder.cryptoAgile(SHA256)
                .measure(7, EventType.EV_EFI_ACTION, text.slice(0, 4), text)
                .build()));
    }
}
