package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.image.SectionMeasurement;
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
        if (form == Form.FULL && !state.isFull()) {
            throw new IllegalArgumentException("a short state has no full form");
        }
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
            json.writeStringField("profile", state.profile().id());
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
        if (form == Form.FULL) {
            writePcrs(state.pcrs());
        } else {
            writeImages(state);
        }
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
        if (firmware.startupLocality().isPresent()) {
            json.writeNumberField("startup_locality", firmware.startupLocality().getAsInt());
        }
        if (form == Form.FULL || firmware.isFull() || !firmware.pcr2().isEmpty()) {
            writeEvents("pcr0", firmware.pcr0());
            writeEvents("pcr2", firmware.pcr2());
        }
        json.writeEndObject();
    }

    private void write(String name, List<Signature> signatures) throws IOException {
        json.writeArrayFieldStart(name);
        for (Signature signature : signatures) {
            json.writeStartObject();
            if (form == Form.FULL && signature.type().isPresent()) {
                json.writeStringField(
                        "SignatureType", signature.type().get().guid().toString());
            }
            json.writeStringField("SignatureOwner", signature.owner().toString());
            json.writeStringField("SignatureData", "0x" + signature.data().toHex());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePcrs(List<PinnedPcr> pcrs) throws IOException {
        json.writeArrayFieldStart("pcrs");
        for (PinnedPcr pcr : pcrs) {
            json.writeStartObject();
            json.writeNumberField("pcr", pcr.pcr());
            json.writeStringField("mode", pcr.mode().id());
            if (!pcr.alternatives().isEmpty()) {
                json.writeArrayFieldStart("alternatives");
                for (List<PinnedEvent> events : pcr.alternatives()) {
                    writeEvents(events);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeEvents(String name, List<PinnedEvent> events) throws IOException {
        json.writeFieldName(name);
        writeEvents(events);
    }

    private void writeEvents(List<PinnedEvent> events) throws IOException {
        json.writeStartArray();
        for (PinnedEvent event : events) {
            json.writeStartObject();
            write("digests", event.digests());
            json.writeStringField("claimed_type", event.claimedType().name());
            if (!event.description().isEmpty()) {
                json.writeStringField("description", event.description());
            }
            writeText("role", event.role().map(PinnedEvent.Role::id));
            if (event.variable().isPresent()) {
                json.writeObjectFieldStart("variable");
                json.writeStringField("vendor", event.variable().get().vendor().toString());
                json.writeStringField("name", event.variable().get().name());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The images of the first alternative: the form has no place for more. */
    private void writeImages(ReferenceState state) throws IOException {
        List<PinnedEvent> images =
                state.images().isEmpty() ? List.of() : state.images().get(0);
        writeListIfAny("images_before_uki", digests(images, Role.LOADER));
        write("uki_digest", first(digests(images, Role.UKI)));
        writeListIfAny("images_after_uki", digests(images, Role.ADDON, Role.IMAGE));
        DigestSet kernel = first(digests(images, Role.KERNEL));
        if (!kernel.isEmpty()) {
            write("kernel_digest", kernel);
        }
        writeListIfAny("uki_sections", sections(state));
        List<PinnedEvent> configuration = firstAlternative(state, ReferenceState.CONFIGURATION_PCR);
        if (!configuration.isEmpty()) {
            writeEvents("pcr5", configuration);
        }
    }

    private static List<DigestSet> digests(List<PinnedEvent> images, Role... roles) {
        List<Role> wanted = List.of(roles);
        return images.stream()
                .filter(image -> image.role().filter(wanted::contains).isPresent())
                .map(PinnedEvent::digests)
                .toList();
    }

    private static DigestSet first(List<DigestSet> sets) {
        return sets.isEmpty() ? DigestSet.EMPTY : sets.get(0);
    }

    private static List<DigestSet> sections(ReferenceState state) {
        List<PinnedEvent> events = firstAlternative(state, ReferenceState.SECTION_PCR);
        return (state.isFull() ? SectionMeasurement.contents(events) : events)
                .stream().map(PinnedEvent::digests).toList();
    }

    private static List<PinnedEvent> firstAlternative(ReferenceState state, int pcr) {
        List<List<PinnedEvent>> alternatives = state.alternatives(pcr);
        return alternatives.isEmpty() ? List.of() : alternatives.get(0);
    }

    private void writeListIfAny(String name, List<DigestSet> sets) throws IOException {
        if (!sets.isEmpty()) {
            writeList(name, sets);
        }
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
