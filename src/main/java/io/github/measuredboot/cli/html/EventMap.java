package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.Band;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.Lane;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongFunction;

/** The events of a log as a drawing: a lane for each register, and in the order of the log from left to right. */
final class EventMap {
    private static final int WIDTH = 1000;
    private static final int LEFT = 210;
    private static final int RIGHT = 140;
    private static final int TOP = 26;
    private static final int LANE = 22;
    private static final int BAR = 14;
    private static final int MAX_COLUMNS = 170;
    private static final int LABEL_WIDTH = 90;
    private static final List<String> BANDS = List.of("firmware", "loader", "system");
    private static final List<String> BAND_TITLES = List.of("Firmware", "Loaders", "System");

    private final RegisterNames names;
    private final int count;
    private final int columns;
    private final BitSet[] lanes = new BitSet[PcrBank.PCR_COUNT];

    private EventMap(EventLog log, RegisterNames names) {
        this.names = names;
        this.count = Math.max(1, log.events().size());
        this.columns = Math.min(count, MAX_COLUMNS);
        for (Event event : log.events()) {
            if (event.isMeasured() && event.pcrIndex() < lanes.length) {
                int register = (int) event.pcrIndex();
                if (lanes[register] == null) {
                    lanes[register] = new BitSet(columns);
                }
                lanes[register].set((int) ((long) event.number() * columns / count));
            }
        }
    }

    static View.Map of(EventLog log, RegisterNames names, Stages stages, LongFunction<Label> states) {
        return new EventMap(log, names).draw(stages, states);
    }

    private View.Map draw(Stages stages, LongFunction<Label> states) {
        List<Lane> drawn = new ArrayList<>();
        for (int register = 0; register < lanes.length; register++) {
            if (lanes[register] != null) {
                int y = TOP + drawn.size() * LANE;
                drawn.add(new Lane(
                        y,
                        y + LANE / 2 + 4,
                        names.shortName(register),
                        names.meaning(register),
                        states.apply(register),
                        path(lanes[register], y + (LANE - BAR) / 2)));
            }
        }
        int plot = drawn.size() * LANE;
        return new View.Map(WIDTH, TOP + plot + 2, plot, bands(stages), drawn, description(stages, drawn.size()));
    }

    private String path(BitSet filled, int y) {
        StringBuilder path = new StringBuilder();
        for (int from = filled.nextSetBit(0); from >= 0; ) {
            int to = count <= MAX_COLUMNS ? from + 1 : filled.nextClearBit(from);
            int left = x(from);
            int width = Math.max(2, x(to) - left - (count <= MAX_COLUMNS ? 1 : 0));
            path.append('M')
                    .append(left)
                    .append(' ')
                    .append(y)
                    .append('h')
                    .append(width)
                    .append('v')
                    .append(BAR);
            path.append("h-").append(width).append('z');
            from = filled.nextSetBit(to);
        }
        return path.toString();
    }

    private int x(long column) {
        return LEFT + (int) (column * (WIDTH - LEFT - RIGHT) / columns);
    }

    private List<Band> bands(Stages stages) {
        List<Band> bands = new ArrayList<>();
        for (int stage = 0; stage < BANDS.size(); stage++) {
            int left = x((long) stages.begin(stage) * columns / count);
            int width = x((long) stages.end(stage) * columns / count) - left;
            if (width > 0) {
                String title = width < LABEL_WIDTH ? "" : BAND_TITLES.get(stage);
                bands.add(new Band(BANDS.get(stage), left, width, left + width / 2, title));
            }
        }
        return bands;
    }

    private String description(Stages stages, int registers) {
        return count + " events of " + registers + " registers in the order of the log: "
                + stages.end(Stages.FIRMWARE) + " by the firmware before the first separator, "
                + (stages.end(Stages.LOADER) - stages.begin(Stages.LOADER)) + " until boot services end, "
                + (stages.end(Stages.SYSTEM) - stages.begin(Stages.SYSTEM))
                + " after that. The tables below have the details.";
    }
}
