package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.CelRecord.Content;
import io.github.measuredboot.eventlog.CelRecord.Register;
import io.github.measuredboot.eventlog.CelRecord.UnknownDigest;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one record: a JSON object whose members may stand in any order. For one record and one thread. */
final class CelRecordReader {
    private static final String SYSTEMD = "systemd";
    private static final String PC_CLIENT = "pcclient_std";

    private static final long MAX_U32 = 0xffff_ffffL;

    private final JsonFields fields;
    private final int maxAlgorithms;

    private @Nullable Register register;
    private @Nullable List<Digest> digests;
    private final List<UnknownDigest> unknownDigests = new ArrayList<>();
    private OptionalLong recnum = OptionalLong.empty();
    private @Nullable String contentType;
    private @Nullable Bytes content;
    private long contentOffset;
    private boolean hasOtherContent;

    CelRecordReader(JsonFields fields, int maxAlgorithms) {
        this.fields = fields;
        this.maxAlgorithms = maxAlgorithms;
    }

    /** Reads on from the START_OBJECT at which the parser stands to its END_OBJECT. */
    CelRecord read(JsonParser parser) throws MalformedDataException {
        try {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw fields.fault(parser, "record", "is not an object");
            }
            long start = parser.currentTokenLocation().getByteOffset();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                member(name, parser);
            }
            long end = parser.currentLocation().getByteOffset();
            return toRecord(fields.input().slice((int) start, (int) (end - start)), fields.inputOffset() + start);
        } catch (IOException e) {
            throw fields.fault(e);
        }
    }

    private void member(String name, JsonParser parser) throws IOException, MalformedDataException {
        switch (name) {
            case "recnum" -> recnum = OptionalLong.of(fields.unsigned(parser, name, Long.MAX_VALUE));
            case "pcr" ->
                setRegister(parser, name, new Register.Pcr((int) fields.unsigned(parser, name, PcrBank.PCR_COUNT - 1)));
            case "nv_index" -> setRegister(parser, name, new Register.NvIndex(fields.unsigned(parser, name, MAX_U32)));
            case "digests" -> digests = readDigests(parser);
            case "content_type" -> contentType = fields.text(parser, name);
            case "content" -> keepContent(parser);
            default -> parser.skipChildren();
        }
    }

    private void setRegister(JsonParser parser, String name, Register value) throws MalformedDataException {
        if (register != null) {
            throw fields.fault(parser, name, "a record has both pcr and nv_index, not one of them");
        }
        register = value;
    }

    private List<Digest> readDigests(JsonParser parser) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw fields.fault(parser, "digests", "is not an array");
        }
        List<Digest> known = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (known.size() + unknownDigests.size() == maxAlgorithms) {
                throw fields.fault(parser, "digests", "more than " + maxAlgorithms + " digests");
            }
            readDigest(parser, known);
        }
        return known;
    }

    private void readDigest(JsonParser parser, List<Digest> known) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw fields.fault(parser, "digests", "an element is not an object");
        }
        String algorithmName = null;
        Bytes value = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("hashAlg")) {
                algorithmName = fields.text(parser, name);
            } else if (name.equals("digest")) {
                value = fields.hex(parser, name);
            } else {
                parser.skipChildren();
            }
        }
        if (algorithmName == null || value == null) {
            throw fields.fault(parser, "digests", "an element lacks " + (value == null ? "digest" : "hashAlg"));
        }
        String unique = algorithmName;
        if (known.stream().anyMatch(digest -> digest.algorithm().name().equals(unique))
                || unknownDigests.stream().anyMatch(digest -> digest.algorithm().equals(unique))) {
            throw fields.fault(parser, "digests", "two digests of " + unique);
        }
        Optional<HashAlgorithm> algorithm = HashAlgorithm.byName(algorithmName);
        if (algorithm.isEmpty()) {
            unknownDigests.add(new UnknownDigest(algorithmName, value));
        } else if (value.length() != algorithm.get().digestSize()) {
            throw fields.fault(
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
        content = fields.input().slice((int) start, (int) (end - start));
        contentOffset = fields.inputOffset() + start;
    }

    private CelRecord toRecord(Bytes json, long offset) throws MalformedDataException {
        if (register == null) {
            throw fields.faultAt(offset, "pcr", "a record has neither pcr nor nv_index");
        }
        if (digests == null) {
            throw fields.faultAt(offset, "digests", "missing");
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
            throw fields.faultAt(recordOffset, "content", hasOtherContent ? "is not an object" : "missing");
        }
        JsonFields ofContent = fields.part(content, contentOffset);
        try (JsonParser parser = ofContent.parser()) {
            parser.nextToken();
            return systemd ? systemd(parser, ofContent) : pcClient(parser, ofContent);
        } catch (IOException e) {
            throw ofContent.fault(e);
        }
    }

    private static Content systemd(JsonParser parser, JsonFields fields) throws IOException, MalformedDataException {
        String string = null;
        String eventType = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "string" -> string = fields.text(parser, name);
                case "eventType" -> eventType = fields.text(parser, name);
                default -> parser.skipChildren();
            }
        }
        return new Content.Systemd(Optional.ofNullable(string), Optional.ofNullable(eventType));
    }

    private static Content pcClient(JsonParser parser, JsonFields fields) throws IOException, MalformedDataException {
        EventType eventType = null;
        Bytes eventData = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "event_type" -> eventType = eventType(parser, name, fields);
                case "event_data" -> eventData = fields.hex(parser, name);
                default -> parser.skipChildren();
            }
        }
        if (eventType == null || eventData == null) {
            throw fields.fault(parser, "content", eventType == null ? "lacks event_type" : "lacks event_data");
        }
        return new Content.PcClient(eventType, eventData);
    }

    private static EventType eventType(JsonParser parser, String name, JsonFields fields)
            throws IOException, MalformedDataException {
        String text =
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getText() : fields.text(parser, name);
        if (JsonFields.isDecimal(text)) {
            return new EventType(fields.decimal(parser, name, text, MAX_U32));
        }
        return EventType.byName(text)
                .orElseThrow(() ->
                        fields.fault(parser, name, text + " is neither the name nor the number of an event type"));
    }
}
