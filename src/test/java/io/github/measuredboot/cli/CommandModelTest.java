package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The models of the packaged commands say what the annotations say. */
class CommandModelTest {
    /** What differs by design: objects, and what only the annotations have. */
    private static final Set<String> NOT_COMPARED = Set.of(
            "userObject",
            "getter",
            "setter",
            "scope",
            "command",
            "typeInfo",
            "hasInitialValue",
            "initialValue",
            "getValue",
            "group",
            "root",
            "toString",
            "toBuilder",
            "prompt",
            "hashCode",
            "getClass",
            "messages",
            "defaultValueString",
            "descriptionKey",
            "completionCandidates");

    static Stream<CommandLine> commands() {
        return CommandModelWriter.withoutSubcommands(Main.commandLine()).stream();
    }

    static CommandSpec model(CommandLine command) throws IOException, ReflectiveOperationException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommandModelWriter.write(command.getCommandSpec(), bytes);
        return CommandModel.read(
                bytes.toByteArray(), CommandModel.create(command.getCommand().getClass()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyArgumentIsTheSame(CommandLine command) throws Exception {
        CommandSpec model = model(command);
        Map<String, String> expected = attributes(command.getCommandSpec());
        assertFalse(expected.isEmpty());
        assertEquals(Set.of(), differences(expected, attributes(model)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsTheSame(CommandLine command) throws Exception {
        CommandLine root = new CommandLine(new Main(ThisMachine.LINUX, Terminal.NONE));
        CommandLine packaged = new CommandLine(model(command));
        root.addSubcommand(command.getCommandName(), packaged);
        assertEquals(command.getUsageMessage(), packaged.getUsageMessage());
    }

    @Test
    void helpOfAllIsTheSame() throws Exception {
        CommandLine alone = new CommandLine(new Main(ThisMachine.LINUX, Terminal.NONE));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommandModelWriter.write(alone.getCommandSpec(), bytes);
        CommandSpec model = CommandModel.read(bytes.toByteArray(), new Main(ThisMachine.LINUX, Terminal.NONE));
        assertEquals(alone.getUsageMessage(), new CommandLine(model).getUsageMessage());
        assertEquals(Set.of(), differences(attributes(alone.getCommandSpec()), attributes(model)));
    }

    /** Each option once, alone: fields and methods get the same value, and are the same where it is not given. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyValueArrives(CommandLine command) throws Exception {
        for (ArgSpec argument : command.getCommandSpec().args()) {
            Class<?> type = command.getCommand().getClass();
            CommandLine annotated = new CommandLine(CommandModel.create(type));
            CommandLine packaged = new CommandLine(model(command));
            String[] line = line(argument, command.getCommandSpec());
            assertEquals(
                    outcome(annotated, line), outcome(packaged, line), command.getCommandName() + " " + List.of(line));
        }
    }

    private static String[] line(ArgSpec argument, CommandSpec command) {
        Stream<String> required = command.args().stream()
                .filter(other -> other.required() && !other.equals(argument))
                .flatMap(CommandModelTest::words);
        return Stream.concat(required, words(argument)).toArray(String[]::new);
    }

    private static Stream<String> words(ArgSpec argument) {
        Stream<String> name = argument instanceof OptionSpec option ? Stream.of(option.longestName()) : Stream.of();
        String value = Stream.of("0-7", "sha1:0", "sha256", "EV_IPL", "00ff", "uki", "asserted", "7", "2026-01-01")
                .filter(text -> accepts(argument, text))
                .findFirst()
                .orElse("short-nonce");
        return Stream.concat(name, argument.arity().max() == 0 ? Stream.of() : Stream.of(value));
    }

    private static boolean accepts(ArgSpec argument, String text) {
        try {
            for (ITypeConverter<?> converter : argument.converters()) {
                converter.convert(text);
            }
            return !argument.auxiliaryTypes()[0].equals(Integer.class) || text.equals("7");
        } catch (Exception e) {
            return false;
        }
    }

    /** The fields of the command and its mixins after the line has been read, or why it was refused. */
    private static Map<String, String> outcome(CommandLine command, String... line) throws IllegalAccessException {
        Map<String, String> outcome = new TreeMap<>();
        try {
            command.parseArgs(line);
        } catch (CommandLine.ParameterException e) {
            outcome.put("refused", String.valueOf(e.getMessage()));
        }
        collect(command.getCommand(), "", outcome);
        return outcome;
    }

    private static Set<String> differences(Map<String, String> expected, Map<String, String> actual) {
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(expected.get(name), actual.get(name)))
                .map(name -> name + ": " + expected.get(name) + ", but " + actual.get(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> attributes(CommandSpec spec) throws ReflectiveOperationException {
        Map<String, String> attributes = new TreeMap<>();
        for (ArgSpec argument : spec.args()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            for (Method method : argument.getClass().getMethods()) {
                if (method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() != void.class
                        && !NOT_COMPARED.contains(method.getName())) {
                    attributes.put(name + " " + method.getName(), text(method.invoke(argument)));
                }
            }
        }
        return attributes;
    }

    private static String text(Object value) {
        if (value instanceof ITypeConverter<?>[] converters) {
            return Arrays.stream(converters).map(Object::getClass).toList().toString();
        }
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }

    private static void collect(Object object, String path, Map<String, String> into) throws IllegalAccessException {
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                Object value = field.get(object);
                if (field.isAnnotationPresent(CommandLine.Mixin.class)) {
                    collect(value, path + field.getName() + ".", into);
                } else if (!Modifier.isStatic(field.getModifiers())
                        && !field.isAnnotationPresent(CommandLine.Spec.class)) {
                    into.put(path + field.getName(), String.valueOf(value));
                }
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void theSourceOfTheModelsCompilesToThem(@TempDir Path folder) throws Exception {
        CommandModelWriter.main(new String[] {folder.toString()});
        Path source = folder.resolve("io/github/measuredboot/cli/PackagedModels.java");
        assertEquals(0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, source.toString()));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Constructor<?> constructor = loader.loadClass(CommandModel.PACKAGED).getDeclaredConstructor();
            constructor.setAccessible(true);
            Function<String, String> models = (Function<String, String>) constructor.newInstance();
            for (CommandLine command : (Iterable<CommandLine>) commands()::iterator) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                CommandModelWriter.write(command.getCommandSpec(), bytes);
                assertArrayEquals(
                        bytes.toByteArray(),
                        models.apply(command.getCommandName()).getBytes(StandardCharsets.ISO_8859_1));
            }
            assertNull(models.apply("refstate"));
        }
    }
}
