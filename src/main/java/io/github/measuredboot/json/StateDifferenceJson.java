package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.diagnosis.EventReference;
import io.github.measuredboot.diagnosis.Hint;
import io.github.measuredboot.diagnosis.StateChange;
import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.tpm.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What differs between two reference states, in JSON: an object on one line. */
public final class StateDifferenceJson {
    private StateDifferenceJson() {}

    /**
     * A difference: {@code old} and {@code new} (each {@code name, form, unknownMembers, unswappedOwners}), and {@code same,
     * message, categories, changes} and {@code hints} (each {@code id, message}). A change has {@code kind} (added, removed,
     * changed, moved, mode-changed, other-banks, not-comparable), {@code category, subject, message, claimed}, {@code pcr}
     * where it is about one, {@code expected} and {@code found} where there are such events ({@code claimedType, description,
     * descriptionClaimed, digests} by bank, and {@code number} in a log), and {@code items} (texts).
     *
     * @param oldName what to call the old state
     * @param before the old state
     * @param newName what to call the new state
     * @param after the new state
     * @param difference how they differ
     * @return the object
     */
    public static String report(
            String oldName, Reading before, String newName, Reading after, StateDifference difference) {
        return JsonReports.object(json -> {
            write(json, "old", oldName, before);
            write(json, "new", newName, after);
            writeDifference(json, difference);
        });
    }

    static void writeDifference(JsonGenerator json, StateDifference difference) throws IOException {
        json.writeBooleanField("same", difference.isSame());
        json.writeStringField("message", difference.message());
        json.writeArrayFieldStart("categories");
        for (StateChange.Category category : difference.categories()) {
            json.writeString(category.id());
        }
        json.writeEndArray();
        writeChanges(json, "changes", difference.changes());
        writeHints(json, difference.hints());
    }

    private static void write(JsonGenerator json, String side, String name, Reading reading) throws IOException {
        json.writeObjectFieldStart(side);
        json.writeStringField("name", name);
        json.writeStringField("form", reading.form().id());
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

    static void writeChanges(JsonGenerator json, String name, List<StateChange> changes) throws IOException {
        json.writeArrayFieldStart(name);
        for (StateChange change : changes) {
            write(json, change);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, StateChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", change.kind().id());
        json.writeStringField("category", change.category().id());
        if (change.pcr().isPresent()) {
            json.writeNumberField("pcr", change.pcr().getAsInt());
        }
        json.writeStringField("subject", change.subject());
        json.writeStringField("message", change.message());
        json.writeBooleanField("claimed", change.isClaimed());
        write(json, "expected", change.expected());
        write(json, "found", change.found());
        json.writeArrayFieldStart("items");
        for (String item : change.items()) {
            json.writeString(item);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<EventReference> reference) throws IOException {
        if (reference.isEmpty()) {
            return;
        }
        EventReference event = reference.get();
        json.writeObjectFieldStart(name);
        if (event.number().isPresent()) {
            json.writeNumberField("number", event.number().getAsInt());
        }
        json.writeStringField("claimedType", event.claimedType().name());
        json.writeStringField("description", event.description());
        json.writeBooleanField("descriptionClaimed", event.isDescriptionClaimed());
        json.writeObjectFieldStart("digests");
        for (Digest digest : event.digests().digests()) {
            json.writeStringField(digest.algorithm().name(), digest.value().toHex());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    static void writeHints(JsonGenerator json, List<Hint> hints) throws IOException {
        json.writeArrayFieldStart("hints");
        for (Hint hint : hints) {
            json.writeStartObject();
            json.writeStringField("id", hint.id());
            json.writeStringField("message", hint.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
