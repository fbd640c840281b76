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
 */
public record BootInput(String name, BootSummary summary, ReplayedLog evidence, Optional<Fault> fault) {}
