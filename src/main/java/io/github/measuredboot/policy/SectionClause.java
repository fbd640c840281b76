package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.VerifiedEvent;
import java.util.ArrayList;
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
            List<VerifiedEvent> contents = new ArrayList<>();
            for (int i = 1; i < events.size(); i += 2) {
                contents.add(events.get(i));
            }
            if (events.size() % 2 != 0) {
                return Judgement.failed(
                        events.subList(events.size() - 1, events.size()),
                        "names and contents of sections in turn",
                        events.size() + " events");
            }
            return Clauses.judgeSequence(log.bank(), log.events(PCR), contents, alternatives);
        };
    }
}
