package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fields of event data as JSON: structures are objects, items arrays, bytes and addresses hexadecimal text. */
final class EventFieldsJson {
    private EventFieldsJson() {}

    static void writeObject(JsonGenerator json, List<Field> fields) throws IOException {
        json.writeStartObject();
        Map<String, Integer> used = new HashMap<>();
        for (Field field : fields) {
            int times = used.merge(field.name(), 1, Integer::sum);
            json.writeFieldName(times == 1 ? field.name() : field.name() + times);
            writeValue(json, field.value());
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, FieldValue value) throws IOException {
        if (value instanceof FieldValue.Text text) {
            json.writeString(text.text());
        } else if (value instanceof FieldValue.Unsigned number) {
            json.writeNumber(new BigInteger(Long.toUnsignedString(number.value())));
        } else if (value instanceof FieldValue.Hexadecimal number) {
            json.writeString("0x" + Long.toHexString(number.value()));
        } else if (value instanceof FieldValue.Flag flag) {
            json.writeBoolean(flag.value());
        } else if (value instanceof FieldValue.Binary binary) {
            json.writeString(binary.bytes().toHex());
        } else if (value instanceof FieldValue.Structure structure) {
            writeObject(json, structure.fields());
        } else if (value instanceof FieldValue.Items items) {
            writeItems(json, items.items());
        }
    }

    /** Items of one name are an array of values; where the names tell the items apart, each is an object of one member. */
    private static void writeItems(JsonGenerator json, List<Field> items) throws IOException {
        boolean oneName = items.stream().map(Field::name).distinct().count() <= 1;
        json.writeStartArray();
        for (Field item : items) {
            if (oneName) {
                writeValue(json, item.value());
            } else {
                writeObject(json, List.of(item));
            }
        }
        json.writeEndArray();
    }
}
