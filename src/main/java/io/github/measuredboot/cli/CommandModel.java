package io.github.measuredboot.cli;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Range;

/**
 * What the annotations of a command say, from a class that {@link CommandModelWriter} puts into the jar of the command line: the JVM
 * makes a class for each kind of annotation that is read, which takes longer than most commands do.
 */
final class CommandModel {
    /** Where the build puts the models of the commands, each byte a character. */
    static final String PACKAGED = "io.github.measuredboot.cli.PackagedModels";

    private final DataInputStream in;

    private CommandModel(DataInputStream in) {
        this.in = in;
    }

    /** Empty where the classes have not been packaged, and for a command that has subcommands. */
    static Optional<CommandLine> of(String name, Object command) {
        try {
            String model = packaged(name);
            return model == null
                    ? Optional.empty()
                    : Optional.of(new CommandLine(read(model.getBytes(StandardCharsets.ISO_8859_1), command)));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the model of the command " + name + " does not fit its class", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable String packaged(String name) {
        try {
            return ((Function<String, @Nullable String>) create(Class.forName(PACKAGED))).apply(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    static CommandSpec read(byte[] model, Object command) throws IOException, ReflectiveOperationException {
        CommandModel reader = new CommandModel(new DataInputStream(new ByteArrayInputStream(model)));
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(reader.in.readUTF());
        spec.usageMessage()
                .description(reader.texts())
                .exitCodeListHeading(reader.in.readUTF())
                .exitCodeList(UsageMessageSpec.keyValuesMap(reader.texts()));
        reader.readObject(command, spec);
        for (int left = reader.in.readUnsignedShort(); left > 0; left--) {
            spec.add(reader.argument(null));
        }
        return spec;
    }

    private void readObject(Object object, CommandSpec spec) throws IOException, ReflectiveOperationException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            spec.add(argument(binding(object)));
        }
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            readObject(Objects.requireNonNull(binding(object).get()), spec);
        }
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            binding(object).set(spec);
        }
    }

    private ArgSpec argument(@Nullable Binding binding) throws IOException, ReflectiveOperationException {
        String[] names = texts();
        Class<?> type = type();
        Class<?>[] elementTypes = types();
        ITypeConverter<?>[] converters = converters();
        String[] description = texts();
        String label = in.readUTF();
        String split = in.readUTF();
        boolean isRequired = in.readBoolean();
        String[] arity = texts();
        String[] defaultValue = texts();
        if (names.length == 0) {
            PositionalParamSpec.Builder parameter = PositionalParamSpec.builder()
                    .type(type)
                    .auxiliaryTypes(elementTypes)
                    .converters(converters)
                    .description(description)
                    .paramLabel(label)
                    .splitRegex(split)
                    .required(isRequired)
                    .hasInitialValue(false)
                    .index(Range.valueOf(in.readUTF()));
            Stream.of(arity).forEach(parameter::arity);
            Stream.of(defaultValue).forEach(parameter::defaultValue);
            return parameter.getter(binding).setter(binding).build();
        }
        OptionSpec.Builder option = OptionSpec.builder(names)
                .type(type)
                .auxiliaryTypes(elementTypes)
                .converters(converters)
                .description(description)
                .paramLabel(label)
                .splitRegex(split)
                .required(isRequired)
                .hasInitialValue(false)
                .usageHelp(in.readBoolean())
                .versionHelp(in.readBoolean())
                .negatable(in.readBoolean());
        Stream.of(arity).forEach(option::arity);
        Stream.of(defaultValue).forEach(option::defaultValue);
        return (binding == null ? option : option.getter(binding).setter(binding)).build();
    }

    private ITypeConverter<?>[] converters() throws IOException, ReflectiveOperationException {
        Class<?>[] types = types();
        ITypeConverter<?>[] converters = new ITypeConverter<?>[types.length];
        for (int i = 0; i < types.length; i++) {
            converters[i] = (ITypeConverter<?>) create(types[i]);
        }
        return converters;
    }

    /** Of a field, or of a method of one parameter. */
    private Binding binding(Object object) throws IOException, ReflectiveOperationException {
        Class<?> declaring = type();
        String name = in.readUTF();
        for (Class<?> parameter : types()) {
            Method method = declaring.getDeclaredMethod(name, parameter);
            method.setAccessible(true);
            return new MethodBinding(object, method);
        }
        Field field = declaring.getDeclaredField(name);
        return new FieldBinding(
                object,
                MethodHandles.privateLookupIn(declaring, MethodHandles.lookup()).unreflectVarHandle(field));
    }

    static Object create(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String[] texts() throws IOException {
        String[] texts = new String[in.readUnsignedShort()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = in.readUTF();
        }
        return texts;
    }

    private Class<?>[] types() throws IOException, ReflectiveOperationException {
        Class<?>[] types = new Class<?>[in.readUnsignedShort()];
        for (int i = 0; i < types.length; i++) {
            types[i] = type();
        }
        return types;
    }

    private Class<?> type() throws IOException, ReflectiveOperationException {
        String name = in.readUTF();
        return switch (name) {
            case "boolean" -> boolean.class;
            case "int" -> int.class;
            case "long" -> long.class;
            default -> Class.forName(name);
        };
    }

    /** The type parameter is that of picocli. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private interface Binding extends IGetter, ISetter {
        @Override
        <T> @Nullable T get();

        @Override
        <T> T set(T value) throws ReflectiveOperationException;
    }

    /** A field of a primitive type is accessed as such: otherwise the JVM generates classes, which takes longer than all the rest here. */
    private record FieldBinding(Object object, VarHandle field) implements Binding {
        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T> @Nullable T get() {
            Class<?> type = field.varType();
            Object value = type == boolean.class
                    ? (Object) (boolean) field.get(object)
                    : type == int.class ? (Object) (int) field.get(object) : field.get(object);
            return (T) value;
        }

        @Override
        public <T> T set(T value) {
            if (value instanceof Boolean is && field.varType() == boolean.class) {
                field.set(object, (boolean) is);
            } else if (value instanceof Integer number && field.varType() == int.class) {
                field.set(object, (int) number);
            } else {
                field.set(object, value);
            }
            return value;
        }
    }

    private record MethodBinding(Object object, Method method) implements Binding {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> @Nullable T get() {
            return null;
        }

        @Override
        public <T> T set(T value) throws ReflectiveOperationException {
            method.invoke(object, value);
            return value;
        }
    }
}
