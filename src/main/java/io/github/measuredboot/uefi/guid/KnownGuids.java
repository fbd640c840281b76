package io.github.measuredboot.uefi.guid;

import io.github.measuredboot.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Names of widely known GUIDs: UEFI, PI and TCG, EDK2 and OVMF firmware files and volumes, GPT partition types, shim, systemd,
 * Microsoft. They are for display only. No decision of this library goes through a name, and none of a caller's should.
 */
public final class KnownGuids {
    private static final String RESOURCE = "known-guids.tsv";
    private static final GuidNameTable TABLE = readTable();

    private KnownGuids() {}

    /**
     * The name of a GUID.
     *
     * @param guid any GUID
     * @return a name for display, or empty if it is not known
     */
    public static Optional<String> name(Guid guid) {
        return TABLE.name(guid);
    }

    /**
     * Checks whether a GUID, perhaps read from an old reference state, is the byte-swapped form of a known one.
     *
     * @param guid the GUID as it was read
     * @return the known GUID that it is the swapped form of; empty if {@code guid} is known itself, or neither is
     */
    public static Optional<Guid> unswap(Guid guid) {
        Guid swapped = guid.byteSwapped();
        return name(swapped).isPresent() && name(guid).isEmpty() ? Optional.of(swapped) : Optional.empty();
    }

    /**
     * Checks whether a text is the byte-swapped form of a known GUID.
     *
     * @param text any text
     * @return true if it has the form of a GUID and {@link #unswap} finds a known one for it
     */
    public static boolean isSwappedForm(String text) {
        return Guid.tryParse(text).flatMap(KnownGuids::unswap).isPresent();
    }

    /** {@return a new map of all names by GUID} */
    public static Map<Guid, String> all() {
        return TABLE.toMap();
    }

    private static GuidNameTable readTable() {
        try (InputStream in = Objects.requireNonNull(KnownGuids.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new GuidNameTable(Bytes.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
