package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reference states as JSON, in two forms.
 *
 * <p>{@link Form#FIELD} is what UKI attestation tools use: {@code scrtm_and_bios} (alternatives of {@code scrtm} and {@code
 * platform_firmware}), {@code pk, kek, db, dbx} (entries of {@code SignatureOwner} and {@code SignatureData}), {@code uki_digest}, and
 * perhaps {@code userspace_digests} (entries of {@code pcr, digest, algorithm}) and {@code uki_sections}. Digests are objects from
 * algorithm to hexadecimal digits with {@code 0x} in front; those of {@code userspace_digests} are written without it. This library adds
 * members that such tools ignore: {@code startup_locality}, {@code pcr0} and {@code pcr2} (all pinned events) in each firmware, {@code
 * images_before_uki, images_after_uki, kernel_digest} and {@code pcr5} (what is pinned there after the separator). What is read of it is
 * a state that is not {@link ReferenceState#isFull full}.
 *
 * <p>{@link Form#FULL} has {@code "version": 2}, a {@code profile}, the firmware and the keys as above, the keys with the type
 * of their list, and {@code pcrs}: for each PCR its {@code mode} and the {@code alternatives} of pinned events. Its JSON schema
 * is {@link #schema()}.
 */
public final class ReferenceStateJson {
    /** The version of {@link Form#FULL} that is written, and the only one that is read. */
    public static final int VERSION = 2;

    /** The largest text that is read, in bytes; the largest known one in the form of {@link Form#FIELD} has 95,000. */
    public static final int MAX_SIZE = ReferenceState.MAX_SIZE;

    private static final String SCHEMA = "reference-state-" + VERSION + ".schema.json";

    private ReferenceStateJson() {}

    /** The forms of a reference state. */
    public enum Form {
        /** The form that other tools read: the rest of the state is left out. */
        FIELD("field"),
        /** This library's own form: the whole state. */
        FULL("full");

        private final String id;

        Form(String id) {
            this.id = id;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }

    /**
     * A reference state that was read, and what the reader should be told about it.
     *
     * @param state the state
     * @param form the form of the text, as the member {@code version} shows
     * @param unknownMembers JSON pointers of members that mean nothing to this library and were not read. A tool that wrote
     *     them meant something by them: a check against this state may be weaker than intended. Always empty for {@link
     *     Form#FULL}, where they are refused
     * @param unswappedOwners owners that the text has in the byte-swapped form of old tools, as they are in the state
     */
    public record Reading(ReferenceState state, Form form, List<String> unknownMembers, List<Guid> unswappedOwners) {
        /**
         * Copies.
         *
         * @param state the state
         * @param form the form of the text, as the member {@code version} shows
         * @param unknownMembers JSON pointers of members that mean nothing to this library and were not read. A tool that wrote them
         *     meant something by them: a check against this state may be weaker than intended. Always empty for {@link Form#FULL}, where
         *     they are refused
         * @param unswappedOwners owners that the text has in the byte-swapped form of old tools, as they are in the state
         */
        public Reading {
            unknownMembers = List.copyOf(unknownMembers);
            unswappedOwners = List.copyOf(unswappedOwners);
        }
    }

    /**
     * Reads a reference state in either form.
     *
     * <p>Owners that old tools wrote byte-swapped are corrected: all owners in a text if at least one is the swapped form of a widely
     * known GUID and none is such a GUID itself; otherwise only those that are such a swapped form.
     *
     * @param json UTF-8 text
     * @return the state, and notes about the text
     * @throws MalformedDataException if the text is not a reference state or is one of an unknown version; if a member is missing or
     *     given twice; if a digest has the wrong size or an unknown algorithm; or if a limit is exceeded. The fault's field is a JSON
     *     pointer; its offset counts characters, or bytes where the text is not UTF-8
     */
    public static Reading parse(Bytes json) throws MalformedDataException {
        return ReferenceStateReader.read(json);
    }

    /**
     * Writes a reference state, indented. The same state gives the same text.
     *
     * @param state the state
     * @param form which form
     * @return the text, which {@link #parse} reads
     * @throws IllegalArgumentException if a state that is not {@link ReferenceState#isFull full} is to be written as one
     */
    public static String write(ReferenceState state, Form form) {
        return ReferenceStateWriter.write(state, form);
    }

    /**
     * The JSON schema of {@link Form#FULL}, draft 2020-12.
     *
     * @return the text of the schema
     */
    public static String schema() {
        try (InputStream in = Objects.requireNonNull(ReferenceStateJson.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
