package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a digest is the hash of is found whatever type the event claims, and nothing is found that it is not the hash of. */
class CoveredBytesTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final Bytes VARIABLE = variable("");

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "\0", "text\0\0\0"})
    void allOfTheData(String text) {
        assertEquals(Optional.of(ascii(text)), covered(ascii(text), ascii(text)));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void allButOneNulOrTwoAtTheEnd(int nuls, boolean covers) {
        Bytes text = ascii("text");
        assertEquals(covers ? Optional.of(text) : Optional.empty(), covered(text, ascii("text" + "\0".repeat(nuls))));
        assertEquals(
                covers ? Optional.of(Bytes.EMPTY) : Optional.empty(),
                covered(Bytes.EMPTY, ascii("\0".repeat(nuls))),
                "nothing but NULs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"textx", "text\0x", "textx\0", "x", ""})
    void nothingIfWhatTheDigestLeavesOutIsNoNul(String data) {
        assertEquals(Optional.empty(), covered(ascii("text"), ascii(data)));
        assertEquals(Optional.empty(), covered(ascii("else"), ascii(data)));
    }

    @Test
    void allButWhatTrailsAVariable() {
        assertEquals(Optional.of(VARIABLE), covered(VARIABLE, variable("010203")));
        assertEquals(Optional.of(VARIABLE), covered(VARIABLE, variable("01")));
        assertEquals(Optional.empty(), covered(ascii("else"), variable("010203")));
    }

    @Test
    void allButTheLastByteOfWhatTrailsAVariable() {
        assertEquals(Optional.of(variable("0102")), covered(variable("0102"), variable("010203")));
        assertEquals(Optional.empty(), covered(variable("01"), variable("010203")), "all but the last two bytes");
        assertEquals(
                Optional.empty(),
                covered(VARIABLE.slice(0, VARIABLE.length() - 1), VARIABLE),
                "the last byte of the variable itself");
    }

    @Test
    void nothingIsKnownWithoutADigestOfTheBankOrAPcr() throws Exception {
        byte[] log = EventLogBuilder.cryptoAgile(SHA256, HashAlgorithm.SHA384)
                .event(7, EventType.EV_IPL, List.of(digest(VARIABLE)), VARIABLE)
                .event(24, EventType.EV_IPL, List.of(digest(VARIABLE)), VARIABLE)
                .event(7, EventType.EV_NO_ACTION, List.of(digest(VARIABLE)), VARIABLE)
                .build();
        List<CheckedEvent> events = CheckedLog.of(EventLog.wrap(log)).events();
        assertEquals(Optional.of(VARIABLE), events.get(1).claimedCoveredBytes(SHA256));
        assertEquals(Optional.empty(), events.get(1).claimedCoveredBytes(HashAlgorithm.SHA384), "no digest");
        assertEquals(Optional.empty(), events.get(1).claimedCoveredBytes(HashAlgorithm.SHA512), "no such bank");
        assertEquals(Optional.empty(), events.get(2).claimedCoveredBytes(SHA256), "no such PCR");
        assertEquals(Optional.empty(), events.get(3).claimedCoveredBytes(SHA256), "not measured");
    }

    @Test
    void everyBankOfALogHasItsOwn() throws Exception {
        byte[] log = EventLogBuilder.cryptoAgile(SHA256, HashAlgorithm.SHA384)
                .event(
                        7,
                        EventType.EV_IPL,
                        List.of(
                                digest(ascii("text")),
                                new Digest(
                                        HashAlgorithm.SHA384,
                                        HashAlgorithm.SHA384
                                                .hash(ascii("text\0"))
                                                .orElseThrow())),
                        ascii("text\0"))
                .build();
        CheckedEvent event = CheckedLog.of(EventLog.wrap(log)).events().get(1);
        assertEquals(Optional.of(ascii("text")), event.claimedCoveredBytes(SHA256));
        assertEquals(Optional.of(ascii("text\0")), event.claimedCoveredBytes(HashAlgorithm.SHA384));
    }

    @Test
    void aVariableIsCoveredIfTheDigestIsOfItsStructureAlone() {
        for (Bytes data : List.of(VARIABLE, variable("0102"))) {
            VariableEventData covered =
                    coveredVariable(VARIABLE, data).orElseThrow(() -> new AssertionError(data.toString()));
            assertEquals(VARIABLE, covered.raw());
            assertEquals("SecureBoot", covered.variable().unicodeName());
            assertEquals(EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, covered.claimedType());
        }
        assertEquals(Optional.empty(), coveredVariable(variable("0102"), variable("0102")), "trailing bytes");
        assertEquals(Optional.empty(), coveredVariable(ascii("text"), ascii("text")), "no variable");
        assertEquals(Optional.empty(), coveredVariable(ascii("else"), VARIABLE), "a digest of something else");
    }

    private static Optional<Bytes> covered(Bytes measured, Bytes data) {
        return event(measured, data).claimedCoveredBytes(SHA256);
    }

    private static Optional<VariableEventData> coveredVariable(Bytes measured, Bytes data) {
        return event(measured, data).claimedCoveredVariable(SHA256, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG);
    }

    private static CheckedEvent event(Bytes measured, Bytes data) {
        try {
            byte[] log = EventLogBuilder.cryptoAgile(SHA256)
                    .measure(7, EventType.EV_IPL, measured, data)
                    .build();
            return CheckedLog.of(EventLog.wrap(log)).events().get(1);
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private static Digest digest(Bytes measured) {
        return new Digest(SHA256, SHA256.hash(measured).orElseThrow());
    }

    private static Bytes variable(String trailing) {
        return new VariableData(
                        KnownVariable.SECURE_BOOT.vendorGuid(),
                        "SecureBoot",
                        BooleanVariable.encode(true),
                        Bytes.parseHex(trailing))
                .encode();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
