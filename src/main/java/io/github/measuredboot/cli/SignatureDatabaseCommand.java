package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "sigdb",
        description =
                "Shows the signature lists of PK, KEK, db, dbx, MokList and the like. Signatures are not verified.",
        mixinStandardHelpOptions = true)
final class SignatureDatabaseCommand extends ReportingCommand {
    @Parameters(
            paramLabel = "FILE",
            description =
                    "An .esl file, an .auth file, or a variable in /sys/firmware/efi/efivars; - for standard input.")
    private String file = "";

    @Override
    String input() {
        return file;
    }

    @Override
    String inputMember() {
        return "file";
    }

    @Override
    String message(String input, MalformedDataException e) {
        return InputFile.called(input) + ": not a signature database: " + e.getMessage();
    }

    @Override
    int execute() throws InputException, MalformedDataException {
        report(new SignatureDatabaseReport(file, SignatureDatabaseFile.decode(LogInput.read(file))));
        return 0;
    }
}
