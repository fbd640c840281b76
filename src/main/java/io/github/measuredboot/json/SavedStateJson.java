package io.github.measuredboot.json;

import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceStateDiff;
import java.util.Optional;

/** What {@code measuredboot save} and {@code refstate create -o} say, in JSON: an object on one line. */
public final class SavedStateJson {
    private SavedStateJson() {}

    /**
     * A state that was written: {@code log, file, uki} (its digests by bank), {@code firmwareBlobs, pk, kek, db, dbx} (their
     * numbers), {@code previous} (the file that keeps the state before) and {@code difference} ({@code same, categories,
     * changes}) where there are.
     *
     * @param name what to call the log
     * @param file where the state was written to
     * @param state the state
     * @param previous where the state before is kept, if there was one
     * @param difference how it differs from the state before, if that could be read
     * @return the object
     */
    public static String report(
            String name,
            String file,
            ReferenceState state,
            Optional<String> previous,
            Optional<ReferenceStateDiff> difference) {
        return JsonReports.report(name, json -> {
            json.writeStringField("file", file);
            json.writeObjectFieldStart("uki");
            for (var digest : state.uki().image().digests()) {
                json.writeStringField(digest.algorithm().name(), digest.value().toHex());
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
                ReferenceStateDiffJson.writeDifference(json, difference.get());
                json.writeEndObject();
            }
        });
    }
}
