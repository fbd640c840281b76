package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import io.github.measuredboot.uefi.devicepath.MalformedNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "devpath",
        description = {
            "Prints EFI device paths as text, or texts as device paths, one per line.",
            "For a malformed path or text, prints a line that begins with ! and says why. Control characters are"
                    + " printed as \\uXXXX."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:a path or text is malformed, or wrong usage"},
        mixinStandardHelpOptions = true)
final class DevicePathCommand extends ReportingCommand {
    enum Dialect {
        uefi,
        efivar
    }

    /** As efibootmgr prints the bytes of a path: blanks between them, slashes between instances. */
    private static final Pattern NOT_DIGITS = Pattern.compile("^\\s*(dp:|0[xX])?|[\\s/:]+");

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "uefi, as EDK2 prints it, or efivar, as libefivar 39 does. Default: ${DEFAULT-VALUE}")
    private Dialect dialect = Dialect.uefi;

    @Option(names = "--display", description = "The shortened form of the uefi dialect.")
    private boolean display;

    @Option(names = "--from-text", description = "The reverse: from texts in the uefi dialect to hexadecimal digits.")
    private boolean fromText;

    @Option(names = "--strict", description = "With --from-text, refuse what EDK2 only guesses at.")
    private boolean strict;

    @Parameters(
            arity = "0..*",
            paramLabel = "HEX",
            description =
                    "Device paths in hexadecimal digits, with or without the blanks that efibootmgr -v prints, or texts."
                            + " Default: the lines of standard input.")
    private List<String> paths = List.of();

    @Override
    String input() {
        return "device paths";
    }

    @Override
    String inputMember() {
        return "input";
    }

    @Override
    void requireConsistent() throws InputException {
        if (display && (dialect == Dialect.efivar || fromText)) {
            throw new InputException("--display is a form of the uefi dialect's text");
        }
        if (strict && !fromText) {
            throw new InputException("--strict is about --from-text");
        }
    }

    @Override
    int execute() throws InputException {
        boolean[] anyMalformed = {false};
        try {
            Stream<String> inputs = paths.isEmpty()
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines()
                    : paths.stream();
            Iterator<DevicePathsReport.Result> results = inputs.map(this::result)
                    .peek(result -> anyMalformed[0] |= result.fault().isPresent())
                    .iterator();
            report(new DevicePathsReport(() -> results, fromText));
        } catch (UncheckedIOException e) {
            if (e instanceof StandardOutput.Lost lost) {
                throw lost;
            }
            throw new InputException(InputFile.reason("standard input", Objects.requireNonNull(e.getCause())));
        }
        return anyMalformed[0] ? Main.ERROR : 0;
    }

    private DevicePathsReport.Result result(String line) {
        try {
            return new DevicePathsReport.Result(line, fromText ? parse(line) : format(line), Optional.empty());
        } catch (MalformedDataException | InputException e) {
            return new DevicePathsReport.Result(line, "", Optional.of(String.valueOf(e.getMessage())));
        }
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
            throw new InputException("not bytes in hexadecimal digits, two for each");
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
