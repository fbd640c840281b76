package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;

/** What a command has found, for whatever format it is asked to be printed in. */
interface Report {
    /** The lines for a person: the answer first. */
    void lines(TextOutput out);

    /** The members of the object for a program. */
    void members(DataWriter out);
}
