/** What bytes that do not say what they are look like: text in some encoding, a command line, a file of another kind. */
@NullMarked
package io.github.measuredboot.internal.recognition;

import org.jspecify.annotations.NullMarked;
