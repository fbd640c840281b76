package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real log that machines of a fleet are made from.
 *
 * @param name its name
 * @param log its bytes
 */
record Family(String name, byte[] log) implements Serializable {
    private static final String SUFFIX = ".bin";
    private static final String LOG = "eventlog.bin";

    /** {@return the logs of a folder that can be read, by name: NAME.bin and NAME/eventlog.bin} */
    static List<Family> readAll(Path folder) throws IOException {
        List<Family> families = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (Files.isDirectory(file) && Files.exists(file.resolve(LOG))) {
                    families.add(new Family(name, Files.readAllBytes(file.resolve(LOG))));
                } else if (name.endsWith(SUFFIX)) {
                    families.add(
                            new Family(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file)));
                }
            }
        }
        families.removeIf(family -> !family.isReadable());
        if (families.isEmpty()) {
            throw new IOException("no event log in " + folder);
        }
        return families;
    }

    private boolean isReadable() {
        try {
            EventLog.wrap(log);
            return true;
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
