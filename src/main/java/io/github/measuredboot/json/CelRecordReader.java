package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.CelRecord.Content;
import io.github.measuredboot.eventlog.CelRecord.Register;
import io.github.measuredboot.eventlog.CelRecord.UnknownDigest;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one record: a JSON object whose members may stand in any order. For one record and one thread. */
final class CelRecordReader {
    static final String SYSTEMD = "systemd";
    static final String PC_CLIENT = "pcclient_std";

    private static final int MAX_NESTING_DEPTH = 32;
    private static final int MAX_STRING_LENGTH = 16 << 20;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1000;
    private static final int MAX_DECIMAL_DIGITS = 18;
    private static final long MAX_U32 = 0xffff_ffffL;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING_DEPTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .build();

    private final Bytes input;
    private final long inputOffset;
    private final String structure;
    private final int maxAlgorithms;

    private @Nullable Register register;
    private @Nullable List<Digest> digests;
    private final List<UnknownDigest> unknownDigests = new ArrayList<>();
    private OptionalLong recnum = OptionalLong.empty();
    private @Nullable String contentType;
    private @Nullable Bytes content;
    private long contentOffset;
    private boolean hasOtherContent;

    /**
     * @param input what {@code parser} reads
     * @param inputOffset where that begins in the whole input
     */
    CelRecordReader(Bytes input, long inputOffset, String structure, int maxAlgorithms) {
        this.input = input;
        this.inputOffset = inputOffset;
        this.structure = structure;
        this.maxAlgorithms = maxAlgorithms;
    }

    static JsonParser parser(Bytes utf8) throws IOException {
        return FACTORY.createParser(utf8.toByteArray());
    }

    /** The offset of the first byte that is no UTF-8, or empty. */
    static OptionalLong malformedUtf8(Bytes text) {
        ByteBuffer buffer = text.asByteBuffer();
        CharBuffer chars = CharBuffer.allocate(8192);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(buffer, chars, true);
        } while (result.isOverflow());
        return result.isError() ? OptionalLong.of(buffer.position()) : OptionalLong.empty();
    }

    /** Reads on from the START_OBJECT at which the parser stands to its END_OBJECT. */
    CelRecord read(JsonParser parser) throws MalformedDataException {
        try {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw fault(parser, "record", "is not an object");
            }
            long start = parser.currentTokenLocation().getByteOffset();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                member(name, parser);
            }
            long end = parser.currentLocation().getByteOffset();
            return toRecord(input.slice((int) start, (int) (end - start)), inputOffset + start);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    MalformedDataException fault(IOException e) {
        if (e instanceof JsonProcessingException json) {
            JsonLocation location = json.getLocation();
            long offset = location == null ? 0 : Math.max(0, location.getByteOffset());
            String reason = String.valueOf(json.getOriginalMessage());
            int detail = reason.indexOf(" (start marker at ");
            return faultAt(
                    inputOffset + Math.min(offset, input.length()),
                    "syntax",
                    detail < 0 ? reason : reason.substring(0, detail));
        }
        return faultAt(inputOffset, "syntax", String.valueOf(e.getMessage()));
    }

    MalformedDataException fault(JsonParser parser, String field, String reason) {
        return faultAt(inputOffset + parser.currentTokenLocation().getByteOffset(), field, reason);
    }

    private MalformedDataException faultAt(long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, structure, field, reason));
    }

    private void member(String name, JsonParser parser) throws IOException, MalformedDataException {
        switch (name) {
            case "recnum" -> recnum = OptionalLong.of(unsigned(parser, name, Long.MAX_VALUE));
            case "pcr" ->
                setRegister(parser, name, new Register.Pcr((int) unsigned(parser, name, Register.Pcr.MAX_INDEX)));
            case "nv_index" -> setRegister(parser, name, new Register.NvIndex(unsigned(parser, name, MAX_U32)));
            case "digests" -> digests = readDigests(parser);
            case "content_type" -> contentType = text(parser, name);
            case "content" -> keepContent(parser);
            default -> parser.skipChildren();
        }
    }

    private void setRegister(JsonParser parser, String name, Register value) throws MalformedDataException {
        if (register != null) {
            throw fault(parser, name, "a record has both pcr and nv_index, not one of them");
        }
        register = value;
    }

    private List<Digest> readDigests(JsonParser parser) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw fault(parser, "digests", "is not an array");
        }
        List<Digest> known = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (known.size() + unknownDigests.size() == maxAlgorithms) {
                throw fault(parser, "digests", "more than " + maxAlgorithms + " digests");
            }
            readDigest(parser, known);
        }
        return known;
    }

    private void readDigest(JsonParser parser, List<Digest> known) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw fault(parser, "digests", "an element is not an object");
        }
        String algorithmName = null;
        Bytes value = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("hashAlg")) {
                algorithmName = text(parser, name);
            } else if (name.equals("digest")) {
                value = hex(parser, name);
            } else {
                parser.skipChildren();
            }
        }
        if (algorithmName == null || value == null) {
            throw fault(parser, "digests", "an element lacks " + (value == null ? "digest" : "hashAlg"));
        }
        String unique = algorithmName;
        if (known.stream().anyMatch(digest -> digest.algorithm().name().equals(unique))
                || unknownDigests.stream().anyMatch(digest -> digest.algorithm().equals(unique))) {
            throw fault(parser, "digests", "two digests of " + unique);
        }
        Optional<HashAlgorithm> algorithm = HashAlgorithm.byName(algorithmName);
        if (algorithm.isEmpty()) {
            unknownDigests.add(new UnknownDigest(algorithmName, value));
        } else if (value.length() != algorithm.get().digestSize()) {
            throw fault(
                    parser,
                    "digest",
                    value.length() + " bytes, " + unique + " has "
                            + algorithm.get().digestSize());
        } else {
            known.add(new Digest(algorithm.get(), value));
        }
    }

    private void keepContent(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            hasOtherContent = true;
            parser.skipChildren();
            return;
        }
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        long end = parser.currentLocation().getByteOffset();
        content = input.slice((int) start, (int) (end - start));
        contentOffset = inputOffset + start;
    }

    private CelRecord toRecord(Bytes json, long offset) throws MalformedDataException {
        if (register == null) {
            throw faultAt(offset, "pcr", "a record has neither pcr nor nv_index");
        }
        if (digests == null) {
            throw faultAt(offset, "digests", "missing");
        }
        return new CelRecord(
                recnum,
                register,
                digests,
                unknownDigests,
                Optional.ofNullable(contentType),
                readContent(offset),
                json,
                offset);
    }

    private Content readContent(long recordOffset) throws MalformedDataException {
        boolean systemd = SYSTEMD.equals(contentType);
        if (!systemd && !PC_CLIENT.equals(contentType)) {
            return new Content.Other();
        }
        if (content == null) {
            throw faultAt(recordOffset, "content", hasOtherContent ? "is not an object" : "missing");
        }
        CelRecordReader ofContent = new CelRecordReader(content, contentOffset, structure, maxAlgorithms);
        try (JsonParser parser = parser(content)) {
            parser.nextToken();
            return systemd ? ofContent.systemd(parser) : ofContent.pcClient(parser);
        } catch (IOException e) {
            throw ofContent.fault(e);
        }
    }

    private Content systemd(JsonParser parser) throws IOException, MalformedDataException {
        String string = null;
        String eventType = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "string" -> string = text(parser, name);
                case "eventType" -> eventType = text(parser, name);
                default -> parser.skipChildren();
            }
        }
        return new Content.Systemd(Optional.ofNullable(string), Optional.ofNullable(eventType));
    }

    private Content pcClient(JsonParser parser) throws IOException, MalformedDataException {
        EventType eventType = null;
        Bytes eventData = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "event_type" -> eventType = eventType(parser, name);
                case "event_data" -> eventData = hex(parser, name);
                default -> parser.skipChildren();
            }
        }
        if (eventType == null || eventData == null) {
            throw fault(parser, "content", eventType == null ? "lacks event_type" : "lacks event_data");
        }
        return new Content.PcClient(eventType, eventData);
    }

    private EventType eventType(JsonParser parser, String name) throws IOException, MalformedDataException {
        String text = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getText() : text(parser, name);
        if (isDecimal(text)) {
            return new EventType(decimal(parser, name, text, MAX_U32));
        }
        return EventType.byName(text)
                .orElseThrow(() -> fault(parser, name, text + " is neither the name nor the number of an event type"));
    }

    private long unsigned(JsonParser parser, String name, long max) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw fault(parser, name, "is not an integer");
        }
        return decimal(parser, name, parser.getText(), max);
    }

    private long decimal(JsonParser parser, String name, String text, long max) throws MalformedDataException {
        long value = isDecimal(text) ? Long.parseLong(text) : -1;
        if (value < 0 || value > max) {
            throw fault(parser, name, text + " is out of range");
        }
        return value;
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DECIMAL_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private String text(JsonParser parser, String name) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw fault(parser, name, "is not a string");
        }
        String text = parser.getText();
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw fault(parser, name, "has an unpaired surrogate");
        }
        return text;
    }

    private Bytes hex(JsonParser parser, String name) throws IOException, MalformedDataException {
        String digits = text(parser, name);
        try {
            return Bytes.parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw fault(parser, name, "is not hexadecimal: " + digits);
        }
    }
}
