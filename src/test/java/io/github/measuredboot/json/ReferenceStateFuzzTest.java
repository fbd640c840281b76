package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.refstate.ReferenceState;
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
        ReferenceState state = reading.state();
        if (state.isFull()) {
            String full = ReferenceStateJson.write(state, Form.FULL);
            assertEquals(state, parse(full).state());
        }
        String field = ReferenceStateJson.write(state, Form.FIELD);
        ReferenceState lessThanThat = parse(field).state();
        assertEquals(state.firmware(), lessThanThat.firmware());
        assertEquals(state.userspaceDigests(), lessThanThat.userspaceDigests());
        assertEquals(field, ReferenceStateJson.write(lessThanThat, Form.FIELD));
        assertDoesNotThrow(() -> BootPolicy.of(state).banks());
    }

    private static Reading parse(String json) throws MalformedDataException {
        return ReferenceStateJson.parse(Bytes.encode(json, StandardCharsets.UTF_8));
    }
}
