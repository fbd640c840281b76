package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.measuredboot.testing.ExampleCompiler;
import io.github.measuredboot.testing.ExampleContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the packages' documentation and of the pages in docs and README.md compile, and run on a captured boot. */
class DocumentationExamplesTest {
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\\n(.*?)\\n}</pre>", Pattern.DOTALL);
    private static final Pattern MARKDOWN = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WHOLE_CLASS = Pattern.compile("(?m)^(public )?(final )?class ");

    /** An example and where it is from. */
    record Example(String place, String code) {
        @Override
        public String toString() {
            return place;
        }
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String name : ExampleCompiler.exportedPackages()) {
            String text = Files.readString(ExampleCompiler.packageInfo(name));
            examplesIn(name, text.replaceAll("(?m)^ \\* ?", ""), JAVADOC).forEach(examples::add);
        }
        for (Path page : pages()) {
            examplesIn(page.toString(), Files.readString(page), MARKDOWN)
                    .filter(example -> !WHOLE_CLASS.matcher(example.code()).find())
                    .forEach(examples::add);
        }
        return examples;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<Example> examplesIn(String place, String text, Pattern pattern) {
        List<MatchResult> found = pattern.matcher(text).results().toList();
        return Stream.iterate(0, i -> i + 1)
                .limit(found.size())
                .map(i -> new Example(place + " " + (i + 1), found.get(i).group(1)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compilesAndRuns(Example example, @TempDir Path folder) throws Exception {
        String source = ExampleCompiler.asClass("Example", example.code());
        assertEquals("", ExampleCompiler.compile("Example", source, folder));
        try (URLClassLoader loader = ExampleCompiler.loader(folder)) {
            Constructor<?> constructor = loader.loadClass("Example").getDeclaredConstructor();
            constructor.setAccessible(true);
            ExampleContext compiled = (ExampleContext) constructor.newInstance();
            PrintStream out = System.out;
            PrintStream err = System.err;
            PrintStream silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            System.setOut(silent);
            System.setErr(silent);
            try {
                compiled.run();
            } finally {
                System.setOut(out);
                System.setErr(err);
            }
        }
    }

    @Test
    void everyExportedPackageHasAnExample() throws IOException {
        List<Example> all = examples();
        for (String name : ExampleCompiler.exportedPackages()) {
            assertFalse(all.stream().noneMatch(example -> example.place().startsWith(name + " ")), name);
        }
    }

    @Test
    void whatDoesNotCompileIsNoticed(@TempDir Path folder) throws IOException {
        String source = ExampleCompiler.asClass("Example", "log.noSuchMethod();");
        assertFalse(ExampleCompiler.compile("Example", source, folder).isEmpty());
    }
}
