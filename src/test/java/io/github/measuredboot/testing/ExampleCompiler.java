package io.github.measuredboot.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles examples of the documentation against the build. */
public final class ExampleCompiler {
    private static final Path SOURCES = Path.of("src/main/java");

    private ExampleCompiler() {}

    /** The compiler's messages, or an empty text. */
    public static String compile(String className, String source, Path output) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xlint:all,-processing,-classfile,-path",
                    "-Werror",
                    "-d",
                    output.toString(),
                    "-cp",
                    classPath());
            Boolean compiled = compiler.getTask(messages, files, null, options, null, List.of(file(className, source)))
                    .call();
            return compiled ? "" : messages + "\n" + source;
        }
    }

    /** A class of which {@code statements} are the method. */
    public static String asClass(String className, String statements) throws IOException {
        String imports = Stream.concat(
                        exportedPackages().stream(),
                        Stream.of(
                                "java.nio.charset",
                                "java.nio.file",
                                "java.security",
                                "java.time",
                                "java.util",
                                "java.util.stream"))
                .map(name -> "import " + name + ".*;\n")
                .collect(Collectors.joining());
        return imports + "final class " + className + " extends " + ExampleContext.class.getName() + " {\n"
                + className + "() throws Exception {}\n"
                + "@Override public void run() throws Exception {\n" + statements + "\n}\n}\n";
    }

    public static List<String> exportedPackages() throws IOException {
        return Files.readAllLines(SOURCES.resolve("module-info.java")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("exports "))
                .map(line -> line.substring("exports ".length(), line.indexOf(';')))
                .toList();
    }

    public static Path packageInfo(String name) {
        return SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java");
    }

    public static URLClassLoader loader(Path output) throws MalformedURLException {
        return new URLClassLoader(new URL[] {output.toUri().toURL()}, ExampleCompiler.class.getClassLoader());
    }

    private static JavaFileObject file(String className, String source) {
        return new SimpleJavaFileObject(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
