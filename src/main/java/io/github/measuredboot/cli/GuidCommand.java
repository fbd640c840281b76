package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.json.UefiReports;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "guid",
        description =
                "Shows a GUID in its canonical form, with the first three fields byte-swapped as some tools print it, as"
                        + " the bytes in memory, and its name if it is a known one.",
        mixinStandardHelpOptions = true)
final class GuidCommand implements Callable<Integer> {
    private static final int HEX_DIGITS = 2 * Guid.SIZE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Parameters(
            paramLabel = "GUID",
            description = "The canonical text, or 32 hexadecimal digits: the bytes as they are in memory.")
    private String text = "";

    @Override
    public Integer call() throws InputException {
        Guid guid = parse(text);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(UefiReports.guid(guid));
            return 0;
        }
        out.println("canonical  " + guid);
        out.println("swapped    " + guid.byteSwapped());
        out.println("bytes      " + guid.toBytes().toHex());
        out.println("name       " + KnownGuids.name(guid).orElse("(not known)"));
        KnownGuids.unswap(guid)
                .ifPresent(known -> out.println("note: this is the byte-swapped form of " + named(known)));
        return 0;
    }

    static String named(Guid guid) {
        return guid + KnownGuids.name(guid).map(name -> " (" + name + ")").orElse("");
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
