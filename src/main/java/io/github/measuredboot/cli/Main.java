package io.github.measuredboot.cli;

import io.github.measuredboot.internal.text.Printable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code measuredboot}: reads the evidence of a measured boot. */
@Command(
        name = "measuredboot",
        description = "Reads the evidence of a measured boot.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:wrong usage, input that cannot be read, or a malformed log",
            "2:PCRs that differ, a refused quote, a rejected boot, or two states that differ"
        })
public final class Main {
    private static final String JSON = "--json";
    static final int ERROR = 1;
    static final int DIFFERENT = 2;

    /** As a shell reports a process that SIGPIPE has ended. */
    static final int CLOSED_PIPE = 141;

    private static final int BUFFER = 1 << 16;

    /** Only the command that is called is made, as reading the annotations of all takes longer than most commands do. */
    private static final List<Subcommand> SUBCOMMANDS = List.of(
            new Subcommand("events", EventsCommand.class),
            new Subcommand("summary", SummaryCommand.class),
            new Subcommand("report", ReportCommand.class),
            new Subcommand("replay", ReplayCommand.class),
            new Subcommand("verify", VerifyCommand.class),
            new Subcommand("devpath", DevicePathCommand.class),
            new Subcommand("guid", GuidCommand.class),
            new Subcommand("sigdb", SignatureDatabaseCommand.class),
            new Subcommand("predict", PredictCommand.class),
            new Subcommand("refstate", ReferenceStateCommand.class),
            new Subcommand("check", CheckCommand.class),
            new Subcommand("diagnose", DiagnoseCommand.class),
            new Subcommand("save", SaveCommand.class),
            new Subcommand("ek", EndorsementCommand.class),
            new Subcommand("credential", CredentialCommand.class),
            new Subcommand("attest", AttestCommand.class),
            new Subcommand("systemd-report", SystemdReportCommand.class),
            new Subcommand("help", CommandLine.HelpCommand.class));

    private record Subcommand(String name, Class<?> type) {}

    private final ThisMachine machine;
    private final Terminal terminal;

    Main(ThisMachine machine, Terminal terminal) {
        this.machine = machine;
        this.terminal = terminal;
    }

    ThisMachine machine() {
        return machine;
    }

    Terminal terminal() {
        return terminal;
    }

    /**
     * Runs a command; the JVM ends with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        String[] arguments = FileNames.arguments(args);
        CommandLine commandLine =
                commandLine(ThisMachine.LINUX, Terminal.ofThisProcess(), arguments.length > 0 ? arguments[0] : "");
        int exitCode = run(commandLine, out, System.err, arguments);
        if (exitCode != 0) { // since JDK 21, to exit is an event for a logger, which has to be found and loaded
            System.exit(exitCode);
        }
    }

    /** Output that gets lost, as on a full disk, must not pass for a success; a reader that has enough is no error. */
    static int run(CommandLine commandLine, OutputStream out, OutputStream err, String... args) {
        StandardOutput standardOutput = new StandardOutput(out);
        commandLine.setOut(utf8(standardOutput, false));
        commandLine.setErr(utf8(err, true));
        try {
            int exitCode = commandLine.execute(args);
            if (exitCode == 0 || !standardOutput.isLost()) { // otherwise it has been said
                commandLine.getOut().flush();
            }
            return exitCode;
        } catch (StandardOutput.Lost e) {
            return lost(commandLine, ((Main) commandLine.getCommand()).terminal, e);
        }
    }

    static int lost(CommandLine command, Terminal terminal, StandardOutput.Lost lost) {
        if (terminal.isOutputPiped()) {
            return CLOSED_PIPE;
        }
        command.getErr().println("measuredboot: the output could not be written in full: " + lost.getMessage());
        return ERROR;
    }

    private static PrintWriter utf8(OutputStream stream, boolean flushesLines) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), flushesLines);
    }

    static CommandLine commandLine() {
        return commandLine(ThisMachine.LINUX, Terminal.NONE);
    }

    static CommandLine commandLine(ThisMachine machine, Terminal terminal) {
        return commandLine(machine, terminal, "");
    }

    /** The command line for calls of one command, or for all if there is none of that name. */
    static CommandLine commandLine(ThisMachine machine, Terminal terminal, String name) {
        CommandLine commandLine = SUBCOMMANDS.stream()
                .filter(subcommand -> subcommand.name.equals(name))
                .findFirst()
                .flatMap(called -> packaged(new Main(machine, terminal), called))
                .orElseGet(() -> annotated(new Main(machine, terminal), name));
        useExitCodes(commandLine);
        commandLine.registerConverter(Path.class, new Converters.FileName());
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours()));
        commandLine.setParameterExceptionHandler(new WrongUsage(terminal));
        commandLine.setExecutionExceptionHandler(new Failure(terminal));
        commandLine.setOverwrittenOptionsAllowed(true);
        commandLine.setExecutionStrategy(new Execution(terminal));
        return commandLine;
    }

    private static Optional<CommandLine> packaged(Main main, Subcommand called) {
        Optional<CommandLine> root = CommandModel.of("measuredboot", main);
        Optional<CommandLine> command =
                root.isEmpty() ? root : CommandModel.of(called.name, CommandModel.create(called.type));
        command.ifPresent(made -> root.orElseThrow().addSubcommand(called.name, made));
        root.ifPresent(made -> made.getCommandSpec().versionProvider(new Version()));
        return command.isEmpty() ? command : root;
    }

    private static CommandLine annotated(Main main, String name) {
        CommandLine commandLine = new CommandLine(main);
        List<Subcommand> called = SUBCOMMANDS.stream()
                .filter(subcommand -> subcommand.name.equals(name) && !name.equals("help"))
                .toList();
        for (Subcommand subcommand : called.isEmpty() ? SUBCOMMANDS : called) {
            commandLine.addSubcommand(subcommand.name, subcommand.type);
        }
        return commandLine;
    }

    /** A class rather than a lambda: a lambda keeps the interfaces of picocli out of the archive of classes, and what implements them. */
    private record Failure(Terminal terminal) implements CommandLine.IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
            if (e instanceof StandardOutput.Lost lost) {
                return lost(command, terminal, lost);
            }
            String message = e instanceof InputException ? String.valueOf(e.getMessage()) : "internal error: " + e;
            try {
                if (isJson(parsed.originalArgs())) {
                    printError(command, terminal, message);
                }
                command.getErr().println("measuredboot: " + Printable.of(message));
                return ERROR;
            } catch (StandardOutput.Lost lost) {
                return lost(command, terminal, lost);
            }
        }
    }

    static boolean isJson(List<String> args) {
        return args.stream().takeWhile(arg -> !arg.equals("--")).anyMatch(JSON::equals);
    }

    static void printError(CommandLine command, Terminal terminal, String message) {
        ReportingCommand.printJson(
                command.getOut(), terminal, out -> out.object("error", () -> out.put("message", message)));
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
