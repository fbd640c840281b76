package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.PcrValuesBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** PCR values as a JSON object: bank, to PCR index in decimal, to value in hexadecimal. */
public final class PcrValuesJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private PcrValuesJson() {}

    /**
     * Reads the object, for example {@code {"sha256": {"0": "3e69...", "1": "b2cb..."}}}.
     *
     * @param json UTF-8 text
     * @return the values
     * @throws MalformedDataException if the text is no such object, a bank is unknown, a value has the wrong size, or one
     *     is given twice; the fault's offset counts characters
     */
    public static PcrValues parse(Bytes json) throws MalformedDataException {
        PcrValuesBuilder values = new PcrValuesBuilder("PCR values in JSON");
        try (JsonParser parser = FACTORY.createParser(json.decode(StandardCharsets.UTF_8))) {
            expect(JsonToken.START_OBJECT, "an object of banks", parser, values);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                HashAlgorithm bank = values.bank(parser.currentName(), offset(parser.currentTokenLocation()));
                expect(JsonToken.START_OBJECT, "an object of PCRs", parser, values);
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String index = parser.currentName();
                    expect(JsonToken.VALUE_STRING, "a value in hexadecimal", parser, values);
                    values.add(bank, index, parser.getText(), offset(parser.currentTokenLocation()));
                }
            }
            if (parser.nextToken() != null) {
                throw values.fault(offset(parser.currentTokenLocation()), "end", "something follows the object");
            }
            return values.build();
        } catch (JsonProcessingException e) {
            throw values.fault(offset(e.getLocation()), "syntax", String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(JsonToken token, String what, JsonParser parser, PcrValuesBuilder values)
            throws IOException, MalformedDataException {
        if (parser.nextToken() != token) {
            throw values.fault(offset(parser.currentTokenLocation()), "value", "is not " + what);
        }
    }

    private static long offset(@Nullable JsonLocation location) {
        return location == null ? 0 : Math.max(0, location.getCharOffset());
    }
}
