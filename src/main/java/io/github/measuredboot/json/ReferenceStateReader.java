package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.DigestSet;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.Provenance;
import io.github.measuredboot.policy.ReferenceState.SecureBoot;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceState.Uki;
import io.github.measuredboot.policy.ReferenceState.UkiSection;
import io.github.measuredboot.policy.ReferenceState.UserspaceDigest;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

final class ReferenceStateReader {
    private static final String STRUCTURE = "reference state";
    private static final int MAX_FIRMWARE = 100;
    private static final int MAX_IMAGES = 1_000;
    private static final int MAX_SIGNATURES = 20_000;
    private static final int MAX_USERSPACE_DIGESTS = 20_000;
    private static final int MAX_PROVENANCE = 1_000;
    private static final int MAX_UNKNOWN_MEMBERS = 1_000;
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final List<String> REQUIRED = List.of("scrtm_and_bios", "pk", "kek", "db", "dbx", "uki_digest");

    private final JsonInput in;
    private final Form form;
    private final List<String> unknownMembers = new ArrayList<>();
    private List<Firmware> firmware = List.of();
    private List<Signature> pk = List.of();
    private List<Signature> kek = List.of();
    private List<Signature> db = List.of();
    private List<Signature> dbx = List.of();
    private DigestSet image = DigestSet.EMPTY;
    private List<UkiSection> sections = List.of();
    private List<DigestSet> imagesBefore = List.of();
    private DigestSet kernel = DigestSet.EMPTY;
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

    private static Form form(JsonInput in) throws IOException, MalformedDataException {
        Set<String> names = in.object(name -> {
            if (name.equals("version")) {
                int version = in.integer(Integer.MAX_VALUE);
                if (version != ReferenceStateJson.VERSION) {
                    throw in.fault("version " + version + " is unknown, this release reads version "
                            + ReferenceStateJson.VERSION);
                }
            } else {
                in.skipValue();
            }
        });
        return names.contains("version") ? Form.FULL : Form.FIELD;
    }

    private Reading read() throws IOException, MalformedDataException {
        in.require(in.object(this::member), REQUIRED);
        in.end();
        OwnerForm owners = OwnerForm.of(List.of(pk, kek, db, dbx));
        SecureBoot secureBoot =
                new SecureBoot(owners.restore(pk), owners.restore(kek), owners.restore(db), owners.restore(dbx));
        Uki uki = new Uki(image, sections, imagesBefore, kernel);
        ReferenceState state = new ReferenceState(firmware, secureBoot, uki, userspaceDigests, provenance);
        return new Reading(state, form, unknownMembers, owners.unswapped());
    }

    private void member(String name) throws IOException, MalformedDataException {
        switch (name) {
            case "scrtm_and_bios" -> firmware = in.array(MAX_FIRMWARE, this::firmware);
            case "pk" -> pk = in.array(MAX_SIGNATURES, this::signature);
            case "kek" -> kek = in.array(MAX_SIGNATURES, this::signature);
            case "db" -> db = in.array(MAX_SIGNATURES, this::signature);
            case "dbx" -> dbx = in.array(MAX_SIGNATURES, this::signature);
            case "uki_digest" -> image = digests();
            case "uki_sections" -> sections = in.array(MAX_IMAGES, this::section);
            case "userspace_digests" -> userspaceDigests = in.array(MAX_USERSPACE_DIGESTS, this::userspaceDigest);
            default -> {
                if (form == Form.FULL) {
                    memberOfFullForm(name);
                } else {
                    unknown();
                }
            }
        }
    }

    private void memberOfFullForm(String name) throws IOException, MalformedDataException {
        switch (name) {
            case "version" -> in.skipValue();
            case "images_before_uki" -> imagesBefore = in.array(MAX_IMAGES, this::digests);
            case "kernel_digest" -> kernel = digests();
            case "provenance" -> provenance = in.array(MAX_PROVENANCE, this::provenance);
            default -> unknown();
        }
    }

    private void unknown() throws IOException, MalformedDataException {
        if (form == Form.FULL) {
            throw in.fault("version " + ReferenceStateJson.VERSION + " has no such member");
        }
        if (unknownMembers.size() == MAX_UNKNOWN_MEMBERS) {
            throw in.fault("more than " + MAX_UNKNOWN_MEMBERS + " unknown members");
        }
        unknownMembers.add(in.pointer());
        in.skipValue();
    }

    private Firmware firmware() throws IOException, MalformedDataException {
        var read = new Object() {
            DigestSet scrtm = DigestSet.EMPTY;
            List<DigestSet> blobs = List.of();
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "scrtm" -> read.scrtm = digests();
                case "platform_firmware" -> read.blobs = in.array(MAX_IMAGES, this::digests);
                default -> unknown();
            }
        });
        in.require(names, List.of("platform_firmware"));
        return new Firmware(read.scrtm, read.blobs);
    }

    private Signature signature() throws IOException, MalformedDataException {
        var read = new Object() {
            Guid owner = Guid.ZERO;
            Bytes data = Bytes.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "SignatureOwner" ->
                    read.owner = Guid.tryParse(in.text()).orElseThrow(() -> in.fault("is not a GUID"));
                case "SignatureData" -> read.data = hex(true);
                default -> unknown();
            }
        });
        in.require(names, List.of("SignatureOwner", "SignatureData"));
        return new Signature(read.owner, read.data);
    }

    private UkiSection section() throws IOException, MalformedDataException {
        if (form == Form.FIELD) {
            return new UkiSection(Optional.empty(), digests());
        }
        var read = new Object() {
            Optional<String> name = Optional.empty();
            DigestSet digests = DigestSet.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "name" -> {
                    read.name = Optional.of(in.text());
                    checked(() -> new UkiSection(read.name, DigestSet.EMPTY));
                }
                case "digests" -> read.digests = digests();
                default -> unknown();
            }
        });
        in.require(names, List.of("digests"));
        return new UkiSection(read.name, read.digests);
    }

    private UserspaceDigest userspaceDigest() throws IOException, MalformedDataException {
        var read = new Object() {
            int pcr;
            HashAlgorithm algorithm = HashAlgorithm.SHA256;
            Bytes value = Bytes.EMPTY;
        };
        Set<String> names = in.object(name -> {
            switch (name) {
                case "pcr" -> read.pcr = in.integer(PcrBank.MAX_INDEX);
                case "algorithm" -> read.algorithm = algorithm(in.text());
                case "digest" -> read.value = hex(false);
                default -> unknown();
            }
        });
        in.require(names, List.of("pcr", "digest", "algorithm"));
        return new UserspaceDigest(read.pcr, digest(read.algorithm, read.value));
    }

    private Provenance provenance() throws IOException, MalformedDataException {
        var read = new Object() {
            Provenance value = new Provenance(
                    Optional.empty(), Optional.empty(), Optional.empty(), DigestSet.EMPTY, Optional.empty());
        };
        in.object(name -> {
            Provenance p = read.value;
            switch (name) {
                case "source", "tool", "log_name" -> {
                    Optional<String> text = Optional.of(in.text());
                    read.value = checked(() -> switch (name) {
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

    private interface Made<T> {
        T make();
    }

    private <T> T checked(Made<T> made) throws MalformedDataException {
        try {
            return made.make();
        } catch (IllegalArgumentException e) {
            throw in.fault(String.valueOf(e.getMessage()));
        }
    }

    private Instant time() throws IOException, MalformedDataException {
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

    private DigestSet digests() throws IOException, MalformedDataException {
        List<Digest> digests = new ArrayList<>();
        in.object(name -> digests.add(digest(algorithm(name), hex(true))));
        return new DigestSet(digests);
    }

    private HashAlgorithm algorithm(String name) throws MalformedDataException {
        return HashAlgorithm.byName(name)
                .orElseThrow(() -> in.fault("\"" + name + "\" is not one of " + HashAlgorithm.standard()));
    }

    private Digest digest(HashAlgorithm algorithm, Bytes value) throws MalformedDataException {
        return checked(() -> new Digest(algorithm, value));
    }

    private Bytes hex(boolean isPrefixed) throws IOException, MalformedDataException {
        String text = in.text();
        boolean hasPrefix = text.startsWith("0x");
        if (isPrefixed && !hasPrefix) {
            throw in.fault("does not begin with 0x");
        }
        String digits = hasPrefix ? text.substring(2) : text;
        try {
            Bytes bytes = Bytes.parseHex(digits);
            if (!bytes.isEmpty()) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw in.fault("is not hexadecimal digits, two for a byte");
        }
        throw in.fault("is empty");
    }
}
