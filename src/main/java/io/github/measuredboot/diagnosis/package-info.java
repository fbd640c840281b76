/**
 * Why the PCRs of a machine are not what was expected, for a person who has to act on it.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.diagnosis;

import org.jspecify.annotations.NullMarked;
