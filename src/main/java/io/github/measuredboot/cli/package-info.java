/** The command line: the only place that prints, and no API. Its exit codes are those that {@code measuredboot --help} lists. */
@NullMarked
package io.github.measuredboot.cli;

import org.jspecify.annotations.NullMarked;
