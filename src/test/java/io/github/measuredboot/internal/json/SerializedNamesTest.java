package io.github.measuredboot.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.StructureData;
import io.github.measuredboot.eventlog.data.VariableContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name that JSON has for a value is kebab-case, unique, and written as such: renaming a class or a constant changes no JSON. */
class SerializedNamesTest {
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Pattern DERIVED = Pattern.compile(
            "getSimpleName\\(\\)|getClass\\(\\)\\.getName|\\.name\\(\\)\\.toLowerCase|\\.toString\\(\\)\\.toLowerCase");

    @Test
    void namesOfConstantsAreKebabCase() throws ReflectiveOperationException {
        List<Class<?>> enums = enumsWithId();
        assertTrue(enums.size() >= 30, enums::toString);
        for (Class<?> type : enums) {
            Method id = type.getMethod("id");
            id.setAccessible(true);
            Set<String> ids = new TreeSet<>();
            for (Object constant : type.getEnumConstants()) {
                String value = (String) id.invoke(constant);
                assertTrue(KEBAB_CASE.matcher(value).matches(), () -> type + " " + constant + ": " + value);
                assertTrue(ids.add(value), () -> type + " has " + value + " twice");
            }
        }
    }

    @Test
    void everyStructureHasAName() {
        Set<Class<?>> leaves = new HashSet<>();
        addLeaves(EventData.class, leaves);
        addLeaves(VariableContent.class, leaves);
        leaves.remove(StructureData.class);
        assertEquals(leaves, StructureNames.NAMES.keySet());
        StructureNames.NAMES
                .values()
                .forEach(name -> assertTrue(KEBAB_CASE.matcher(name).matches(), name));
    }

    @Test
    void noNameIsMadeOfAJavaName() throws IOException {
        for (Path source : sources()) {
            if (!source.toString().matches(".*/(json|cli)/[^/]*")) {
                continue;
            }
            assertTrue(!DERIVED.matcher(Files.readString(source)).find(), source::toString);
        }
    }

    private static void addLeaves(Class<?> type, Set<Class<?>> leaves) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(permitted -> addLeaves(permitted, leaves));
        } else {
            leaves.add(type);
        }
    }

    private static List<Class<?>> enumsWithId() throws ReflectiveOperationException {
        List<Class<?>> enums = new ArrayList<>();
        for (Path source : sources()) {
            String name = MAIN.relativize(source).toString();
            if (!name.endsWith("-info.java")) {
                Class<?> type =
                        Class.forName(name.substring(0, name.length() - 5).replace('/', '.'));
                Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
                        .filter(Class::isEnum)
                        .filter(SerializedNamesTest::hasId)
                        .forEach(enums::add);
            }
        }
        return enums;
    }

    private static boolean hasId(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("id") && method.getReturnType() == String.class);
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
