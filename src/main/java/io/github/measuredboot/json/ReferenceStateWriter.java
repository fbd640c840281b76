package io.github.measuredboot.json;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.uefi.image.SectionMeasurement;
import java.util.List;
import java.util.Optional;

final class ReferenceStateWriter {
    private final DataWriter out;
    private final Form form;

    private ReferenceStateWriter(DataWriter out, Form form) {
        this.out = out;
        this.form = form;
    }

    static String write(ReferenceState state, Form form) {
        if (form == Form.FULL && !state.isFull()) {
            throw new IllegalArgumentException("a short state has no full form");
        }
        return DataWriter.indented(out -> new ReferenceStateWriter(out, form).state(state));
    }

    private void state(ReferenceState state) {
        if (form == Form.FULL) {
            out.put("version", ReferenceStateJson.VERSION)
                    .put("profile", state.profile().id());
        }
        out.objects("scrtm_and_bios", state.firmware(), this::firmware)
                .objects("pk", state.secureBoot().pk(), this::signature)
                .objects("kek", state.secureBoot().kek(), this::signature)
                .objects("db", state.secureBoot().db(), this::signature)
                .objects("dbx", state.secureBoot().dbx(), this::signature);
        if (form == Form.FULL) {
            out.objects("pcrs", state.pcrs(), pcr -> {
                out.put("pcr", pcr.pcr()).put("mode", pcr.mode().id());
                if (!pcr.alternatives().isEmpty()) {
                    out.array("alternatives", () -> pcr.alternatives().forEach(this::events));
                }
            });
        } else {
            images(state);
        }
        if (!state.userspaceDigests().isEmpty()) {
            out.objects(
                    "userspace_digests",
                    state.userspaceDigests(),
                    extended -> out.put("pcr", extended.pcr())
                            .put("digest", extended.digest().value())
                            .put("algorithm", extended.digest().algorithm().name()));
        }
        if (form == Form.FULL && !state.provenance().isEmpty()) {
            out.objects("provenance", state.provenance(), this::provenance);
        }
    }

    private void firmware(Firmware firmware) {
        digestsIfAny("scrtm", firmware.scrtm());
        sets("platform_firmware", firmware.platformFirmware());
        firmware.startupLocality().ifPresent(locality -> out.put("startup_locality", locality));
        if (form == Form.FULL || firmware.isFull() || !firmware.pcr2().isEmpty()) {
            out.name("pcr0");
            events(firmware.pcr0());
            out.name("pcr2");
            events(firmware.pcr2());
        }
    }

    private void signature(Signature signature) {
        if (form == Form.FULL) {
            out.put("SignatureType", signature.type().map(type -> type.guid().toString()));
        }
        out.put("SignatureOwner", signature.owner().toString())
                .put("SignatureData", "0x" + signature.data().toHex());
    }

    private void events(List<PinnedEvent> events) {
        out.array(() -> events.forEach(event -> out.object(() -> event(event))));
    }

    private void event(PinnedEvent event) {
        digests("digests", event.digests());
        out.put("claimed_type", event.claimedType().name())
                .put("description", Optional.of(event.description()).filter(text -> !text.isEmpty()))
                .put("role", event.role().map(Role::id))
                .object(
                        "variable",
                        event.variable(),
                        variable ->
                                out.put("vendor", variable.vendor().toString()).put("name", variable.name()));
    }

    /** The images of the first alternative: the form has no place for more. */
    private void images(ReferenceState state) {
        List<PinnedEvent> images = first(state.images());
        setsIfAny("images_before_uki", digests(images, Role.LOADER));
        digests("uki_digest", firstOf(digests(images, Role.UKI)));
        setsIfAny("images_after_uki", digests(images, Role.ADDON, Role.IMAGE));
        digestsIfAny("kernel_digest", firstOf(digests(images, Role.KERNEL)));
        List<PinnedEvent> sections = first(state.alternatives(ReferenceState.SECTION_PCR));
        setsIfAny(
                "uki_sections",
                (state.isFull() ? SectionMeasurement.contents(sections) : sections)
                        .stream().map(PinnedEvent::digests).toList());
        List<PinnedEvent> configuration = first(state.alternatives(ReferenceState.CONFIGURATION_PCR));
        if (!configuration.isEmpty()) {
            out.name("pcr5");
            events(configuration);
        }
    }

    private static List<DigestSet> digests(List<PinnedEvent> images, Role... roles) {
        List<Role> wanted = List.of(roles);
        return images.stream()
                .filter(image -> image.role().filter(wanted::contains).isPresent())
                .map(PinnedEvent::digests)
                .toList();
    }

    private static DigestSet firstOf(List<DigestSet> sets) {
        return sets.isEmpty() ? DigestSet.EMPTY : sets.get(0);
    }

    private static List<PinnedEvent> first(List<List<PinnedEvent>> alternatives) {
        return alternatives.isEmpty() ? List.of() : alternatives.get(0);
    }

    private void provenance(Provenance provenance) {
        out.put("source", provenance.source()).put("tool", provenance.tool()).put("log_name", provenance.logName());
        digestsIfAny("log_digests", provenance.logDigests());
        out.put("created", provenance.created().map(Object::toString));
    }

    private void setsIfAny(String name, List<DigestSet> sets) {
        if (!sets.isEmpty()) {
            sets(name, sets);
        }
    }

    private void sets(String name, List<DigestSet> sets) {
        out.array(name, () -> sets.forEach(set -> out.object(() -> digests(set))));
    }

    private void digestsIfAny(String name, DigestSet set) {
        if (!set.isEmpty()) {
            digests(name, set);
        }
    }

    private void digests(String name, DigestSet set) {
        out.object(name, () -> digests(set));
    }

    private void digests(DigestSet set) {
        set.digests()
                .forEach(digest ->
                        out.put(digest.algorithm().name(), "0x" + digest.value().toHex()));
    }
}
