package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Fault;
import java.util.Optional;

/**
 * What could be read of a log that may be malformed, for diagnosis. A verdict must not be built on it while there is a
 * fault: what follows the fault is unknown.
 *
 * @param readable the events before the fault, or all of them; with a fault it carries {@link DiagnosticCode#INCOMPLETE},
 *     and {@link EventLog#trailing()} is what was not read
 * @param fault why reading stopped, or empty if the whole log was read
 */
public record EventLogExamination(EventLog readable, Optional<Fault> fault) {}
