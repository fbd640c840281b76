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
        Row {
            EventPolicy.checkPcr(pcr);
        }

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
     * @throws IllegalArgumentException if there is no such PCR
     */
    public static EventSelector on(int pcr, EventType... types) {
        return new EventSelector(List.of(row(pcr, types)));
    }

    /**
     * These events and those of another PCR.
     *
     * @param pcr the PCR, 0 to 23
     * @param types the types
     * @return the selector of both
     * @throws IllegalArgumentException if there is no such PCR
     */
    public EventSelector and(int pcr, EventType... types) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row(pcr, types));
        return new EventSelector(more);
    }

    private static Row row(int pcr, EventType... types) {
        return new Row(pcr, Set.copyOf(List.of(types)));
    }

    boolean selects(MeasuredEvent event) {
        for (Row row : rows) {
            if (row.selects(event)) {
                return true;
            }
        }
        return false;
    }

    List<Integer> pcrs() {
        return List.copyOf(rows.stream().map(Row::pcr).collect(Collectors.toCollection(TreeSet::new)));
    }
}
