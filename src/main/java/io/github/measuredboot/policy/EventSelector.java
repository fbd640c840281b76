package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which events a clause of a policy is about, by PCR and claimed type. */
public final class EventSelector {
    private record Row(int pcr, Set<EventType> types) {
        boolean selects(MeasuredEvent event) {
            return event.pcr() == pcr && types.contains(event.claimedType());
        }
    }

    private final List<Row> rows;

    private EventSelector(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * The events of a PCR that claim one of some types.
     *
     * @param pcr the PCR, 0 to 23
     * @param types the types
     * @return the selector
     */
    public static EventSelector on(int pcr, EventType... types) {
        return new EventSelector(List.of(new Row(pcr, Set.of(types))));
    }

    /**
     * These events and those of another PCR.
     *
     * @param pcr the PCR, 0 to 23
     * @param types the types
     * @return the selector of both
     */
    public EventSelector and(int pcr, EventType... types) {
        List<Row> more = new ArrayList<>(rows);
        more.add(new Row(pcr, Set.of(types)));
        return new EventSelector(more);
    }

    boolean selects(MeasuredEvent event) {
        return rows.stream().anyMatch(row -> row.selects(event));
    }

    List<Integer> pcrs() {
        return List.copyOf(rows.stream().map(Row::pcr).collect(Collectors.toCollection(TreeSet::new)));
    }
}
