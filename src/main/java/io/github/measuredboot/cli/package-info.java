/** The command line: the only place that prints. */
@NullMarked
package io.github.measuredboot.cli;

import org.jspecify.annotations.NullMarked;
