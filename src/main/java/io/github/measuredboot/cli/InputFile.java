package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that a command reads and writes: - is standard input, which {@link ReportingCommand} lets a command name once. */
final class InputFile {
    static final String STANDARD_INPUT = "-";

    /** One byte more than a structure of a TPM can have, whose size is 16 bits. */
    static final int MAX_STRUCTURE = (1 << 16) + 1;

    private InputFile() {}

    interface Decoder<T> {
        T decode(Bytes bytes) throws MalformedDataException;
    }

    /** The content, or its first bytes if it has more than {@code limit}. */
    static Bytes read(String name, int limit) throws InputException {
        try (InputStream in = name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(path(name))) {
            return Bytes.wrap(in.readNBytes(limit));
        } catch (IOException e) {
            throw new InputException(reason(name, e));
        }
    }

    static <T> T decode(String name, int limit, Decoder<T> decoder) throws InputException {
        try {
            return decoder.decode(read(name, limit));
        } catch (MalformedDataException e) {
            throw new InputException(called(name) + ": " + e.getMessage());
        }
    }

    /** A structure of a TPM. */
    static <T> T decode(String name, Decoder<T> decoder) throws InputException {
        return decode(name, MAX_STRUCTURE, decoder);
    }

    static boolean isStandardOutput(String name) {
        return name.equals(STANDARD_INPUT);
    }

    static void write(String name, String text) throws InputException {
        writeBytes(name, Bytes.encode(text + "\n", StandardCharsets.UTF_8));
    }

    static void writeBytes(String name, Bytes bytes) throws InputException {
        requireFile(name);
        try {
            Files.write(path(name), bytes.toByteArray());
        } catch (IOException e) {
            throw new InputException(reason(name, e));
        }
    }

    /** For its owner alone, where the file system knows of owners. */
    static void writeSecret(String name, Bytes bytes) throws InputException {
        requireFile(name);
        try {
            Path path = path(name);
            Files.deleteIfExists(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(path, bytes.toByteArray());
        } catch (IOException e) {
            throw new InputException(reason(name, e));
        }
    }

    /** What is not a text is not for standard output. */
    private static void requireFile(String name) throws InputException {
        if (isStandardOutput(name)) {
            throw new InputException("a file that is not text is not written to standard output: name one, or ./-");
        }
    }

    static Path path(String name) throws InputException {
        try {
            return FileNames.path(name);
        } catch (InvalidPathException e) {
            throw new InputException(called(name) + ": no such file");
        }
    }

    /** A name as a message has it, on one line and without control characters. */
    static String called(String name) {
        return name.equals(STANDARD_INPUT) ? "standard input" : Printable.of(name);
    }

    static String reason(String name, IOException e) {
        boolean isOfThisMachine = name.equals(ThisMachine.LINUX.log());
        if (e instanceof NoSuchFileException missing && missing.getReason() == null) {
            return called(name) + ": "
                    + (isOfThisMachine
                            ? "no such file (this machine has no TPM, or its log is not there: name a log)"
                            : missing(name));
        }
        if (e instanceof AccessDeniedException) {
            return called(name) + ": permission denied" + (isOfThisMachine ? " (only root may read it)" : "");
        }
        return called(name) + ": "
                + Printable.of(
                        e instanceof FileSystemException cause && cause.getReason() != null
                                ? cause.getReason()
                                : String.valueOf(e.getMessage()));
    }

    private static String missing(String name) {
        int end = name.lastIndexOf('/');
        String folder = end <= 0 ? "/" : name.substring(0, end);
        return end < 0 || Files.exists(FileNames.path(folder))
                ? "no such file"
                : "the folder " + Printable.of(folder) + " does not exist";
    }
}
