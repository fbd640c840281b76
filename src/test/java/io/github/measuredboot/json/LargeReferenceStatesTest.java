package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;

/** Whatever a state can hold can be written, and what is written is read again. */
class LargeReferenceStatesTest {
    private static final Guid OWNER = Guid.of("77fa9abd-0359-4d32-bd60-28f4e78f784b");
    private static final DigestSet DIGESTS = new DigestSet(HashAlgorithm.standard().stream()
            .map(bank -> ReferenceStates.digest(bank, 0xab))
            .toList());

    /** Ways in which a state of some size can be made. */
    @Provide
    Arbitrary<Tuple2<String, IntFunction<ReferenceState>>> kinds() {
        return Arbitraries.of(List.of(
                kind("short descriptions", size -> ofEvents(size, event(ReferenceStates.sha1(1), "", ""))),
                kind("quotation marks", size -> ofEvents(size, event(ReferenceStates.sha256(1), "\"".repeat(400), ""))),
                kind("other scripts", size -> ofEvents(size, event(DIGESTS, "\u4e2d".repeat(400), ""))),
                kind("pairs", size -> ofEvents(size, event(DIGESTS, "\ud83d\ude00".repeat(200), ""))),
                kind("variables", size -> ofEvents(size, event(DIGESTS, "", "\\\u4e2d".repeat(50)))),
                kind("firmware", LargeReferenceStatesTest::ofFirmware),
                kind("small keys", size -> ofKeys(size, 1)),
                kind("large keys", size -> ofKeys(size, 20_000)),
                kind("userspace", LargeReferenceStatesTest::ofUserspace),
                kind("provenance", LargeReferenceStatesTest::ofProvenance)));
    }

    private static Tuple2<String, IntFunction<ReferenceState>> kind(String name, IntFunction<ReferenceState> maker) {
        return Tuple.of(name, maker);
    }

    private static PinnedEvent event(DigestSet digests, String description, String variable) {
        return new PinnedEvent(
                digests,
                EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                description,
                Optional.of(Role.DB_AUTHORITY),
                Optional.of(new VariableName(OWNER, variable)));
    }

    private static ReferenceState ofEvents(int size, PinnedEvent event) {
        List<PinnedEvent> events = Collections.nCopies(size, event);
        List<List<PinnedEvent>> alternatives = new ArrayList<>();
        for (int from = 0; from < size; from += ReferenceState.MAX_ITEMS) {
            alternatives.add(events.subList(from, Math.min(size, from + ReferenceState.MAX_ITEMS)));
        }
        return ReferenceState.builder()
                .pcr(new PinnedPcr(7, PcrMode.CONTENT, alternatives))
                .build();
    }

    private static ReferenceState ofFirmware(int size) {
        Firmware firmware = Firmware.builder()
                .scrtm(DIGESTS)
                .platformFirmware(Collections.nCopies(size, DIGESTS))
                .startupLocality(OptionalInt.of(4))
                .pcr0(Collections.nCopies(size + 1, event(DIGESTS, "a blob", "name")))
                .pcr2(Collections.nCopies(size, event(DIGESTS, "a blob", "name")))
                .build();
        return ReferenceState.builder().firmware(List.of(firmware, firmware)).build();
    }

    private static ReferenceState ofKeys(int size, int bytes) {
        Signature signature = new Signature(Optional.of(SignatureType.X509), OWNER, Bytes.wrap(new byte[bytes]));
        List<Signature> keys = Collections.nCopies(size, signature);
        return ReferenceState.builder()
                .secureBoot(new SecureBootKeys(keys, keys, keys, keys))
                .build();
    }

    private static ReferenceState ofUserspace(int size) {
        UserspaceDigest digest = new UserspaceDigest(23, ReferenceStates.digest(HashAlgorithm.SHA3_512, 1));
        return ReferenceState.builder()
                .userspaceDigests(Collections.nCopies(size, digest))
                .build();
    }

    private static ReferenceState ofProvenance(int size) {
        Optional<String> text = Optional.of("\"\u4e2d".repeat(500));
        Provenance provenance =
                new Provenance(text, text, text, DIGESTS, Optional.of(Instant.parse("2026-01-01T00:00:00.123456789Z")));
        return ReferenceState.builder()
                .provenance(Collections.nCopies(size, provenance))
                .build();
    }

    @Property(tries = 20)
    void theLargestStateThatCanBeBuiltIsWrittenAndReadAgain(
            @ForAll("kinds") Tuple2<String, IntFunction<ReferenceState>> kind) throws Exception {
        ReferenceState largest = kind.get2().apply(largestSize(kind.get2()));
        String full = ReferenceStateJson.write(largest, Form.FULL);
        assertTrue(bytes(full).length() <= ReferenceStateJson.MAX_SIZE, kind.get1());
        assertEquals(largest, ReferenceStateJson.parse(bytes(full)).state(), kind.get1());
        String field = ReferenceStateJson.write(largest, Form.FIELD);
        ReferenceState less = ReferenceStateJson.parse(bytes(field)).state();
        assertEquals(field, ReferenceStateJson.write(less, Form.FIELD), kind.get1());
    }

    private static int largestSize(IntFunction<ReferenceState> maker) {
        int possible = 1;
        int impossible = 100_000;
        while (impossible - possible > 1) {
            int middle = (possible + impossible) / 2;
            if (isPossible(maker, middle)) {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        return possible;
    }

    private static boolean isPossible(IntFunction<ReferenceState> maker, int size) {
        try {
            return maker.apply(size) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A text without blanks may hold more than fits once it is written with them. */
    @Test
    void aTextThatHoldsMoreThanAStateIsRefused() {
        String event = "{\"digests\":{\"sha1\":\"0x" + "ab".repeat(20) + "\"}}";
        String events = String.join(",", Collections.nCopies(20_000, event));
        String alternatives = String.join(",", Collections.nCopies(10, "[" + events + "]"));
        Bytes json = bytes("{\"version\":2,\"profile\":\"uki\",\"scrtm_and_bios\":[],\"pk\":[],\"kek\":[],\"db\":[],"
                + "\"dbx\":[],\"pcrs\":[{\"pcr\":7,\"mode\":\"content\",\"alternatives\":[" + alternatives + "]}]}");
        assertTrue(json.length() < ReferenceStateJson.MAX_SIZE);
        MalformedDataException e = assertThrows(MalformedDataException.class, () -> ReferenceStateJson.parse(json));
        assertTrue(e.toString().contains("more events, digests and keys than fit"), e.toString());
    }

    @Test
    void aShortStateHasNoFullForm() throws Exception {
        ReferenceState shortState = ReferenceState.builder().full(false).build();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ReferenceStateJson.write(shortState, Form.FULL));
        assertEquals("a short state has no full form", e.getMessage());
        String field = ReferenceStateJson.write(shortState, Form.FIELD);
        assertEquals(Form.FIELD, ReferenceStateJson.parse(bytes(field)).form());
    }

    private static Bytes bytes(String json) {
        return Bytes.encode(json, StandardCharsets.UTF_8);
    }
}
