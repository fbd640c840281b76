package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.uefi.guid.Guid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "guid",
        description = "Shows a GUID in its canonical form, with the first three fields byte-swapped as some tools print"
                + " it, and as its bytes in memory, with its name if it is known.",
        mixinStandardHelpOptions = true)
final class GuidCommand extends ReportingCommand {
    private static final int HEX_DIGITS = 2 * Guid.SIZE;

    @Parameters(
            paramLabel = "GUID",
            description = "The canonical text, or 32 hexadecimal digits: the bytes as they are in memory.")
    private String text = "";

    @Override
    String input() {
        return text;
    }

    @Override
    String inputMember() {
        return "guid";
    }

    @Override
    int execute() throws InputException {
        report(new GuidReport(parse(text)));
        return 0;
    }

    private static Guid parse(String text) throws InputException {
        if (text.length() == HEX_DIGITS) {
            try {
                return Guid.of(Bytes.parseHex(text));
            } catch (IllegalArgumentException e) {
                throw new InputException("not 32 hexadecimal digits: " + Printable.of(text));
            }
        }
        return Guid.tryParse(text)
                .orElseThrow(() -> new InputException(
                        "not a GUID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx, nor 32 hexadecimal digits: "
                                + Printable.of(text)));
    }
}
