package io.github.measuredboot.examples.verifier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void whatAMachineSentDoesNotSteerATerminal() {
        Table table = new Table("NAME", "WHY NOT");
        table.row("web-1", "\u001b[2J\u202egnp\r\nPASS\u009b1m");
        table.row("a longer name", "");
        assertEquals(
                "NAME           WHY NOT\nweb-1          \ufffd[2J\ufffdgnp\ufffd\ufffdPASS\ufffd1m\na longer name\n",
                table.toString());
    }
}
