package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.AttestationRecord.Report;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.policy.FirstUsePins.BootId;
import io.github.measuredboot.policy.FirstUsePins.Scope;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a verifier keeps of a machine between attestations: pins and the record. */
class KeptStatesJsonTest {
    private static final String ZEROS = "00".repeat(32);
    private static final String PINS = "{\"version\":1,\"boot\":\"reset 7, restart 0\",\"uki\":{\"sha256\":\"" + ZEROS
            + "\"},\"pcrs\":{\"sha256\":{\"11\":\"" + ZEROS + "\"}}}";
    private static final String RECORD =
            "{\"version\":1,\"generation\":3,\"enrolledAt\":\"2026-01-31T12:00:00Z\",\"identity\":\"proved-by-ek\",\"newest\":{\"number\":2,\"at\":\"2026-02-01T12:00:00.5Z\","
                    + "\"accepted\":false},\"newestFailure\":{\"number\":2,\"at\":\"2026-02-01T12:00:00.5Z\",\"accepted\":false},"
                    + "\"clearedThrough\":1,\"earlier\":{\"reports\":1,\"failures\":0,\"success\":{\"number\":1,\"at\":\"2026-01-31T13:00:00Z\","
                    + "\"accepted\":true}}}";

    @Test
    void pinsAreReadAsTheyWereWritten() throws Exception {
        Bytes zeros = Bytes.parseHex(ZEROS);
        FirstUsePins pins = FirstUsePins.NONE
                .check(
                        new Scope(BootId.ofCounts(7, 0), DigestSet.of(new Digest(HashAlgorithm.SHA256, zeros))),
                        new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA256, Map.of(11, zeros)))))
                .pins();
        assertEquals(PINS, FirstUsePinsJson.write(pins));
        assertEquals(pins, FirstUsePinsJson.parse(utf8(PINS)));
        assertEquals("{\"version\":1}", FirstUsePinsJson.write(FirstUsePins.NONE));
        assertEquals(FirstUsePins.NONE, FirstUsePinsJson.parse(utf8("{\"version\":1}")));
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws Exception {
        AttestationRecord record = AttestationRecord.enrol(3, Instant.parse("2026-01-31T12:00:00Z"))
                .withIdentity(IdentityLevel.PROVED_BY_EK)
                .add(new Report(3, 1, Instant.parse("2026-01-31T13:00:00Z"), true))
                .record()
                .clearFailuresThrough(1)
                .add(new Report(3, 2, Instant.parse("2026-02-01T12:00:00.500Z"), false))
                .record();
        assertEquals(RECORD.replace("00.5Z", "00.500Z"), AttestationRecordJson.write(record));
        assertEquals(record, AttestationRecordJson.parse(utf8(RECORD)));
    }

    @Property(tries = 300)
    void anyRecordIsReadAsItWasWritten(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        AttestationRecord record = AttestationRecord.enrol(random.nextLong(), time(random));
        for (int i = random.nextInt(6); i > 0; i--) {
            long number = random.nextBoolean() ? random.nextInt(4) : random.nextLong();
            record = record.add(new Report(record.generation(), number, time(random), random.nextBoolean()))
                    .record();
            record = random.nextInt(4) == 0
                    ? record.clearFailuresThrough(record.newest().orElseThrow().number())
                    : record;
        }
        assertEquals(record, AttestationRecordJson.parse(utf8(AttestationRecordJson.write(record))));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":1 | \"version\":2 | /version | is unknown",
                "\"boot\" | \"Boot\" | /Boot | no such member",
                "\"boot\":\"reset 7, restart 0\", | `` | value | no member \"boot\"",
                "\"sha256\":\"00 | \"sha256\":\"0 | /uki/sha256 | not hexadecimal",
                "\"uki\":{\"sha256\" | \"uki\":{\"md5\" | /uki/md5 | is not one of",
                "\"11\" | \"99\" | /pcrs/sha256/99 | 99 is not 0 to 31",
                "}}} | }}}} | syntax | Unexpected",
            })
    void otherPinsAreRefusedByTheirPlace(String part, String other, String field, String reason) {
        check(
                assertThrows(
                        MalformedDataException.class,
                        () -> FirstUsePinsJson.parse(utf8(PINS.replaceFirst("\\Q" + part + "\\E", other)))),
                field,
                reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"generation\":3, | `` | value | no member \"generation\"",
                "\"generation\":3 | \"generation\":9223372036854775808 | /generation | 64 bits",
                "\"generation\":3 | \"generation\":3.0 | /generation | integer",
                "2026-01-31T12:00:00Z | yesterday | /enrolledAt | not a time",
                "proved-by-ek | proved | /identity | level of identity",
                "\"identity\":\"proved-by-ek\", | `` | value | no member \"identity\"",
                "\"accepted\":false | \"accepted\":0 | /newest/accepted | true or false",
                "\"accepted\":false | \"other\":0 | /newest/other | no such member",
                "\"accepted\":true | \"accepted\":false | value | the last success",
                "\"reports\":1 | \"reports\":0 | value | the last success",
                "\"clearedThrough\":1 | \"clearedThrough\":3 | value | contradict",
            })
    void otherRecordsAreRefusedByTheirPlace(String part, String other, String field, String reason) {
        check(
                assertThrows(
                        MalformedDataException.class,
                        () -> AttestationRecordJson.parse(utf8(RECORD.replaceFirst("\\Q" + part + "\\E", other)))),
                field,
                reason);
    }

    @Property(tries = 500)
    void damagedTextsAreReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] text = (random.nextBoolean() ? PINS : RECORD).getBytes(StandardCharsets.UTF_8);
        text[random.nextInt(text.length)] = (byte) random.nextInt();
        try {
            FirstUsePinsJson.parse(Bytes.wrap(text));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() <= text.length, e.getMessage());
        }
        try {
            AttestationRecordJson.parse(Bytes.wrap(text));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() <= text.length, e.getMessage());
        }
    }

    @Test
    void tooLargeTextsAreRefused() {
        assertThrows(
                MalformedDataException.class,
                () -> FirstUsePinsJson.parse(utf8(" ".repeat(FirstUsePinsJson.MAX_SIZE) + PINS)));
        assertThrows(
                MalformedDataException.class,
                () -> AttestationRecordJson.parse(utf8(" ".repeat(AttestationRecordJson.MAX_SIZE) + RECORD)));
    }

    private static void check(MalformedDataException e, String field, String reason) {
        Fault fault = e.fault();
        assertEquals(field, fault.field(), fault.message());
        assertTrue(fault.reason().contains(reason), fault.message());
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
