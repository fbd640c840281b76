package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.cli.html.View.EventRow;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.List;

/** The first events of a log. */
record EventRows(BootSummary summary, ReplayedLog evidence, Marks marks, RegisterNames names) {
    private static final int MAX_EVENTS = 400;

    static View.Events of(BootInput boot) {
        BootSummary summary = boot.summary();
        EventRows rows = new EventRows(summary, boot.evidence(), Marks.of(boot), RegisterNames.of(summary));
        List<CheckedEvent> events = boot.evidence().replay().checkedLog().events();
        return new View.Events(summary.bank().name(), Shown.of(events, MAX_EVENTS, rows::row));
    }

    private EventRow row(CheckedEvent checked) {
        Event event = checked.event();
        String register = !event.isMeasured() ? "not measured" : names.name(event.pcrIndex());
        return new EventRow(
                event.number(),
                register,
                event.claimedType().name(),
                event.isMeasured()
                        ? PinnedEvent.claimed(checked, summary.bank()).description()
                        : "",
                event.isMeasured() ? Words.shortDigest(event.digest(summary.bank())) : "",
                mark(checked));
    }

    private Label mark(CheckedEvent checked) {
        Event event = checked.event();
        return checked.check(summary.bank())
                .map(check -> switch (check.status()) {
                    case MATCHES ->
                        marks.covered(
                                event.pcrIndex() <= Integer.MAX_VALUE
                                        ? evidence.proof(summary.bank(), (int) event.pcrIndex())
                                        : PcrProof.UNPROVED);
                    case DIFFERS -> Marks.REFUTED;
                    case NOT_COVERED, NOT_MEASURED, NO_DIGEST -> Marks.CLAIMED;
                })
                .orElse(Marks.CLAIMED);
    }
}
