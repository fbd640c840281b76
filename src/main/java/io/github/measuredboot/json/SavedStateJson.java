package io.github.measuredboot.json;

import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMerge;
import io.github.measuredboot.tpm.Digest;
import java.util.List;
import java.util.Optional;

/** What {@code measuredboot save} and {@code refstate create -o} say, in JSON: an object on one line. */
public final class SavedStateJson {
    private SavedStateJson() {}

    /**
     * A state that was written: {@code log, file, uki} (its digests by bank), {@code firmwareBlobs, pk, kek, db, dbx} (their
     * numbers), and where there is a state before {@code previous} (the file that keeps it) and {@code difference} ({@code same,
     * message, categories, changes, hints}, as {@link StateDifferenceJson} has them).
     *
     * @param name what to call the log
     * @param file where the state was written to
     * @param state the state
     * @param previous where the state before is kept, if there was one
     * @param difference how the state differs from the one before, if that could be read
     * @return the object
     */
    public static String report(
            String name,
            String file,
            ReferenceState state,
            Optional<String> previous,
            Optional<StateDifference> difference) {
        return JsonReports.report(name, json -> {
            json.writeStringField("file", file);
            json.writeObjectFieldStart("uki");
            if (!state.ukis().isEmpty()) {
                for (Digest digest : state.ukis().get(0).digests()) {
                    json.writeStringField(
                            digest.algorithm().name(), digest.value().toHex());
                }
            }
            json.writeEndObject();
            json.writeNumberField(
                    "firmwareBlobs",
                    state.firmware().stream()
                            .mapToInt(firmware -> firmware.platformFirmware().size())
                            .sum());
            json.writeNumberField("pk", state.secureBoot().pk().size());
            json.writeNumberField("kek", state.secureBoot().kek().size());
            json.writeNumberField("db", state.secureBoot().db().size());
            json.writeNumberField("dbx", state.secureBoot().dbx().size());
            if (previous.isPresent()) {
                json.writeStringField("previous", previous.get());
            }
            if (difference.isPresent()) {
                json.writeObjectFieldStart("difference");
                StateDifferenceJson.writeDifference(json, difference.get());
                json.writeEndObject();
            }
        });
    }

    /**
     * States that were merged: {@code log} (their names), {@code file} and {@code varied} (each {@code pcr, message}).
     *
     * @param names what to call the states
     * @param file where the merged state was written to
     * @param merged the merged state and what varied
     * @return the object
     */
    public static String merged(List<String> names, String file, ReferenceStateMerge merged) {
        return JsonReports.report(String.join(" ", names), json -> {
            json.writeStringField("file", file);
            json.writeArrayFieldStart("varied");
            for (ReferenceStateMerge.Variation variation : merged.variations()) {
                json.writeStartObject();
                json.writeNumberField("pcr", variation.pcr());
                json.writeStringField("message", variation.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
