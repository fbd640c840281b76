package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.json.JsonInput;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

final class ReferenceStateReader {
    private static final String STRUCTURE = "reference state";
    private static final int MAX_LOCALITY = 4;
    private static final int MAX_UNKNOWN_MEMBERS = 1_000;
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final Pattern NUMBERED_TYPE = Pattern.compile("0x[0-9a-f]{8}");
    private static final List<String> REQUIRED_OF_FIELD_FORM =
            List.of("scrtm_and_bios", "pk", "kek", "db", "dbx", "uki_digest");
    private static final List<String> REQUIRED_OF_FULL_FORM =
            List.of("profile", "scrtm_and_bios", "pk", "kek", "db", "dbx", "pcrs");
    private static final List<String> REQUIRED_OF_FULL_FIRMWARE =
            List.of("platform_firmware", "startup_locality", "pcr0", "pcr2");
    private static final List<Integer> FREE = List.of(1, 2, 3, 6);

    private final JsonInput in;
    private final Form form;
    private final List<String> unknownMembers = new ArrayList<>();
    private final Set<Integer> pcrsSeen = new TreeSet<>();
    private List<Firmware> firmware = List.of();
    private List<Signature> pk = List.of();
    private List<Signature> kek = List.of();
    private List<Signature> db = List.of();
    private List<Signature> dbx = List.of();
    private DigestSet image = DigestSet.EMPTY;
    private List<DigestSet> sections = List.of();
    private List<DigestSet> imagesBefore = List.of();
    private List<DigestSet> imagesAfter = List.of();
    private DigestSet kernel = DigestSet.EMPTY;
    private List<PinnedEvent> configuration = List.of();
    private Profile profile = Profile.UKI;
    private List<PinnedPcr> pcrs = List.of();
    private List<UserspaceDigest> userspaceDigests = List.of();
    private List<Provenance> provenance = List.of();

    private ReferenceStateReader(JsonInput in, Form form) {
        this.in = in;
        this.form = form;
    }

    static Reading read(Bytes json) throws MalformedDataException {
        Form form = JsonInput.read(STRUCTURE, json, ReferenceStateJson.MAX_SIZE, ReferenceStateReader::form);
        return JsonInput.read(
                STRUCTURE, json, ReferenceStateJson.MAX_SIZE, in -> new ReferenceStateReader(in, form).read());
    }

    private static Form form(JsonInput in) throws MalformedDataException {
        Set<String> names = in.object(name -> {
            if (name.equals("version")) {
                in.version(ReferenceStateJson.VERSION);
            } else {
                in.skipValue();
            }
        });
        return names.contains("version") ? Form.FULL : Form.FIELD;
    }

    private Reading read() throws MalformedDataException {
        in.require(in.object(this::member), form == Form.FULL ? REQUIRED_OF_FULL_FORM : REQUIRED_OF_FIELD_FORM);
        OwnerForm owners = OwnerForm.of(List.of(pk, kek, db, dbx));
        ReferenceState.Builder state = ReferenceState.builder()
                .profile(profile)
                .full(form == Form.FULL)
                .firmware(firmware)
                .secureBoot(new SecureBootKeys(
                        owners.restore(pk), owners.restore(kek), owners.restore(db), owners.restore(dbx)))
                .userspaceDigests(userspaceDigests)
                .provenance(provenance);
        (form == Form.FULL ? pcrs : pcrsOfFieldForm()).forEach(state::pcr);
        return new Reading(in.made(state::build), form, unknownMembers, owners.unswapped());
    }

    /** What the form does not say is what a UKI machine has by default. */
    private List<PinnedPcr> pcrsOfFieldForm() {
        List<PinnedEvent> images = new ArrayList<>();
        imagesBefore.forEach(digests -> images.add(image(digests, Role.LOADER)));
        if (!image.isEmpty()) {
            images.add(image(image, Role.UKI));
        }
        imagesAfter.forEach(digests -> images.add(image(digests, Role.ADDON)));
        if (!kernel.isEmpty()) {
            images.add(image(kernel, Role.KERNEL));
        }
        List<PinnedPcr> defaults = new ArrayList<>();
        FREE.forEach(pcr -> defaults.add(new PinnedPcr(pcr, PcrMode.FREE, List.of())));
        Profile.UKI.emptyPcrs().forEach(pcr -> defaults.add(new PinnedPcr(pcr, PcrMode.EMPTY, List.of())));
        defaults.add(new PinnedPcr(
                ReferenceState.CONFIGURATION_PCR,
                PcrMode.CONTENT,
                configuration.isEmpty() ? List.of() : List.of(configuration)));
        defaults.add(new PinnedPcr(ReferenceState.IMAGE_PCR, PcrMode.SEQUENCE, List.of(images)));
        if (!sections.isEmpty()) {
            List<PinnedEvent> contents = sections.stream()
                    .map(digests -> PinnedEvent.of(digests, EventType.EV_IPL, "a section"))
                    .toList();
            defaults.add(new PinnedPcr(ReferenceState.SECTION_PCR, PcrMode.FREE, List.of(contents)));
        }
        return defaults;
    }

    private static PinnedEvent image(DigestSet digests, Role role) {
        return PinnedEvent.of(digests, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, "")
                .withRole(role);
    }

    private void member(String name) throws MalformedDataException {
        switch (name) {
            case "scrtm_and_bios" -> firmware = in.array(ReferenceState.MAX_ALTERNATIVES, this::firmware);
            case "pk" -> pk = in.array(ReferenceState.MAX_ITEMS, this::signature);
            case "kek" -> kek = in.array(ReferenceState.MAX_ITEMS, this::signature);
            case "db" -> db = in.array(ReferenceState.MAX_ITEMS, this::signature);
            case "dbx" -> dbx = in.array(ReferenceState.MAX_ITEMS, this::signature);
            case "userspace_digests" -> userspaceDigests = in.array(ReferenceState.MAX_ITEMS, this::userspaceDigest);
            default -> {
                if (form == Form.FULL) {
                    memberOfFullForm(name);
                } else {
                    memberOfFieldForm(name);
                }
            }
        }
    }

    private void memberOfFieldForm(String name) throws MalformedDataException {
        switch (name) {
            case "uki_digest" -> image = digests();
            case "uki_sections" -> sections = in.array(ReferenceState.MAX_ITEMS, this::digests);
            case "images_before_uki" -> imagesBefore = in.array(ReferenceState.MAX_ITEMS, this::digests);
            case "images_after_uki" -> imagesAfter = in.array(ReferenceState.MAX_ITEMS, this::digests);
            case "kernel_digest" -> kernel = digests();
            case "pcr5" -> configuration = events();
            default -> unknown();
        }
    }

    private void memberOfFullForm(String name) throws MalformedDataException {
        switch (name) {
            case "version" -> in.skipValue();
            case "profile" -> profile = named(in.text(), Profile::byId);
            case "pcrs" -> pcrs = in.array(PcrBank.PCR_COUNT, this::pcr);
            case "provenance" -> provenance = in.array(ReferenceState.MAX_PROVENANCE, this::provenance);
            default -> unknown();
        }
    }

    private <T> T named(String id, Function<String, Optional<T>> byId) throws MalformedDataException {
        return byId.apply(id).orElseThrow(() -> in.fault("\"" + id + "\" is not known"));
    }

    private PinnedPcr pcr() throws MalformedDataException {
        var read = new Object() {
            int pcr;
            PcrMode mode = PcrMode.FREE;
            List<List<PinnedEvent>> alternatives = List.of();
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "pcr" -> {
                    read.pcr = in.integer(PcrBank.PCR_COUNT - 1);
                    if (read.pcr == 0) {
                        throw in.fault("PCR 0 is pinned by scrtm_and_bios");
                    }
                    if (!pcrsSeen.add(read.pcr)) {
                        throw in.fault("PCR " + read.pcr + " is there twice");
                    }
                }
                case "mode" -> read.mode = named(in.text(), PcrMode::byId);
                case "alternatives" -> read.alternatives = in.array(ReferenceState.MAX_ALTERNATIVES, this::events);
                default -> unknown();
            }
        });
        in.require(names, List.of("pcr", "mode"));
        return in.made(() -> new PinnedPcr(read.pcr, read.mode, read.alternatives));
    }

    private List<PinnedEvent> events() throws MalformedDataException {
        return in.array(ReferenceState.MAX_ITEMS, this::event);
    }

    private PinnedEvent event() throws MalformedDataException {
        var read = new Object() {
            DigestSet digests = DigestSet.EMPTY;
            EventType type = EventType.EV_UNUSED;
            String description = "";
            Optional<Role> role = Optional.empty();
            Optional<VariableName> variable = Optional.empty();
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "digests" -> read.digests = digests();
                case "claimed_type" -> read.type = type(in.text());
                case "description" -> read.description = in.text();
                case "role" -> read.role = Optional.of(named(in.text(), Role::byId));
                case "variable" -> read.variable = Optional.of(variable());
                default -> unknown();
            }
        });
        in.require(names, List.of("digests"));
        if (read.digests.isEmpty()) {
            throw in.fault("an event without a digest");
        }
        return new PinnedEvent(read.digests, read.type, read.description, read.role, read.variable);
    }

    private VariableName variable() throws MalformedDataException {
        var read = new Object() {
            Guid vendor = Guid.ZERO;
            String name = "";
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "vendor" -> read.vendor = guid();
                case "name" -> read.name = in.text();
                default -> unknown();
            }
        });
        in.require(names, List.of("vendor", "name"));
        return new VariableName(read.vendor, read.name);
    }

    private EventType type(String text) throws MalformedDataException {
        Optional<EventType> named = EventType.byName(text);
        if (named.isPresent()) {
            return named.get();
        }
        if (!NUMBERED_TYPE.matcher(text).matches()) {
            throw in.fault("\"" + text + "\" is not an event type");
        }
        return new EventType(Long.parseLong(text.substring(2), 16));
    }

    private void unknown() throws MalformedDataException {
        if (form == Form.FULL) {
            throw in.fault("version " + ReferenceStateJson.VERSION + " has no such member");
        }
        if (unknownMembers.size() == MAX_UNKNOWN_MEMBERS) {
            throw in.fault("more than " + MAX_UNKNOWN_MEMBERS + " unknown members");
        }
        unknownMembers.add(in.pointer());
        in.skipValue();
    }

    private Firmware firmware() throws MalformedDataException {
        Firmware.Builder read = Firmware.builder();
        Set<String> names = in.object(name -> {
            switch (name) {
                case "scrtm" -> read.scrtm(digests());
                case "platform_firmware" -> read.platformFirmware(in.array(ReferenceState.MAX_ITEMS, this::digests));
                case "startup_locality" -> read.startupLocality(OptionalInt.of(in.integer(MAX_LOCALITY)));
                case "pcr0" -> read.pcr0(events());
                case "pcr2" -> read.pcr2(events());
                default -> unknown();
            }
        });
        in.require(names, form == Form.FULL ? REQUIRED_OF_FULL_FIRMWARE : List.of("platform_firmware"));
        return read.build();
    }

    private Signature signature() throws MalformedDataException {
        var read = new Object() {
            Optional<SignatureType> type = Optional.empty();
            Guid owner = Guid.ZERO;
            Bytes data = Bytes.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "SignatureType" -> {
                    if (form == Form.FIELD) {
                        unknown();
                    } else {
                        read.type = Optional.of(
                                named(in.text(), text -> Guid.tryParse(text).flatMap(SignatureType::of)));
                    }
                }
                case "SignatureOwner" -> read.owner = guid();
                case "SignatureData" -> read.data = hex(true);
                default -> unknown();
            }
        });
        in.require(names, List.of("SignatureOwner", "SignatureData"));
        return new Signature(read.type, read.owner, read.data);
    }

    private Guid guid() throws MalformedDataException {
        return Guid.tryParse(in.text()).orElseThrow(() -> in.fault("is not a GUID"));
    }

    private UserspaceDigest userspaceDigest() throws MalformedDataException {
        var read = new Object() {
            int pcr;
            HashAlgorithm algorithm = HashAlgorithm.SHA256;
            Bytes value = Bytes.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "pcr" -> read.pcr = in.integer(PcrBank.PCR_COUNT - 1);
                case "algorithm" -> read.algorithm = algorithm(in.text());
                case "digest" -> read.value = hex(false);
                default -> unknown();
            }
        });
        in.require(names, List.of("pcr", "digest", "algorithm"));
        return new UserspaceDigest(read.pcr, digest(read.algorithm, read.value));
    }

    private Provenance provenance() throws MalformedDataException {
        var read = new Object() {
            Provenance value = new Provenance(
                    Optional.empty(), Optional.empty(), Optional.empty(), DigestSet.EMPTY, Optional.empty());
        };
        in.object(name -> {
            Provenance p = read.value;
            switch (name) {
                case "source", "tool", "log_name" -> {
                    Optional<String> text = Optional.of(in.text());
                    read.value = in.made(() -> switch (name) {
                        case "source" -> new Provenance(text, p.tool(), p.logName(), p.logDigests(), p.created());
                        case "tool" -> new Provenance(p.source(), text, p.logName(), p.logDigests(), p.created());
                        default -> new Provenance(p.source(), p.tool(), text, p.logDigests(), p.created());
                    });
                }
                case "log_digests" ->
                    read.value = new Provenance(p.source(), p.tool(), p.logName(), digests(), p.created());
                case "created" ->
                    read.value = new Provenance(p.source(), p.tool(), p.logName(), p.logDigests(), Optional.of(time()));
                default -> unknown();
            }
        });
        return read.value;
    }

    private Instant time() throws MalformedDataException {
        String text = in.text();
        try {
            if (TIME.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw in.fault("is not a time: " + e.getMessage());
        }
        throw in.fault("is not a time such as 2026-01-31T12:00:00Z");
    }

    private DigestSet digests() throws MalformedDataException {
        List<Digest> digests = new ArrayList<>();
        in.object(name -> digests.add(digest(algorithm(name), hex(true))));
        return new DigestSet(digests);
    }

    private HashAlgorithm algorithm(String name) throws MalformedDataException {
        return HashAlgorithm.byName(name)
                .orElseThrow(() -> in.fault("\"" + name + "\" is not one of " + HashAlgorithm.standard()));
    }

    private Digest digest(HashAlgorithm algorithm, Bytes value) throws MalformedDataException {
        return in.made(() -> new Digest(algorithm, value));
    }

    private Bytes hex(boolean isPrefixed) throws MalformedDataException {
        String text = in.text();
        boolean hasPrefix = text.startsWith("0x");
        if (isPrefixed && !hasPrefix) {
            throw in.fault("does not begin with 0x");
        }
        Bytes bytes = in.hex(hasPrefix ? text.substring(2) : text);
        if (bytes.isEmpty()) {
            throw in.fault("is empty");
        }
        return bytes;
    }
}
