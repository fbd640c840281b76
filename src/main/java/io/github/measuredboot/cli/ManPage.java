package io.github.measuredboot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command in troff's man macros, from picocli's model. picocli itself writes AsciiDoc, and what makes troff of that is a
 * hundred times larger than this.
 */
final class ManPage {
    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec spec) {
        this.spec = spec;
    }

    static String name(CommandSpec spec) {
        return spec.qualifiedName("-") + ".1";
    }

    static String of(CommandSpec spec) {
        ManPage page = new ManPage(spec);
        page.write();
        return page.page.toString();
    }

    private void write() {
        UsageMessageSpec usage = spec.usageMessage();
        String name = spec.qualifiedName("-");
        macro("TH", quoted(name), "1", "\"\"", quoted(spec.root().name()));
        macro("SH", "NAME");
        line(name + " - " + firstSentence(usage.description()));
        macro("SH", "SYNOPSIS");
        line(text(new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " ")));
        macro("SH", "DESCRIPTION");
        paragraph(usage.description());
        writeParameters();
        writeCommands();
        if (!spec.root().usageMessage().exitCodeList().isEmpty()) {
            macro("SH", "EXIT STATUS");
            spec.root().usageMessage().exitCodeList().forEach(this::item);
        }
        if (spec.parent() != null) {
            macro("SH", "SEE ALSO");
            macro("BR", quoted(spec.parent().qualifiedName("-")), "(1)");
        }
    }

    private void writeParameters() {
        List<PositionalParamSpec> parameters = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        List<OptionSpec> options =
                spec.options().stream().filter(option -> !option.hidden()).toList();
        if (parameters.isEmpty() && options.isEmpty()) {
            return;
        }
        macro("SH", "OPTIONS");
        for (PositionalParamSpec parameter : parameters) {
            item(parameter.paramLabel(), String.join(" ", parameter.description()));
        }
        for (OptionSpec option : options) {
            List<String> names = new ArrayList<>(List.of(option.names()));
            int last = names.size() - 1;
            if (option.arity().max() > 0) {
                names.set(last, names.get(last) + " " + option.paramLabel());
            }
            item(String.join(", ", names), String.join(" ", option.description()));
        }
    }

    private void writeCommands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        macro("SH", "COMMANDS");
        for (Map.Entry<String, CommandLine> command : spec.subcommands().entrySet()) {
            item(
                    command.getKey(),
                    String.join(
                            " ",
                            command.getValue().getCommandSpec().usageMessage().description()));
        }
    }

    private void item(String term, String description) {
        macro("TP");
        line("\\fB" + text(term) + "\\fR");
        line(text(plain(description)));
    }

    private void paragraph(String... lines) {
        line(text(plain(String.join(" ", lines))));
    }

    private static String firstSentence(String... description) {
        String all = plain(String.join(" ", description));
        int end = all.indexOf(". ");
        int colon = all.indexOf(": ");
        int cut = end < 0 ? colon : colon < 0 ? end : Math.min(end, colon);
        String first = cut < 0 ? all : all.substring(0, cut);
        return text(first.endsWith(".") ? first.substring(0, first.length() - 1) : first);
    }

    private static String plain(String markup) {
        return Ansi.OFF.string(markup).replace("%n", " ").replace("%%", "%");
    }

    private static String text(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    private static String quoted(String argument) {
        return "\"" + text(argument).replace("\"", "\\(dq") + "\"";
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(' ').append(argument);
        }
        page.append('\n');
    }

    private void line(String line) {
        page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(line)
                .append('\n');
    }
}
