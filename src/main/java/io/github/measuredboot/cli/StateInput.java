package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.ReferenceState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reference states from files, and the one that {@code save} keeps. */
final class StateInput {
    private StateInput() {}

    /** A state and what it is called. */
    record Named(String name, Reading reading) {}

    static Named readGivenOrSaved(@Nullable String given) throws InputException {
        if (given != null) {
            return read(given);
        }
        return readSaved()
                .orElseThrow(
                        () -> new InputException("there is no saved reference state: run measuredboot save while the"
                                + " machine is known to be good, or name one with --refstate"));
    }

    static Optional<Named> readSaved() throws InputException {
        Path saved = StateFolder.stateIn(StateFolder.byDefault());
        return Files.exists(saved) ? Optional.of(read(saved.toString())) : Optional.empty();
    }

    static Named read(String name) throws InputException {
        String file = name;
        try {
            if (!name.equals(LogInput.STANDARD_INPUT) && Files.isDirectory(Path.of(name))) {
                file = StateFolder.stateIn(Path.of(name)).toString();
            }
            return new Named(file, ReferenceStateJson.parse(readBytes(file)));
        } catch (MalformedDataException e) {
            throw new InputException(file + ": " + e.getMessage());
        } catch (InvalidPathException e) {
            throw new InputException(file + ": no such file");
        } catch (IOException e) {
            throw new InputException(LogInput.reason(file, e));
        }
    }

    static Bytes readBytes(String name) throws IOException {
        int limit = ReferenceStateJson.MAX_SIZE + 1;
        if (name.equals(LogInput.STANDARD_INPUT)) {
            return Bytes.wrap(System.in.readNBytes(limit));
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return Bytes.wrap(in.readNBytes(limit));
        }
    }

    static void write(Path output, String text) throws InputException {
        try {
            Files.writeString(output, text + "\n");
        } catch (IOException e) {
            throw new InputException(LogInput.reason(output.toString(), e));
        }
    }

    static List<String> notes(String name, Reading reading) {
        List<String> notes = new ArrayList<>();
        reading.unknownMembers()
                .forEach(pointer -> notes.add(name + ": unknown member " + Printable.of(pointer)
                        + " was not read; a check against this state may be weaker than intended"));
        if (!reading.unswappedOwners().isEmpty()) {
            notes.add(name + ": " + reading.unswappedOwners().size()
                    + " owners are byte-swapped, as old tools write them");
        }
        weaknesses(reading.state()).forEach(weakness -> notes.add(name + ": " + weakness));
        return notes;
    }

    static List<String> weaknesses(ReferenceState state) {
        return state.firmware().stream().allMatch(Firmware::pinsCode)
                ? List.of()
                : List.of(
                        "a firmware of the state pins no code, only a version: another firmware that claims this version"
                                + " is accepted");
    }
}
