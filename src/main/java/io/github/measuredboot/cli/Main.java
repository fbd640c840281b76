package io.github.measuredboot.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code measuredboot}: reads the evidence of a measured boot. */
@Command(
        name = "measuredboot",
        description = "Reads the evidence of a measured boot.",
        subcommands = {
            EventsCommand.class,
            SummaryCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            DevicePathCommand.class,
            GuidCommand.class,
            SignatureDatabaseCommand.class,
            PredictCommand.class,
            ReferenceStateCommand.class,
            CheckCommand.class,
            DiagnoseCommand.class,
            SaveCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:wrong usage, input that cannot be read, or a malformed log",
            "2:PCRs that differ, a refused quote, a rejected boot, or two states that are not the same"
        })
public final class Main {
    static final int ERROR = 1;
    static final int DIFFERENT = 2;

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Output that gets lost, as on a full disk, must not pass for a success. */
    static int run(PrintStream out, PrintStream err, String... args) {
        CommandLine commandLine = commandLine();
        commandLine.setOut(utf8(out));
        commandLine.setErr(utf8(err));
        int exitCode = commandLine.execute(args);
        if (!commandLine.getOut().checkError() && !out.checkError()) {
            return exitCode;
        }
        commandLine.getErr().println("measuredboot: the output could not be written in full");
        return exitCode == 0 ? ERROR : exitCode;
    }

    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        useExitCodes(commandLine);
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            String message = e instanceof InputException ? e.getMessage() : "internal error: " + e;
            command.getErr().println("measuredboot: " + message);
            return ERROR;
        });
        return commandLine;
    }

    private static void useExitCodes(CommandLine command) {
        command.getSubcommands().values().forEach(Main::useExitCodes);
        command.getCommandSpec().exitCodeOnInvalidInput(ERROR).exitCodeOnExecutionException(ERROR);
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"measuredboot " + Objects.requireNonNullElse(version, "(not packaged)")};
        }
    }
}
