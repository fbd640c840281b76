package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.Collisions;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Jackson keeps the names that it has met, and gives up where too many share a place: one machine's must not fill another's. */
class HostileNamesTest {
    private static final String RECORD = "{\"recnum\":1,\"pcr\":11,\"digests\":[]}";

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }

    private static String membersLike(String name) {
        return Collisions.likeJacksonName(name, 600).stream()
                .map(member -> "\"" + member + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void userspaceLogsOfOneMachineDoNotGetThoseOfAnotherRefused() throws Exception {
        for (String name : new String[] {"digests", "pcr", "recnum"}) {
            assertThrows(
                    MalformedDataException.class,
                    () -> UserspaceLogJson.parse(utf8("\u001e" + membersLike(name) + "\n")));
            assertEquals(
                    1,
                    UserspaceLogJson.parse(utf8("\u001e" + RECORD + "\n"))
                            .records()
                            .size());
        }
    }

    @Test
    void canonicalEventLogsOfOneMachineDoNotGetThoseOfAnotherRefused() throws Exception {
        for (String name : new String[] {"digests", "pcr", "recnum"}) {
            assertThrows(
                    MalformedDataException.class,
                    () -> CanonicalEventLogJson.parse(utf8("[" + membersLike(name) + "]")));
            assertEquals(
                    1,
                    CanonicalEventLogJson.parse(utf8("[" + RECORD + "]"))
                            .records()
                            .size());
        }
    }
}
