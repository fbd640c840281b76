package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.ReferenceStateDiff;
import io.github.measuredboot.policy.ReferenceStateDiff.Change;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Differences of reference states in JSON, each report an object on one line. Names are in lower case. */
public final class ReferenceStateDiffJson {
    private ReferenceStateDiffJson() {}

    /**
     * A difference: {@code old} and {@code new} (each {@code name, form, unknownMembers, unswappedOwners}), {@code same},
     * {@code categories} and {@code changes} (each {@code part, kind, category, items, sentence}).
     *
     * @param oldName what to call the old state
     * @param before the old state
     * @param newName what to call the new state
     * @param after the new state
     * @param diff how they differ
     * @return the object
     */
    public static String write(String oldName, Reading before, String newName, Reading after, ReferenceStateDiff diff) {
        return JsonReports.object(json -> {
            write(json, "old", oldName, before);
            write(json, "new", newName, after);
            writeDifference(json, diff);
        });
    }

    /**
     * Why there is no difference to report: {@code error} with {@code state, message} and, if the text was malformed, {@code
     * offset, structure, field, reason}.
     *
     * @param name what to call the state that could not be read
     * @param message why
     * @param fault what is wrong with its text
     * @return the object
     */
    public static String error(String name, String message, Optional<Fault> fault) {
        return JsonReports.object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("state", name);
            json.writeStringField("message", message);
            if (fault.isPresent()) {
                json.writeNumberField("offset", fault.get().offset());
                json.writeStringField("structure", fault.get().structure());
                json.writeStringField("field", fault.get().field());
                json.writeStringField("reason", fault.get().reason());
            }
            json.writeEndObject();
        });
    }

    static void writeDifference(JsonGenerator json, ReferenceStateDiff diff) throws IOException {
        json.writeBooleanField("same", diff.isEmpty());
        json.writeArrayFieldStart("categories");
        for (ReferenceStateDiff.Category category : diff.categories()) {
            json.writeString(lowerCase(category));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("changes");
        for (Change change : diff.changes()) {
            write(json, change);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String side, String name, Reading reading) throws IOException {
        json.writeObjectFieldStart(side);
        json.writeStringField("name", name);
        json.writeStringField("form", lowerCase(reading.form()));
        json.writeArrayFieldStart("unknownMembers");
        for (String pointer : reading.unknownMembers()) {
            json.writeString(pointer);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unswappedOwners");
        for (Object owner : reading.unswappedOwners()) {
            json.writeString(owner.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("part", lowerCase(change.part()));
        json.writeStringField("kind", lowerCase(change.kind()));
        json.writeStringField("category", lowerCase(change.category()));
        json.writeArrayFieldStart("items");
        for (String item : change.items()) {
            json.writeString(item);
        }
        json.writeEndArray();
        json.writeStringField("sentence", change.sentence());
        json.writeEndObject();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
