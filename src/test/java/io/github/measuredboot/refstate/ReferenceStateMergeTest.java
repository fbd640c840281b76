package io.github.measuredboot.refstate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.ReferenceStateMerge.Variation;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.ReferenceStates;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceStateMergeTest {
    private static ReferenceState state(ReferenceStateMaker.Builder maker) throws Exception {
        EventLog log = EventLog.read(Path.of("testdata/boots/uki-secureboot/eventlog.bin"));
        return maker.build().make(ReferenceStateMaker.claimed(Replay.of(log)));
    }

    private static ReferenceState withAnotherEvent(ReferenceState state, int pcr) {
        PinnedEvent event = PinnedEvent.of(ReferenceStates.sha256(pcr), EventType.EV_EFI_VARIABLE_BOOT, "other");
        return state.toBuilder()
                .pcr(new PinnedPcr(pcr, state.pcr(pcr).orElseThrow().mode(), List.of(List.of(event))))
                .build();
    }

    /** What a state keeps of these PCRs is compared, whether it is pinned or not. */
    @Test
    void settingsThatVariedAreReportedWhereTheStatesKeepThem() throws Exception {
        for (PcrMode mode : List.of(PcrMode.SEQUENCE, PcrMode.FREE)) {
            for (int pcr : List.of(1, 3, 6)) {
                ReferenceState one =
                        withMode(state(ReferenceStateMaker.builder().mode(pcr, PcrMode.SEQUENCE)), pcr, mode);
                ReferenceStateMerge merged = ReferenceStateMerge.of(List.of(one, withAnotherEvent(one, pcr)));
                String pinned = mode == PcrMode.SEQUENCE ? "each an alternative" : "none of which is pinned";
                assertEquals(List.of(new Variation(pcr, "2 sequences of events, " + pinned)), merged.variations());
                assertEquals(
                        List.of(), ReferenceStateMerge.of(List.of(one, one)).variations());
            }
        }
    }

    private static ReferenceState withMode(ReferenceState state, int pcr, PcrMode mode) {
        return state.toBuilder()
                .pcr(state.pcr(pcr).orElseThrow().withMode(mode))
                .build();
    }

    @Test
    void aPcrThatOneStateLeavesFreeIsReported() throws Exception {
        ReferenceState free = state(ReferenceStateMaker.builder());
        ReferenceState pinned = state(ReferenceStateMaker.builder().mode(1, PcrMode.SEQUENCE));
        ReferenceStateMerge merged = ReferenceStateMerge.of(List.of(free, pinned));
        assertEquals(
                List.of(new Variation(1, "free in some states, and pinned in others: free now")), merged.variations());
        assertEquals(PcrMode.FREE, merged.state().pcr(1).orElseThrow().mode());
    }

    @Test
    void moreAlternativesThanAStateHoldsAreRefused() throws Exception {
        ReferenceState state = state(ReferenceStateMaker.builder().mode(1, PcrMode.SEQUENCE));
        List<ReferenceState> states = IntStream.rangeClosed(0, ReferenceState.MAX_ALTERNATIVES)
                .mapToObj(i -> state.toBuilder()
                        .pcr(new PinnedPcr(
                                1,
                                PcrMode.SEQUENCE,
                                List.of(List.of(PinnedEvent.of(ReferenceStates.sha256(i), EventType.EV_IPL, "")))))
                        .build())
                .toList();
        assertEquals(
                ReferenceState.MAX_ALTERNATIVES,
                ReferenceStateMerge.of(states.subList(1, states.size()))
                        .state()
                        .alternatives(1)
                        .size());
        ReferenceStateException e = assertThrows(ReferenceStateException.class, () -> ReferenceStateMerge.of(states));
        assertTrue(e.toString().contains("101 alternatives of PCR 1, more than 100"), e.toString());
    }
}
