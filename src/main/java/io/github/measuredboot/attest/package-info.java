@NullMarked
package io.github.measuredboot.attest;

import org.jspecify.annotations.NullMarked;
