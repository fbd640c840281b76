package io.github.measuredboot.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    private static JsonTree.Value parse(String text, Charset charset) throws MalformedDataException {
        return JsonTree.parse(Bytes.encode(text, charset), "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
    void otherEncodingsThanUtf8AreRefused(String charset) {
        assertThrows(MalformedDataException.class, () -> parse("{\"mediaType\":1}", Charset.forName(charset)));
    }

    @Test
    void aFaultHasThePointerAndTheOffsetOfItsValue() throws Exception {
        JsonTree.Value value = parse("{\"a/b\":[0,{\"c\":true}]}", StandardCharsets.UTF_8);
        MalformedDataException fault = assertThrows(
                MalformedDataException.class,
                () -> value.member("a/b").elements().get(1).member("c").number());
        assertEquals("/a~1b/1/c", fault.fault().field());
        assertEquals(15, fault.fault().offset());
    }

    /** A path in each value would take gigabytes for 400 KB of text. */
    @Test
    void longNamesAreNotRepeatedInEachValue() throws Exception {
        String name = "n".repeat(1_000);
        String text = ("{\"" + name + "\":").repeat(20) + "[0" + ",0".repeat(200_000) + "]" + "}".repeat(20);
        JsonTree.Value value = parse(text, StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            value = value.member(name);
        }
        assertEquals(200_001, value.elements().size());
    }
}
