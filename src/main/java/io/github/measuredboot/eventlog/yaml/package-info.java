/**
 * Event logs as YAML, byte for byte as {@code tpm2_eventlog} of tpm2-tools prints them, for programs that read that YAML.
 *
 * <pre>{@code
 * EventLog log = EventLog.copyOf(logBytes);
 * EventLogYaml.of(EventLogYaml.Version.V2).writeUtf8(log, System.out);
 *
 * EventLogYaml ofDebian12 = EventLogYaml.of(EventLogYaml.Version.V1).asPrintedBy(Tpm2ToolsRelease.V5_4);
 * String yaml = ofDebian12.toText(log);
 * }</pre>
 *
 * <p>The default is what release 5.7, the newest, prints in a build without libefivar. Whatever the log, the output is valid YAML in
 * UTF-8: where {@code tpm2_eventlog} fails, reads beyond an event, or prints what no YAML reader accepts, data are written as hexadecimal
 * digits and texts in double quotes. For a well-formed log, any output of {@code tpm2_eventlog} that can be parsed is the same as that of
 * this package, even in what it leaves out; {@code docs/YAML.md} has the tables. The structures are read as that program reads them, not
 * as {@link io.github.measuredboot.eventlog} and its subpackages do.
 *
 * <p>All of it is what the log claims, the PCR values included. Output is written as it is produced: besides the log, memory is needed
 * for one text at a time. All types are immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.yaml;

import org.jspecify.annotations.NullMarked;
