package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.UefiReports;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sigdb",
        description =
                "Shows the signature lists of PK, KEK, db, dbx, MokList and the like. Signatures are not verified.",
        mixinStandardHelpOptions = true)
final class SignatureDatabaseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "An .esl file, an .auth file, or a variable in /sys/firmware/efi/efivars; - for standard input.")
    private String file = "";

    @Override
    public Integer call() {
        try {
            SignatureDatabaseFile decoded = SignatureDatabaseFile.decode(LogInput.read(file));
            String report = json ? UefiReports.signatureDatabase(file, decoded) : SignatureDatabaseText.of(decoded);
            spec.commandLine().getOut().println(report);
            return 0;
        } catch (MalformedDataException e) {
            return fail(file + ": not a signature database: " + e.getMessage(), UefiReports.malformed(file, e.fault()));
        } catch (InputException e) {
            return fail(e.reason(), UefiReports.unreadable(file, e.reason()));
        }
    }

    private int fail(String message, String report) {
        if (json) {
            spec.commandLine().getOut().println(report);
        }
        spec.commandLine().getErr().println("measuredboot: " + message);
        return Main.ERROR;
    }
}
