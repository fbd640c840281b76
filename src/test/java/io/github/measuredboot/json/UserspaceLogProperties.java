package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.CelRecord.Content;
import io.github.measuredboot.eventlog.CelRecord.Register;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UserspaceLogProperties {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Written(
            Register register, List<HashAlgorithm> banks, String string, String eventType, boolean pretty) {

        byte[] toJson() {
            ObjectNode record = MAPPER.createObjectNode();
            record.putObject("content").put("string", string).put("x", 1).put("eventType", eventType);
            ArrayNode digests = record.putArray("digests");
            for (HashAlgorithm bank : banks) {
                digests.addObject().put("digest", hash(bank).toHex()).put("hashAlg", bank.name());
            }
            record.put("content_type", "systemd");
            if (register instanceof Register.Pcr pcr) {
                record.put("pcr", pcr.index());
            } else if (register instanceof Register.NvIndex nvIndex) {
                record.put("nv_index", nvIndex.handle());
            }
            return (pretty ? record.toPrettyString() : record.toString()).getBytes(StandardCharsets.UTF_8);
        }

        Bytes hash(HashAlgorithm bank) {
            return Bytes.wrap(bank.newMessageDigest().orElseThrow().digest(string.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Property(tries = 300)
    void recordsDecodeToWhatWasWrittenAndEncodeToTheSameBytes(@ForAll("logs") List<Written> written) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Written record : written) {
            file.write(0x1e);
            file.writeBytes(record.toJson());
            file.write('\n');
        }
        Bytes bytes = Bytes.wrap(file.toByteArray());
        UserspaceLog log = UserspaceLogJson.parse(bytes);
        assertEquals(written.size(), log.records().size());
        for (int i = 0; i < written.size(); i++) {
            Written expected = written.get(i);
            CelRecord record = log.records().get(i);
            assertEquals(expected.register, record.register());
            assertEquals(
                    expected.banks.stream()
                            .map(bank -> new Digest(bank, expected.hash(bank)))
                            .toList(),
                    record.digests());
            assertEquals(
                    new Content.Systemd(Optional.of(expected.string), Optional.of(expected.eventType)),
                    record.content());
            for (HashAlgorithm bank : expected.banks) {
                assertEquals(Optional.of(CelRecord.StringCheck.MATCHES), record.stringCheck(bank));
            }
            assertEquals(bytes.slice((int) record.offset(), record.json().length()), record.json());
        }
        assertEquals(bytes, UserspaceLogJson.encode(log));
    }

    @Provide
    Arbitrary<List<Written>> logs() {
        Arbitrary<Register> registers = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 23).map(Register.Pcr::new),
                Arbitraries.longs().between(0, 0xffff_ffffL).map(Register.NvIndex::new));
        Arbitrary<List<HashAlgorithm>> banks =
                Arbitraries.of(HashAlgorithm.standard()).list().uniqueElements().ofMaxSize(4);
        Arbitrary<String> strings = Arbitraries.strings()
                .withCharRange('\u0001', '\ud7ff')
                .withChars('"', '\\', '\u001e')
                .ofMaxLength(40);
        return Combinators.combine(registers, banks, strings, strings, Arbitraries.of(true, false))
                .as(Written::new)
                .list()
                .ofMaxSize(6);
    }
}
