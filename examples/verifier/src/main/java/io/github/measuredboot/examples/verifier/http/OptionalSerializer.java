package io.github.measuredboot.examples.verifier.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** What is not there is null. */
@SuppressWarnings("rawtypes")
final class OptionalSerializer extends StdSerializer<Optional> {
    private static final long serialVersionUID = 1;

    OptionalSerializer() {
        super(Optional.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
        provider.defaultSerializeValue(value.orElse(null), out);
    }
}
