/** The picture of a boot: one page of HTML that needs no network and no script. */
@NullMarked
package io.github.measuredboot.cli.html;

import org.jspecify.annotations.NullMarked;
