package io.github.measuredboot.policy;

import java.util.List;

/**
 * A rule for the events of one clause of a policy. Implementations are stateless, and stand only on what a {@link MeasuredEvent}
 * does not call claimed.
 */
@FunctionalInterface
public interface EventRule {
    /**
     * Judges the events that a clause has selected.
     *
     * @param events the events in the order of the log; perhaps none
     * @return the judgement
     */
    Judgement judge(List<MeasuredEvent> events);
}
