package io.github.measuredboot.uefi.guid;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names of widely known GUIDs: UEFI, PI and TCG, EDK2 and OVMF firmware files and volumes, GPT partition types, shim, systemd,
 * Microsoft. They are for display only. No decision of this library goes through a name, and none of a caller's should.
 */
public final class KnownGuids {
    private static final String TABLE = "known-guids.tsv";
    private static final Map<Guid, String> NAMES = readTable();

    private KnownGuids() {}

    /**
     * The name of a GUID.
     *
     * @param guid any GUID
     * @return a name for display, or empty if it is not known
     */
    public static Optional<String> name(Guid guid) {
        return Optional.ofNullable(NAMES.get(guid));
    }

    /**
     * Tells whether a GUID, perhaps read from an old reference state, is the byte-swapped form of a known one.
     *
     * @param guid the GUID as it was read
     * @return the known GUID that it is the swapped form of; empty if {@code guid} is known itself, or neither is
     */
    public static Optional<Guid> unswap(Guid guid) {
        Guid swapped = guid.byteSwapped();
        return NAMES.containsKey(swapped) && !NAMES.containsKey(guid) ? Optional.of(swapped) : Optional.empty();
    }

    /**
     * Tells whether a text is the byte-swapped form of a known GUID.
     *
     * @param text any text
     * @return true if it has the form of a GUID and {@link #unswap} finds a known one for it
     */
    public static boolean isSwappedForm(String text) {
        return Guid.tryParse(text).flatMap(KnownGuids::unswap).isPresent();
    }

    /**
     * All of them.
     *
     * @return name by GUID
     */
    public static Map<Guid, String> all() {
        return NAMES;
    }

    private static Map<Guid, String> readTable() {
        try (InputStream in = Objects.requireNonNull(KnownGuids.class.getResourceAsStream(TABLE), TABLE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toUnmodifiableMap(row -> Guid.parse(row[0]), row -> row[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
