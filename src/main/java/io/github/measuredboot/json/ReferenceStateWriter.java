package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.policy.DigestSet;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.Provenance;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceState.Uki;
import io.github.measuredboot.policy.ReferenceState.UkiSection;
import io.github.measuredboot.policy.ReferenceState.UserspaceDigest;
import io.github.measuredboot.tpm.Digest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

final class ReferenceStateWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DefaultIndenter ONE_BLANK = new DefaultIndenter(" ", "\n");

    private final JsonGenerator json;
    private final Form form;

    private ReferenceStateWriter(JsonGenerator json, Form form) {
        this.json = json;
        this.form = form;
    }

    static String write(ReferenceState state, Form form) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(ONE_BLANK)
                    .withArrayIndenter(ONE_BLANK));
            new ReferenceStateWriter(json, form).write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(ReferenceState state) throws IOException {
        json.writeStartObject();
        if (form == Form.FULL) {
            json.writeNumberField("version", ReferenceStateJson.VERSION);
        }
        json.writeArrayFieldStart("scrtm_and_bios");
        for (Firmware firmware : state.firmware()) {
            write(firmware);
        }
        json.writeEndArray();
        write("pk", state.secureBoot().pk());
        write("kek", state.secureBoot().kek());
        write("db", state.secureBoot().db());
        write("dbx", state.secureBoot().dbx());
        write(state.uki());
        writeUserspaceDigests(state.userspaceDigests());
        if (form == Form.FULL && !state.provenance().isEmpty()) {
            json.writeArrayFieldStart("provenance");
            for (Provenance provenance : state.provenance()) {
                write(provenance);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void write(Firmware firmware) throws IOException {
        json.writeStartObject();
        if (!firmware.scrtm().isEmpty()) {
            write("scrtm", firmware.scrtm());
        }
        writeList("platform_firmware", firmware.platformFirmware());
        json.writeEndObject();
    }

    private void write(String name, List<Signature> signatures) throws IOException {
        json.writeArrayFieldStart(name);
        for (Signature signature : signatures) {
            json.writeStartObject();
            json.writeStringField("SignatureOwner", signature.owner().toString());
            json.writeStringField("SignatureData", "0x" + signature.data().toHex());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(Uki uki) throws IOException {
        if (form == Form.FULL) {
            writeList("images_before_uki", uki.imagesBefore());
        }
        write("uki_digest", uki.image());
        if (form == Form.FULL && !uki.kernel().isEmpty()) {
            write("kernel_digest", uki.kernel());
        }
        if (!uki.sections().isEmpty()) {
            json.writeArrayFieldStart("uki_sections");
            for (UkiSection section : uki.sections()) {
                write(section);
            }
            json.writeEndArray();
        }
    }

    private void write(UkiSection section) throws IOException {
        if (form == Form.FIELD) {
            write(section.digests());
            return;
        }
        json.writeStartObject();
        writeText("name", section.name());
        write("digests", section.digests());
        json.writeEndObject();
    }

    private void writeUserspaceDigests(List<UserspaceDigest> digests) throws IOException {
        if (digests.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("userspace_digests");
        for (UserspaceDigest extended : digests) {
            json.writeStartObject();
            json.writeNumberField("pcr", extended.pcr());
            json.writeStringField("digest", extended.digest().value().toHex());
            json.writeStringField("algorithm", extended.digest().algorithm().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(Provenance provenance) throws IOException {
        json.writeStartObject();
        writeText("source", provenance.source());
        writeText("tool", provenance.tool());
        writeText("log_name", provenance.logName());
        if (!provenance.logDigests().isEmpty()) {
            write("log_digests", provenance.logDigests());
        }
        writeText("created", provenance.created().map(Object::toString));
        json.writeEndObject();
    }

    private void writeText(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    private void writeList(String name, List<DigestSet> sets) throws IOException {
        json.writeArrayFieldStart(name);
        for (DigestSet set : sets) {
            write(set);
        }
        json.writeEndArray();
    }

    private void write(String name, DigestSet set) throws IOException {
        json.writeFieldName(name);
        write(set);
    }

    private void write(DigestSet set) throws IOException {
        json.writeStartObject();
        for (Digest digest : set.digests()) {
            json.writeStringField(
                    digest.algorithm().name(), "0x" + digest.value().toHex());
        }
        json.writeEndObject();
    }
}
