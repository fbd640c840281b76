package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReferenceStateCommandTest {
    @Test
    void aSubcommandIsNeeded() {
        Run noSubcommand = Run.of("refstate");
        assertEquals(1, noSubcommand.exitCode());
        assertTrue(noSubcommand.err().contains("Missing required subcommand"), noSubcommand.err());
        assertEquals(0, Run.of("refstate", "help").exitCode());
    }
}
