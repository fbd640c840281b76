package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.ReferenceState;
import java.nio.file.Files;
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
        boolean isFolder = !name.equals(InputFile.STANDARD_INPUT) && Files.isDirectory(InputFile.path(name));
        String file = isFolder ? name + "/" + StateFolder.stateIn(Path.of("")) : name;
        try {
            return new Named(file, ReferenceStateJson.parse(readBytes(file)));
        } catch (MalformedDataException e) {
            throw new InputException(InputFile.called(file) + ": " + e.getMessage());
        }
    }

    static Bytes readBytes(String name) throws InputException {
        return InputFile.read(name, ReferenceStateJson.MAX_SIZE + 1);
    }

    static List<String> notes(String name, Reading reading) {
        List<String> notes = new ArrayList<>();
        reading.unknownMembers()
                .forEach(pointer -> notes.add(InputFile.called(name) + ": unknown member " + Printable.of(pointer)
                        + " was not read; a check against this state may be weaker than intended"));
        if (!reading.unswappedOwners().isEmpty()) {
            notes.add(InputFile.called(name) + ": " + reading.unswappedOwners().size()
                    + " owners are byte-swapped, as old tools write them");
        }
        weaknesses(reading.state()).forEach(weakness -> notes.add(InputFile.called(name) + ": " + weakness));
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
