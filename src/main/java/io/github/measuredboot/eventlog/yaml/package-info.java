@NullMarked
package io.github.measuredboot.eventlog.yaml;

import org.jspecify.annotations.NullMarked;
