package io.github.measuredboot.cli;

import io.github.measuredboot.internal.text.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command line that cannot be understood: the first thing that is wrong, and what might have been meant. */
final class WrongUsage implements CommandLine.IParameterExceptionHandler {
    /** What the command help of picocli says. */
    private static final String OF_HELP = "Unknown subcommand ";

    private final Terminal terminal;

    WrongUsage(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        try {
            print(unknownFirst(e), args);
            return Main.ERROR;
        } catch (StandardOutput.Lost lost) {
            return Main.lost(command, terminal, lost);
        }
    }

    private void print(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String message = message(e);
        if (Main.isJson(List.of(args))) {
            Main.printError(command, terminal, message);
        }
        err.println("measuredboot: " + Printable.of(message));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more information.");
        }
    }

    /** What is missing may be missing because the option was misspelled. */
    private static ParameterException unknownFirst(ParameterException e) {
        if (e.getValue() != null && String.valueOf(e.getMessage()).startsWith(OF_HELP)) {
            return new UnmatchedArgumentException(e.getCommandLine(), List.of(e.getValue()));
        }
        List<String> options = options(unmatched(e));
        return options.isEmpty() ? e : new UnmatchedArgumentException(e.getCommandLine(), options);
    }

    private static List<String> unmatched(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : e.getCommandLine().getUnmatchedArguments();
    }

    private static List<String> options(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-") && argument.length() > 1)
                .toList();
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && options(unmatched.getUnmatched()).isEmpty()) {
            return unexpected(e.getCommandLine(), unmatched.getUnmatched());
        }
        if (e instanceof MissingParameterException missing) {
            return missing(missing);
        }
        return String.valueOf(e.getMessage());
    }

    private static String unexpected(CommandLine command, List<String> arguments) {
        if (!command.getSubcommands().isEmpty()) {
            return "unknown command '" + arguments.get(0) + "'";
        }
        return "unexpected argument" + (arguments.size() > 1 ? "s " : " ")
                + arguments.stream().map(argument -> "'" + argument + "'").collect(Collectors.joining(", "));
    }

    private static String missing(MissingParameterException e) {
        ArgSpec argument = e.getMissing().get(0);
        return argument.isPositional() && argument.arity().min() > 1
                ? "at least " + argument.arity().min() + " of " + argument.paramLabel() + " are needed"
                : String.valueOf(e.getMessage());
    }
}
