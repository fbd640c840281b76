package io.github.measuredboot.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the state of this machine is kept: each file is either the old one or the new one, never half of it. */
final class StateFolder {
    private static final String STATE = "refstate.json";
    private static final String PREVIOUS = STATE + ".previous";

    private StateFolder() {}

    static Path byDefault() throws InputException {
        return byDefault(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home"));
    }

    /** By the XDG Base Directory Specification, which has relative folders ignored. */
    static Path byDefault(@Nullable String stateHome, @Nullable String userHome) throws InputException {
        try {
            if (stateHome != null && Path.of(stateHome).isAbsolute()) {
                return Path.of(stateHome, "measuredboot");
            }
            if (userHome != null && Path.of(userHome).isAbsolute()) {
                return Path.of(userHome, ".local", "state", "measuredboot");
            }
        } catch (InvalidPathException e) {
            throw new InputException("the user's state directory has no usable name: " + e.getReason());
        }
        throw new InputException("the user has no home directory: name where reference states are with an option");
    }

    static Path stateIn(Path folder) {
        return folder.resolve(STATE);
    }

    static Optional<Path> save(Path folder, String text) throws IOException {
        Files.createDirectories(folder);
        Path state = stateIn(folder);
        Path previous = folder.resolve(PREVIOUS);
        boolean existed = Files.exists(state);
        if (existed) {
            replace(previous, Files.readAllBytes(state));
        }
        replace(state, (text + "\n").getBytes(StandardCharsets.UTF_8));
        return existed ? Optional.of(previous) : Optional.empty();
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path next = Files.createTempFile(file.toAbsolutePath().getParent(), STATE, ".new");
        try {
            Files.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
