/**
 * JSON that is stored, or exchanged with other tools.
 *
 * <h2>Store and load a reference state</h2>
 *
 * <pre>{@code
 * String stored = ReferenceStateJson.write(state, ReferenceStateJson.Form.FULL);
 * ReferenceState loaded = ReferenceStateJson.parse(Bytes.encode(stored, StandardCharsets.UTF_8)).state();
 * }</pre>
 *
 * <p>{@link io.github.measuredboot.json.ReferenceStateJson.Form#FULL} is the whole state and has a {@link io.github.measuredboot.json.ReferenceStateJson#schema schema}; {@link
 * io.github.measuredboot.json.ReferenceStateJson.Form#FIELD} is the form that other tools read, and leaves out what they do not know.
 *
 * <h2>Read what a machine sends</h2>
 *
 * <pre>{@code
 * PcrValues pcrs = PcrValuesJson.parse(Bytes.wrap(pcrsJson)); // {"sha256": {"0": "3e69...", ...}}
 * UserspaceLog userspace = UserspaceLogJson.read(userspaceLogFile); // /run/log/systemd/tpm2-measure.log
 * Replay replay = Replay.of(log, userspace);
 * }</pre>
 *
 * <p>{@link io.github.measuredboot.json.CanonicalEventLogJson} reads and writes canonical event logs (CEL-JSON).
 *
 * <p>Text that is not JSON, or not of the form that is asked for, leads to a {@link io.github.measuredboot.bytes.MalformedDataException} and no other exception.
 * Numbers are JSON numbers, binary data is lower-case hexadecimal, and hash algorithms have the names of tpm2-tools.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.json;

import org.jspecify.annotations.NullMarked;
