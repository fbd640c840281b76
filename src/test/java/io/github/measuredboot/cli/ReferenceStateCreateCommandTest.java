package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceStateCreateCommandTest {
    private static final String GUID = "7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1";

    @Test
    void theFieldsFormIsPrintedInSha256() throws Exception {
        Run run = Run.of(
                "refstate",
                "create",
                "--format",
                "field",
                "-e",
                log("uki-secureboot"),
                "--pcrs",
                pcrs("uki-secureboot"));
        assertEquals(0, run.exitCode(), run.err());
        JsonNode json = run.json();
        assertEquals(
                List.of("scrtm_and_bios", "pk", "kek", "db", "dbx", "uki_digest", "uki_sections", "pcr5"),
                List.copyOf(new ObjectMapper()
                        .convertValue(json, LinkedHashMap.class)
                        .keySet()));
        assertEquals(1, json.get("uki_digest").size());
        assertEquals(66, json.at("/uki_digest/sha256").asText().length());
        assertEquals(2, json.at("/scrtm_and_bios/0/platform_firmware").size());
        assertEquals("", run.err());
    }

    @Test
    void anotherBankCanBeChosen() throws Exception {
        Run run = Run.of("refstate", "create", "--format=field", "-e", log("uki-direct"), "--bank", "sha384");
        assertEquals(98, run.json().at("/uki_digest/sha384").asText().length());
        assertEquals(98, run.json().at("/kernel_digest/sha384").asText().length());
        Run missing = Run.of("refstate", "create", "-e", log("uki-direct"), "--bank", "sm3_256");
        assertEquals(1, missing.exitCode());
        assertTrue(missing.err().contains("has no bank sm3_256, only [sha1, sha256, sha384, sha512]"), missing.err());
    }

    @Test
    void theFullFormHasAllBanksAndWhereItIsFrom(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("state.json");
        Run run = Run.of("refstate", "create", "--json", "-e", log("sdboot-uki"), "-o", file.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(file.toString(), run.json().get("file").asText());
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        List<JsonNode> images = new ArrayList<>();
        for (JsonNode pcr : json.get("pcrs")) {
            pcr.findParents("role").forEach(images::add);
        }
        assertEquals(
                List.of("loader", "uki", "kernel"),
                images.stream().map(image -> image.get("role").asText()).toList());
        assertEquals(4, images.get(1).get("digests").size());
        assertEquals(
                images.get(1).at("/digests/sha512").asText().substring(2),
                run.json().at("/uki/sha512").asText());
        JsonNode provenance = json.at("/provenance/0");
        assertEquals(log("sdboot-uki"), provenance.get("log_name").asText());
        byte[] log = Files.readAllBytes(Path.of(log("sdboot-uki")));
        assertEquals(
                "0x"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(log)),
                provenance.at("/log_digests/sha256").asText());
        assertFalse(Instant.parse(provenance.get("created").asText()).isAfter(Instant.now()));
        assertTrue(provenance.get("tool").asText().startsWith("measuredboot "));
    }

    @Test
    void loadersAndEventsOfPcr0AreMembersThatOtherToolsPassOver() throws Exception {
        JsonNode json = Run.of("refstate", "create", "--format=field", "-e", log("sdboot-uki"))
                .json();
        assertEquals(1, json.get("images_before_uki").size());
        assertTrue(json.at("/scrtm_and_bios/0/pcr0").size() > 2, json.toString());
    }

    @Test
    void thatSecureBootWasOffIsNoted() {
        assertTrue(Run.of("refstate", "create", "-e", log("sdboot-uki"))
                .err()
                .contains("note: Secure Boot was not on in this boot"));
        assertEquals(
                "",
                Run.of("refstate", "create", "-e", log("uki-secureboot"), "--pcrs", pcrs("uki-secureboot"))
                        .err());
    }

    /** The digests of db are those of the good boot, and its data an attacker's. */
    @Test
    void dataThatNoDigestCoversPinsNothing(@TempDir Path folder) throws Exception {
        byte[] log = Files.readAllBytes(Path.of(log("uki-secureboot")));
        byte[] db = Bytes.encode("db", StandardCharsets.UTF_16LE).toByteArray();
        int name = indexOf(
                log,
                db,
                indexOf(log, Bytes.encode("KEK", StandardCharsets.UTF_16LE).toByteArray(), 0));
        log[name + 200] ^= 1;
        Run run = Run.of(
                "refstate",
                "create",
                "-e",
                Files.write(folder.resolve("log"), log).toString());
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains("claims to hold the variable db"), run.err());
    }

    private static int indexOf(byte[] all, byte[] part, int from) {
        for (int i = from; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void evidenceThatContradictsTheLogIsRefused() {
        Run other =
                Run.of("refstate", "create", "-e", log("uki-direct"), "--pcrs", Run.pcrs("uki-direct-other-cmdline"));
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("the log is not proved for PCR 4 (differs)"), other.err());
        Run own = Run.of("refstate", "create", "-e", log("uki-direct"), "--pcrs", Run.pcrs("uki-direct"));
        assertEquals(0, own.exitCode(), own.err());
    }

    @Test
    void aBootWithoutAUkiHasAProfile() throws Exception {
        Run run = Run.of("refstate", "create", "-e", log("tpm12-legacy"), "--profile", "images");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("images", run.json().get("profile").asText());
        Run unknown = Run.of("refstate", "create", "-e", log("uki-direct"), "--profile", "kernel");
        assertEquals(1, unknown.exitCode());
        assertTrue(unknown.err().contains("'kernel' is neither uki nor images"), unknown.err());
    }

    @Test
    void aPcrCanBePinnedFreedOrEmpty() throws Exception {
        String log = log("uki-direct");
        Run run =
                Run.of("refstate", "create", "-e", log, "--pin-pcr", "1,3", "--free-pcr", "12", "--empty-pcr", "15,23");
        Map<Integer, String> modes = new TreeMap<>();
        run.json()
                .get("pcrs")
                .forEach(
                        pcr -> modes.put(pcr.get("pcr").asInt(), pcr.get("mode").asText()));
        assertEquals("sequence", modes.get(1));
        assertEquals("sequence", modes.get(3));
        assertEquals("free", modes.get(12));
        assertEquals("empty", modes.get(15));
        assertEquals("empty", modes.get(23));
        Run fixed = Run.of("refstate", "create", "-e", log, "--free-pcr", "4");
        assertEquals(1, fixed.exitCode());
        assertTrue(fixed.err().contains("the mode of PCR 4 cannot be free"), fixed.err());
        Run notEmpty = Run.of("refstate", "create", "-e", log, "--empty-pcr", "1");
        assertEquals(1, notEmpty.exitCode(), "it would reject its own boot");
        assertTrue(notEmpty.err().contains("nothing but separators"), notEmpty.err());
    }

    @Test
    void candidatesForTheUkiAreListed() throws Exception {
        Run run = Run.of("refstate", "create", "-e", log("sdboot-uki"), "--uki-event", "7", "--json");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("images in PCR 4 can be the UKI: choose with --uki-event N from"), run.err());
        List<String> candidates =
                run.err().lines().filter(line -> line.startsWith("  event ")).toList();
        assertTrue(
                candidates.get(0).matches("  event 27 at offset \\d+, claimed to be from PciRoot.*\\.EFI, sha1:.*"),
                candidates.toString());
        assertTrue(run.json().at("/error/message").asText().contains("--uki-event"));
        String number = candidates.get(1).split(" ", -1)[3];
        Run chosen = Run.of("refstate", "create", "--format", "field", "-e", log("sdboot-uki"), "--uki-event", number);
        assertEquals(0, chosen.exitCode(), chosen.err());
        String digest = chosen.json().at("/uki_digest/sha256").asText().substring(2);
        assertTrue(candidates.get(1).contains("sha256:" + digest), digest);
    }

    @Test
    void severalCandidatesAreAnError() {
        Run run = Run.of("refstate", "create", "-e", log("large"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("3 images in PCR 4 can be the UKI: choose with --uki-event N from"), run.err());
    }

    @Test
    void firmwaresOwnImagesAreUnlikely(@TempDir Path folder) throws Exception {
        Bytes inFirmware = ImageLoadEvent.of(0, 0, 0, DevicePath.parse("Fv(" + GUID + ")/FvFile(" + GUID + ")"))
                .encode();
        EventLogBuilder builder =
                EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256).measure(0, EventType.EV_S_CRTM_VERSION, inFirmware);
        for (int pcr = 0; pcr < 8; pcr++) {
            builder.measure(pcr, EventType.EV_SEPARATOR, Bytes.wrap(new byte[4]));
        }
        byte[] log = builder.measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, inFirmware)
                .build();
        String file = Files.write(folder.resolve("log"), log).toString();
        Run run = Run.of("refstate", "create", "-e", file);
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err().contains("no image in PCR 4 can be the UKI, for all claim to be from the firmware"),
                run.err());
        assertTrue(run.err().contains("  event 10 at offset "), run.err());
        Run chosen = Run.of("refstate", "create", "-e", file, "--uki-event", "10");
        assertEquals(0, chosen.exitCode(), chosen.err());
        assertTrue(chosen.err().contains("pins no code, only a version"), chosen.err());
    }

    @Test
    void aLogWithoutImagesSaysSo(@TempDir Path folder) throws Exception {
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(4, EventType.EV_SEPARATOR, Bytes.wrap(new byte[4]))
                .build();
        Run run = Run.of(
                "refstate",
                "create",
                "-e",
                Files.write(folder.resolve("log"), log).toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("PCR 4 has no image, so that no reference state can be made"), run.err());
    }

    @Test
    void garbageIsAnErrorThatNamesItsFile(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(log("uki-direct")));
        String cut =
                Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 3000)).toString();
        Run run = Run.of("refstate", "create", "-e", cut, "--json");
        assertEquals(1, run.exitCode());
        assertEquals(2968, run.json().at("/error/offset").asInt(), run.out());
        assertTrue(run.err().startsWith("measuredboot: " + cut + ": "), run.err());
        assertEquals(1, Run.of("refstate", "create", "-e", folder + "/none").exitCode());
        Run unwritable = Run.of("refstate", "create", "-e", log("uki-direct"), "-o", folder + "/no/where");
        assertEquals(1, unwritable.exitCode());
        assertTrue(unwritable.err().contains("/no/where: the folder "), unwritable.err());
        Run noUserspaceLog = Run.of("refstate", "create", "-e", log("uki-direct"), "--userspace-log", cut);
        assertTrue(noUserspaceLog.err().contains("does not begin with the byte 1e"), noUserspaceLog.err());
    }
}
