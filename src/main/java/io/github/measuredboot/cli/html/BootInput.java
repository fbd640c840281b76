package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.Optional;

/**
 * A boot that a page shows.
 *
 * @param name what its log is called, such as the name of a file
 * @param summary what happened in it
 * @param evidence its log and what that was compared with
 * @param fault where the log is malformed: the page shows the events before it
 * @param onlyClaimed whether nothing but the header of the log, which is not measured, says which registers its events extend; if so, no
 *     statement is more than claimed
 */
public record BootInput(
        String name, BootSummary summary, ReplayedLog evidence, Optional<Fault> fault, boolean onlyClaimed) {
    /**
     * A boot for which it is known what its events extend.
     *
     * @param name what its log is called, such as the name of a file
     * @param summary what happened in it
     * @param evidence its log and what that was compared with
     * @param fault where the log is malformed: the page shows the events before it
     */
    public BootInput(String name, BootSummary summary, ReplayedLog evidence, Optional<Fault> fault) {
        this(name, summary, evidence, fault, false);
    }
}
