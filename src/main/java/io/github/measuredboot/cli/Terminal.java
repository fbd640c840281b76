package io.github.measuredboot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** What standard output and standard error are connected to. {@code System.console()} knows only of both, with standard input. */
record Terminal(boolean isOutput, boolean isOutputPiped, boolean isError, Ansi colours) {
    static final Terminal NONE = new Terminal(false, false, false, Ansi.OFF);

    static Terminal ofThisProcess() {
        String output = target(1);
        boolean isOutput = isTerminal(output);
        return new Terminal(isOutput, isPipe(output), isTerminal(target(2)), colours(isOutput, System.getenv()));
    }

    static Ansi colours(boolean isTerminal, Map<String, String> environment) {
        boolean isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return isTerminal && !isRefused ? Ansi.ON : Ansi.OFF;
    }

    /** Whoever reads a pipe may stop reading: that is no error. */
    private static boolean isPipe(String target) {
        return target.startsWith("pipe:") || target.startsWith("socket:");
    }

    private static boolean isTerminal(String target) {
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
