package io.github.measuredboot.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** Writes what {@link CommandModel} reads, when the jar of the command line is made. */
final class CommandModelWriter {
    private static final String STANDARD_OPTIONS = "mixinStandardHelpOptions";

    private final DataOutputStream out;

    private CommandModelWriter(DataOutputStream out) {
        this.out = out;
    }

    /** The source of the class that has the models, as JVMs start faster with classes in an archive than with resources in a jar. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0], CommandModel.PACKAGED.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source());
    }

    static String source() throws IOException {
        CommandLine root = Main.commandLine();
        StringBuilder cases = new StringBuilder();
        for (CommandLine command : withoutSubcommands(root)) {
            cases.append(caseOf(command.getCommandSpec()));
        }
        String name = CommandModel.PACKAGED;
        return "package " + name.substring(0, name.lastIndexOf('.')) + ";\n\n"
                + "final class " + name.substring(name.lastIndexOf('.') + 1)
                + " implements java.util.function.Function<String, String> {\n"
                + "    public String apply(String command) {\n        return switch (command) {\n"
                + caseOf(root.getCommandSpec()) + cases
                + "            default -> null;\n        };\n    }\n}\n";
    }

    /** Those that a model is made of, besides the root. */
    static List<CommandLine> withoutSubcommands(CommandLine root) {
        return root.getSubcommands().values().stream()
                .filter(command -> command.getSubcommands().isEmpty()
                        && !(command.getCommand() instanceof CommandLine.HelpCommand))
                .toList();
    }

    private static String caseOf(CommandSpec spec) throws IOException {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        write(spec, model);
        StringBuilder literal = new StringBuilder();
        for (byte b : model.toByteArray()) {
            boolean isPlain = b >= ' ' && b <= '~' && b != '"' && b != '\\';
            literal.append(isPlain ? String.valueOf((char) b) : String.format("\\%03o", b & 0xff));
        }
        return "            case \"" + spec.name() + "\" -> \"" + literal + "\";\n";
    }

    static void write(CommandSpec spec, OutputStream model) throws IOException {
        CommandModelWriter writer = new CommandModelWriter(new DataOutputStream(model));
        UsageMessageSpec usage = spec.usageMessage();
        writer.out.writeUTF(spec.name());
        writer.texts(Arrays.stream(usage.description()));
        writer.out.writeUTF(usage.exitCodeListHeading());
        writer.texts(usage.exitCodeList().entrySet().stream().map(code -> code.getKey() + ":" + code.getValue()));
        writer.object(spec.userObject().getClass(), spec);
        List<ArgSpec> standard =
                Objects.requireNonNull(spec.mixins().get(STANDARD_OPTIONS)).args();
        writer.out.writeShort(standard.size());
        for (ArgSpec option : standard) {
            writer.argument(option);
        }
    }

    /** The arguments that are members of the object, its mixins, and the members that get the command. */
    private void object(Class<?> type, CommandSpec spec) throws IOException {
        List<Member> members = members(type);
        List<ArgSpec> arguments = spec.args().stream()
                .filter(argument -> members.contains(argument.userObject()))
                .toList();
        out.writeShort(arguments.size());
        for (ArgSpec argument : arguments) {
            member((Member) argument.userObject());
            argument(argument);
        }
        List<Member> mixins = annotated(members, Mixin.class);
        out.writeShort(mixins.size());
        for (Member mixin : mixins) {
            member(mixin);
            object(((Field) mixin).getType(), spec);
        }
        List<Member> injected = annotated(members, Spec.class);
        out.writeShort(injected.size());
        for (Member member : injected) {
            member(member);
        }
    }

    private void member(Member member) throws IOException {
        out.writeUTF(member.getDeclaringClass().getName());
        out.writeUTF(member.getName());
        types(member instanceof Method method ? Arrays.stream(method.getParameterTypes()) : Stream.of());
    }

    private void argument(ArgSpec argument) throws IOException {
        texts(argument instanceof OptionSpec option ? Arrays.stream(option.names()) : Stream.of());
        out.writeUTF(argument.type().getName());
        types(Arrays.stream(argument.auxiliaryTypes()));
        types(Arrays.stream(argument.converters()).map(Object::getClass));
        texts(Arrays.stream(argument.description()));
        out.writeUTF(argument.paramLabel());
        out.writeUTF(argument.splitRegex());
        out.writeBoolean(argument.required());
        texts(
                argument.arity().isUnspecified()
                        ? Stream.of()
                        : Stream.of(argument.arity().toString()));
        texts(Stream.ofNullable(argument.defaultValue()));
        if (argument instanceof OptionSpec option) {
            out.writeBoolean(option.usageHelp());
            out.writeBoolean(option.versionHelp());
            out.writeBoolean(option.negatable());
        } else if (argument instanceof PositionalParamSpec parameter) {
            out.writeUTF(parameter.index().toString());
        }
    }

    private void types(Stream<Class<?>> types) throws IOException {
        texts(types.map(Class::getName));
    }

    private void texts(Stream<String> texts) throws IOException {
        List<String> all = texts.toList();
        out.writeShort(all.size());
        for (String text : all) {
            out.writeUTF(text);
        }
    }

    /** Those of the superclasses first. */
    private static List<Member> members(Class<?> type) {
        List<Member> members = new ArrayList<>();
        if (type.getSuperclass() != null) {
            members.addAll(members(type.getSuperclass()));
        }
        members.addAll(List.of(type.getDeclaredFields()));
        members.addAll(List.of(type.getDeclaredMethods()));
        return members;
    }

    private static List<Member> annotated(List<Member> members, Class<? extends Annotation> annotation) {
        return members.stream()
                .filter(member -> ((AnnotatedElement) member).isAnnotationPresent(annotation))
                .toList();
    }
}
