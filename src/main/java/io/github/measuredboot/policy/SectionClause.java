package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.uefi.image.SectionMeasurement;
import java.util.List;

/** The sections of a UKI of which a short state has the contents, but not the names: every second event of PCR 11. */
final class SectionClause {
    private static final int PCR = 11;

    private SectionClause() {}

    static EventClause contents(List<List<PinnedEvent>> alternatives) {
        return log -> {
            List<VerifiedEvent> events = log.events(PCR).stream()
                    .filter(event -> !event.isSeparator())
                    .toList();
            if (events.size() % 2 != 0) {
                return Judgement.failed(
                        events.subList(events.size() - 1, events.size()),
                        "names and contents of sections in turn",
                        events.size() + " events");
            }
            return Clauses.judgeSequence(
                    log.bank(), log.events(PCR), SectionMeasurement.contents(events), alternatives);
        };
    }
}
