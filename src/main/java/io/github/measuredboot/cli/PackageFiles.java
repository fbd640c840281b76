package io.github.measuredboot.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what a package of the command line installs besides the jar: manual pages, and the completion of bash and zsh. */
final class PackageFiles {
    private static final String NAME = "measuredboot";

    /** That of bash, which is read at the first use and called at once: zsh has no compopt, and aliases are off in a completion. */
    private static final String ZSH = """
            #compdef measuredboot
            setopt localoptions noaliases
            (( $+functions[compopt] )) || compopt() { : }
            autoload -U +X bashcompinit && bashcompinit
            source "${functions_source[_measuredboot]:A:h}/../../bash-completion/completions/measuredboot"
            unalias compopt 2>/dev/null
            eval "$_comps[measuredboot]"
            """;

    private PackageFiles() {}

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path folder) throws IOException {
        CommandLine all = Main.commandLine();
        all.getSubcommands().remove("help");
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.writeString(completion.resolve(NAME), AutoComplete.bash(NAME, Main.commandLine()));
        Files.writeString(completion.resolve("_" + NAME), ZSH);
        writePages(all, Files.createDirectories(folder.resolve("man")));
    }

    private static void writePages(CommandLine command, Path folder) throws IOException {
        Path page = folder.resolve(ManPage.name(command.getCommandSpec()) + ".gz");
        Files.write(page, compressed(ManPage.of(command.getCommandSpec())));
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (!(subcommand.getCommand() instanceof CommandLine.HelpCommand)) {
                writePages(subcommand, folder);
            }
        }
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
