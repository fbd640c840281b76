package io.github.measuredboot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The keywords of JSON schema 2020-12 that the project's schemas use; any other keyword is an error. */
public final class JsonSchema {
    private final JsonNode root;
    private final List<String> violations = new ArrayList<>();

    private JsonSchema(JsonNode root) {
        this.root = root;
    }

    public static List<String> violations(JsonNode schema, JsonNode value) {
        JsonSchema check = new JsonSchema(schema);
        check.apply(schema, value, "");
        return check.violations;
    }

    private void apply(JsonNode schema, JsonNode value, String at) {
        for (Iterator<Map.Entry<String, JsonNode>> keywords = schema.fields(); keywords.hasNext(); ) {
            Map.Entry<String, JsonNode> keyword = keywords.next();
            JsonNode argument = keyword.getValue();
            boolean holds = switch (keyword.getKey()) {
                case "$schema", "$id", "$defs", "title", "description" -> true;
                case "$ref" -> {
                    JsonNode target = root.at(argument.asText().substring(1));
                    apply(target, value, at);
                    yield !target.isMissingNode();
                }
                case "type" -> isOfType(argument.asText(), value);
                case "const" -> argument.equals(value);
                case "enum" -> contains(argument, value);
                case "pattern" ->
                    !value.isTextual()
                            || Pattern.compile(argument.asText())
                                    .matcher(value.asText())
                                    .find();
                case "maxLength" -> !value.isTextual() || value.asText().length() <= argument.asInt();
                case "minimum" -> !value.isNumber() || value.asLong() >= argument.asLong();
                case "maximum" -> !value.isNumber() || value.asLong() <= argument.asLong();
                case "maxItems" -> !value.isArray() || value.size() <= argument.asInt();
                case "required" -> hasAll(argument, value);
                case "items" -> applyToItems(argument, value, at);
                case "properties" -> applyToMembers(argument, value, at);
                case "additionalProperties" ->
                    value.properties().stream()
                            .allMatch(member -> schema.get("properties").has(member.getKey()));
                default -> throw new IllegalArgumentException("keyword " + keyword.getKey());
            };
            if (!holds) {
                violations.add(at + ": " + keyword);
            }
        }
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return items(values).anyMatch(value::equals);
    }

    private static boolean hasAll(JsonNode names, JsonNode value) {
        return items(names).allMatch(name -> value.has(name.asText()));
    }

    private boolean applyToItems(JsonNode schema, JsonNode value, String at) {
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            apply(schema, value.get(i), at + "/" + i);
        }
        return true;
    }

    private boolean applyToMembers(JsonNode schemas, JsonNode value, String at) {
        schemas.properties().stream()
                .filter(member -> value.has(member.getKey()))
                .forEach(member -> apply(member.getValue(), value.get(member.getKey()), at + "/" + member.getKey()));
        return true;
    }
}
