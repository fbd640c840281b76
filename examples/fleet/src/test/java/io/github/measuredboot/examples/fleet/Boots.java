package io.github.measuredboot.examples.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The captured boots of the repository. */
final class Boots {
    static final Path FOLDER = Path.of("../../testdata/boots");

    private Boots() {}

    static byte[] log(String boot) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(boot).resolve("eventlog.bin"));
    }

    static String pcrs(String boot) throws IOException {
        return Files.readString(FOLDER.resolve(boot).resolve("pcrs.json"));
    }

    static Family family(String boot) throws IOException {
        return new Family(boot, log(boot));
    }

    static List<Family> families() throws IOException {
        return Family.readAll(FOLDER);
    }
}
