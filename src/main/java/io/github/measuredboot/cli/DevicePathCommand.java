package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import io.github.measuredboot.uefi.devicepath.MalformedNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "devpath",
        description = {
            "Prints EFI device paths as text, or texts as device paths: a line for each.",
            "A path or text that is malformed gives a line that begins with ! and says why. Control characters are"
                    + " printed as \\uXXXX."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "1:a path or text is malformed, or wrong usage"},
        mixinStandardHelpOptions = true)
final class DevicePathCommand implements Callable<Integer> {
    enum Dialect {
        uefi,
        efivar
    }

    /** As efibootmgr prints the bytes of a path: blanks between them, slashes between instances. */
    private static final Pattern NOT_DIGITS = Pattern.compile("^\\s*dp:|[\\s/]+");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "uefi, as EDK2 prints it, or efivar, as libefivar 39 does. Default: ${DEFAULT-VALUE}")
    private Dialect dialect = Dialect.uefi;

    @Option(names = "--display", description = "The shortened form of the uefi dialect.")
    private boolean display;

    @Option(names = "--from-text", description = "The other way: from texts of the uefi dialect to hexadecimal digits.")
    private boolean fromText;

    @Option(names = "--strict", description = "With --from-text, refuse what EDK2 only guesses at.")
    private boolean strict;

    @Parameters(
            arity = "0..*",
            paramLabel = "HEX",
            description =
                    "Device paths in hexadecimal digits, with blanks as efibootmgr -v prints them or without, or texts."
                            + " Default: the lines of standard input.")
    private List<String> paths = List.of();

    @Override
    public Integer call() throws InputException {
        if (display && (dialect == Dialect.efivar || fromText)) {
            throw new InputException("--display is a form of the uefi dialect's text");
        }
        if (strict && !fromText) {
            throw new InputException("--strict is about --from-text");
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean anyMalformed = false;
        if (!paths.isEmpty()) {
            for (String path : paths) {
                anyMalformed |= print(path, out);
            }
            return anyMalformed ? Main.ERROR : 0;
        }
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                anyMalformed |= print(line, out);
            }
        } catch (IOException e) {
            throw new InputException(InputFile.reason("standard input", e));
        }
        return anyMalformed ? Main.ERROR : 0;
    }

    private boolean print(String line, PrintWriter out) {
        String result;
        try {
            result = fromText ? parse(line) : format(line);
        } catch (MalformedDataException | InputException e) {
            out.println("!" + e.getMessage());
            return true;
        }
        out.println(Printable.of(result));
        return false;
    }

    private String parse(String text) throws MalformedDataException {
        DevicePath path = strict ? DevicePath.parseStrictly(text) : DevicePath.parse(text);
        return path.encode().toHex();
    }

    private String format(String hex) throws MalformedDataException, InputException {
        Bytes bytes;
        try {
            bytes = Bytes.parseHex(NOT_DIGITS.matcher(hex).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new InputException("not an even number of hexadecimal digits");
        }
        DevicePath path = DevicePath.decode(bytes);
        Optional<Fault> fault = dialect == Dialect.efivar && hasOnlyGoodNodes(path) ? Optional.empty() : path.fault();
        if (fault.isPresent()) {
            throw new MalformedDataException(fault.get());
        }
        return path.toText(
                dialect == Dialect.efivar
                        ? DevicePathTextForm.EFIVAR
                        : display ? DevicePathTextForm.UEFI_DISPLAY : DevicePathTextForm.UEFI);
    }

    /** Libefivar prints a path without its End node. */
    private static boolean hasOnlyGoodNodes(DevicePath path) {
        return path.nodes().stream().noneMatch(MalformedNode.class::isInstance);
    }
}
