package io.github.measuredboot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Logs of cases that are too large to keep: what is in them collides in the hash codes of strings and arrays. */
final class GeneratedLog {
    private static final int KIB = 1024;
    private static final int MULTIPLIER = 31;

    private final JsonNode parameters;
    private final List<HashAlgorithm> banks;

    private GeneratedLog(JsonNode parameters, List<HashAlgorithm> banks) {
        this.parameters = parameters;
        this.banks = banks;
    }

    static void write(JsonNode parameters, Path folder, Path to) throws IOException {
        try {
            EventLog good = EventLog.wrap(
                    TestLogs.read(folder.resolve(parameters.get("from").asText())));
            List<HashAlgorithm> banks = new ArrayList<>(good.algorithms());
            if (parameters.has("banks")) {
                banks.clear();
                parameters
                        .get("banks")
                        .forEach(bank ->
                                banks.add(HashAlgorithm.byName(bank.asText()).orElseThrow()));
            }
            byte[] log = new GeneratedLog(parameters, banks).make(good);
            Files.write(to.resolve("evil.bin"), log);
            Files.writeString(to.resolve("evil.pcrs.json"), values(EventLog.wrap(log)));
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private static String values(EventLog log) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        for (PcrBank bank : Replay.of(log).expectedValues().banks()) {
            ObjectNode values = json.putObject(bank.algorithm().name());
            bank.values().forEach((pcr, value) -> values.put(String.valueOf(pcr), value.toHex()));
        }
        return json.toString();
    }

    private byte[] make(EventLog good) throws MalformedDataException {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(banks.toArray(HashAlgorithm[]::new));
        boolean isDatabase = parameters.get("kind").asText().equals("database-entries");
        boolean done = false;
        for (Event event : good.events().subList(1, good.events().size())) {
            if (isDatabase && !done && isReplaced(event)) {
                builder.measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, database());
                done = true;
                continue;
            }
            if (!isDatabase && !done && isBeforeThis(event)) {
                names().forEach(name -> builder.measure(number("pcr"), new EventType(number("type")), name));
                done = true;
            }
            builder.event(
                    event.pcrIndex(),
                    event.claimedType(),
                    event.digests().stream()
                            .filter(digest -> banks.contains(digest.algorithm()))
                            .toList(),
                    event.data());
        }
        if (!done) {
            throw new AssertionError("no place for what is generated");
        }
        return builder.build();
    }

    private boolean isReplaced(Event event) throws MalformedDataException {
        return event.pcrIndex() == 7
                && event.claimedType().equals(EventType.EV_EFI_VARIABLE_DRIVER_CONFIG)
                && VariableData.decode(event.data(), 0).unicodeName().equals(text("variable"));
    }

    private boolean isBeforeThis(Event event) {
        return parameters.get("beforeSeparator").asBoolean()
                && event.pcrIndex() == 7
                && event.claimedType().equals(EventType.EV_SEPARATOR);
    }

    private Bytes database() {
        int entrySize = (int) number("entryBytes");
        int count = (int) (number("kib") * KIB / (Guid.SIZE + entrySize));
        Bytes owner = Bytes.parseHex(text("owner"));
        ByteWriter list = new ByteWriter()
                .bytes(Bytes.parseHex(text("listType")))
                .u32(28L + (long) count * (Guid.SIZE + entrySize))
                .u32(0)
                .u32(Guid.SIZE + entrySize);
        for (int i = 0; i < count; i++) {
            list.bytes(owner);
            pairs(i, entrySize / 2, 4).forEach(list::u8);
            list.zeros(entrySize % 2);
        }
        return new VariableData(Guid.of(Bytes.parseHex(text("guid"))), text("variable"), list.toBytes(), Bytes.EMPTY)
                .encode();
    }

    private List<Bytes> names() {
        List<Bytes> names = new ArrayList<>();
        int overhead =
                16 + banks.stream().mapToInt(bank -> 2 + bank.digestSize()).sum();
        long size = 0;
        for (int i = 0; size < number("kib") * KIB; i++) {
            StringBuilder name = new StringBuilder();
            pairs(i, (int) number("pairs"), (int) number("values")).forEach(unit -> name.append((char) (int) unit));
            Bytes variable = new VariableData(
                            Guid.of(Bytes.parseHex(text("guid"))), name.toString(), Bytes.EMPTY, Bytes.EMPTY)
                    .encode();
            names.add(variable);
            size += variable.length() + overhead;
        }
        return names;
    }

    /** Pairs of numbers; 31 times the first plus the second is the same whatever the index is. */
    private List<Integer> pairs(int index, int count, int values) {
        List<Integer> pairs = new ArrayList<>();
        int rest = index;
        for (int i = 0; i < count; i++) {
            int k = rest % values;
            rest /= values;
            pairs.add((int) number("low") + k);
            pairs.add((int) number("high") + MULTIPLIER * (values - 1 - k));
        }
        return pairs;
    }

    private long number(String name) {
        return parameters.get(name).asLong();
    }

    private String text(String name) {
        return parameters.get(name).asText();
    }
}
