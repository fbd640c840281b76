package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.CelRecord.Content;
import io.github.measuredboot.eventlog.CelRecord.Register;
import io.github.measuredboot.eventlog.CelRecord.UnknownDigest;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.binary.Occurrences;
import io.github.measuredboot.internal.json.JsonInput;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one record: a JSON object whose members are in any order. For one record and one thread. */
final class CelRecordReader {
    private static final String SYSTEMD = "systemd";
    private static final String PC_CLIENT = "pcclient_std";
    private static final long MAX_U32 = 0xffff_ffffL;

    private final JsonInput in;
    private final String structure;
    private final int maxAlgorithms;

    private @Nullable Register register;
    private final List<Digest> digests = new ArrayList<>();
    private final List<UnknownDigest> unknownDigests = new ArrayList<>();
    private OptionalLong recnum = OptionalLong.empty();
    private @Nullable String contentType;
    private @Nullable Bytes content;
    private long contentOffset;

    private CelRecordReader(JsonInput in, String structure, int maxAlgorithms) {
        this.in = in;
        this.structure = structure;
        this.maxAlgorithms = maxAlgorithms;
    }

    static CelRecord read(JsonInput in, String structure, int maxAlgorithms, Occurrences<DiagnosticCode> diagnostics)
            throws MalformedDataException {
        CelRecord record = new CelRecordReader(in, structure, maxAlgorithms).read();
        if (record.contentType().isEmpty()) {
            diagnostics.add(DiagnosticCode.RECORD_WITHOUT_CONTENT_TYPE, record.offset());
        }
        if (!record.unknownDigests().isEmpty()) {
            diagnostics.add(DiagnosticCode.RECORD_ALGORITHM_UNKNOWN, record.offset());
        }
        return record;
    }

    private CelRecord read() throws MalformedDataException {
        long offset = in.offset();
        Set<String> names = in.object(this::member);
        if (register == null) {
            throw in.fault("has neither pcr nor nv_index");
        }
        in.require(names, List.of("digests"));
        return new CelRecord(
                recnum,
                register,
                digests,
                unknownDigests,
                Optional.ofNullable(contentType),
                readContent(),
                in.readFrom(offset),
                offset);
    }

    private void member(String name) throws MalformedDataException {
        switch (name) {
            case "recnum" -> recnum = OptionalLong.of(in.number(Long.MAX_VALUE));
            case "pcr" -> setRegister(new Register.Pcr(in.integer(PcrBank.PCR_COUNT - 1)));
            case "nv_index" -> setRegister(new Register.NvIndex(in.number(MAX_U32)));
            case "digests" ->
                in.array(maxAlgorithms, () -> {
                    digest();
                    return true;
                });
            case "content_type" -> contentType = in.text();
            case "content" -> {
                contentOffset = in.offset();
                in.skipValue();
                content = in.readFrom(contentOffset);
            }
            default -> in.skipValue();
        }
    }

    private void setRegister(Register value) throws MalformedDataException {
        if (register != null) {
            throw in.fault("a record has both pcr and nv_index, not one of them");
        }
        register = value;
    }

    private void digest() throws MalformedDataException {
        var read = new Object() {
            String algorithm = "";
            Bytes value = Bytes.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "hashAlg" -> read.algorithm = in.text();
                case "digest" -> read.value = in.hex();
                default -> in.skipValue();
            }
        });
        in.require(names, List.of("hashAlg", "digest"));
        if (digests.stream().anyMatch(digest -> digest.algorithm().name().equals(read.algorithm))
                || unknownDigests.stream().anyMatch(digest -> digest.algorithm().equals(read.algorithm))) {
            throw in.fault("two digests of " + read.algorithm);
        }
        Optional<HashAlgorithm> algorithm = HashAlgorithm.byName(read.algorithm);
        if (algorithm.isEmpty()) {
            unknownDigests.add(new UnknownDigest(read.algorithm, read.value));
        } else if (read.value.length() != algorithm.get().digestSize()) {
            throw in.fault(read.value.length() + " bytes, " + read.algorithm + " has "
                    + algorithm.get().digestSize());
        } else {
            digests.add(new Digest(algorithm.get(), read.value));
        }
    }

    private Content readContent() throws MalformedDataException {
        boolean systemd = SYSTEMD.equals(contentType);
        if (!systemd && !PC_CLIENT.equals(contentType)) {
            return new Content.Other();
        }
        if (content == null) {
            throw in.fault("has no member \"content\"");
        }
        return JsonInput.read(
                structure,
                content,
                contentOffset,
                in.pointer() + "/content",
                systemd ? CelRecordReader::systemd : CelRecordReader::pcClient);
    }

    private static Content systemd(JsonInput in) throws MalformedDataException {
        var read = new Object() {
            Optional<String> string = Optional.empty();
            Optional<String> eventType = Optional.empty();
        };
        in.object(name -> {
            switch (name) {
                case "string" -> read.string = Optional.of(in.text());
                case "eventType" -> read.eventType = Optional.of(in.text());
                default -> in.skipValue();
            }
        });
        return new Content.Systemd(read.string, read.eventType);
    }

    private static Content pcClient(JsonInput in) throws MalformedDataException {
        var read = new Object() {
            EventType eventType = EventType.EV_UNUSED;
            Bytes eventData = Bytes.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "event_type" -> read.eventType = eventType(in);
                case "event_data" -> read.eventData = in.hex();
                default -> in.skipValue();
            }
        });
        in.require(names, List.of("event_type", "event_data"));
        return new Content.PcClient(read.eventType, read.eventData);
    }

    private static EventType eventType(JsonInput in) throws MalformedDataException {
        if (in.isInteger()) {
            return new EventType(in.number(MAX_U32));
        }
        String text = in.text();
        if (JsonInput.isDecimal(text)) {
            return new EventType(in.decimal(text, MAX_U32));
        }
        return EventType.byName(text)
                .orElseThrow(() -> in.fault(text + " is neither the name nor the number of an event type"));
    }
}
