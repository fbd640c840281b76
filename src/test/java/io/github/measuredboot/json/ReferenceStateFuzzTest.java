package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.ReferenceStateDiff;
import java.nio.charset.StandardCharsets;

class ReferenceStateFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void readsAnyBytes(byte[] input) throws MalformedDataException {
        Reading reading;
        try {
            reading = ReferenceStateJson.parse(Bytes.wrap(input));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() >= 0 && e.fault().offset() <= input.length, e.getMessage());
            assertTrue(e.fault().message().length() < 1000, "the message does not repeat the input");
            return;
        }
        String full = ReferenceStateJson.write(reading.state(), Form.FULL);
        Reading again = ReferenceStateJson.parse(Bytes.encode(full, StandardCharsets.UTF_8));
        assertEquals(reading.state().firmware(), again.state().firmware());
        assertEquals(reading.state().uki(), again.state().uki());
        assertEquals(reading.state().userspaceDigests(), again.state().userspaceDigests());
        assertEquals(reading.state().provenance(), again.state().provenance());
        assertTrue(ReferenceStateDiff.between(reading.state(), reading.state()).isEmpty());
        String field = ReferenceStateJson.write(reading.state(), Form.FIELD);
        Reading lessThanThat = ReferenceStateJson.parse(Bytes.encode(field, StandardCharsets.UTF_8));
        ReferenceStateDiff diff = ReferenceStateDiff.between(reading.state(), lessThanThat.state());
        String report = ReferenceStateDiffJson.write("old", reading, "new", lessThanThat, diff);
        assertTrue(report.startsWith("{\"old\":"), report);
    }
}
