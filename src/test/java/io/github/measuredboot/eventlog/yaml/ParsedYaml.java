package io.github.measuredboot.eventlog.yaml;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What a reader of YAML gets. */
final class ParsedYaml {
    private ParsedYaml() {}

    static Map<String, Object> parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(1 << 28);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (YAMLException e) {
            return false;
        }
    }

    /** The events of a log that begins with a Spec ID event. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> events(String text) {
        return (List<Map<String, Object>>) Objects.requireNonNull(parse(text).get("events"));
    }
}
