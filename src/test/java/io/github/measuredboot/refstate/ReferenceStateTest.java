package io.github.measuredboot.refstate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class ReferenceStateTest {
    private static final PinnedEvent EVENT = event("event");

    private static PinnedEvent event(String description) {
        return PinnedEvent.of(ReferenceStates.sha256(1), EventType.EV_IPL, description);
    }

    private static void assertRefused(String reason, ReferenceState.Builder builder) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
    }

    @Test
    void whatNoTextCanHoldIsRefused() {
        PinnedEvent noDigest = PinnedEvent.of(DigestSet.EMPTY, EventType.EV_IPL, "");
        PinnedEvent badName = EVENT.withVariable(new VariableName(Guid.ZERO, "a\u0007"));
        assertRefused("without a digest", withEvents(List.of(noDigest)));
        assertRefused("control characters", withEvents(List.of(badName)));
        assertRefused("20001 events of a PCR, more than 20000", withEvents(Collections.nCopies(20_001, EVENT)));
        assertRefused(
                "101 alternatives of PCR 9",
                ReferenceState.builder().pcr(new PinnedPcr(9, PcrMode.FREE, Collections.nCopies(101, List.of(EVENT)))));
        Firmware firmware = Firmware.builder()
                .startupLocality(OptionalInt.of(0))
                .pcr0(List.of(EVENT))
                .build();
        assertRefused("101 firmware", ReferenceState.builder().firmware(Collections.nCopies(101, firmware)));
    }

    private static ReferenceState.Builder withEvents(List<PinnedEvent> events) {
        return ReferenceState.builder().pcr(new PinnedPcr(9, PcrMode.FREE, List.of(events)));
    }

    @Test
    void aFullStateHasNoFirmwareOfWhichOnlyDigestsAreKnown() {
        Firmware digests = Firmware.builder().scrtm(ReferenceStates.sha256(1)).build();
        ReferenceState.Builder builder = ReferenceState.builder().firmware(List.of(digests));
        assertRefused("a full state has to have the startup locality", builder);
        assertEquals(List.of(digests), builder.full(false).build().firmware());
        assertThrows(
                IllegalArgumentException.class,
                () -> Firmware.builder()
                        .startupLocality(OptionalInt.of(5))
                        .pcr0(List.of(EVENT))
                        .build());
    }

    @Test
    void onlyPcrsWithARuleForTheirContentHaveThatMode() {
        for (int pcr = 0; pcr < 17; pcr++) {
            int index = pcr;
            if (pcr == 5 || pcr == 7) {
                assertEquals(PcrMode.CONTENT, new PinnedPcr(pcr, PcrMode.CONTENT, List.of()).mode());
            } else {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new PinnedPcr(index, PcrMode.CONTENT, List.of()),
                        "PCR " + pcr);
            }
        }
    }

    @Test
    void aDescriptionIsNotCutWithinACharacter() {
        String pairs = "a" + "\ud83d\ude00".repeat(300);
        assertEquals("a" + "\ud83d\ude00".repeat(199), event(pairs).description());
        String escaped = event("\u0001" + pairs).description();
        assertEquals("\\u0001a" + "\ud83d\ude00".repeat(196), escaped);
    }

    @Property(tries = 100)
    @Domain(ReferenceStates.class)
    void theOrderOfEventsIsTotalAndThatOfEquals(@ForAll ReferenceState one, @ForAll ReferenceState other) {
        List<PinnedEvent> events = new ArrayList<>();
        for (ReferenceState state : List.of(one, other)) {
            state.pcrs().forEach(pcr -> pcr.alternatives().forEach(events::addAll));
        }
        for (PinnedEvent a : events) {
            for (PinnedEvent b : events) {
                assertEquals(a.equals(b), a.compareTo(b) == 0, () -> a + " and " + b);
                assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
                assertEquals(a.digests().equals(b.digests()), a.digests().compareTo(b.digests()) == 0);
            }
        }
    }

    @Test
    void ukisAreNamedOnce() {
        PinnedEvent uki = EVENT.withRole(PinnedEvent.Role.UKI);
        PinnedEvent other = uki.withDigests(ReferenceStates.sha256(2));
        ReferenceState state = ReferenceState.builder()
                .pcr(new PinnedPcr(
                        4, PcrMode.SEQUENCE, List.of(List.of(uki, EVENT), List.of(EVENT, uki), List.of(other))))
                .build();
        assertEquals(List.of(ReferenceStates.sha256(1), ReferenceStates.sha256(2)), state.ukis());
        assertEquals(
                Optional.of(PinnedEvent.Role.UKI), state.images().get(0).get(0).role());
    }
}
