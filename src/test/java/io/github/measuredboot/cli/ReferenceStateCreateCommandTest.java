package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceStateCreateCommandTest {
    private static final String GUID = "7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1";

    @Test
    void theFieldsFormIsPrintedInSha256() throws Exception {
        Run run = Run.of("refstate", "create", "-e", log("uki-secureboot"));
        assertEquals(0, run.exitCode(), run.err());
        JsonNode json = run.json();
        assertEquals(
                List.of("scrtm_and_bios", "pk", "kek", "db", "dbx", "uki_digest", "uki_sections"),
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
        Run run = Run.of("refstate", "create", "-e", log("uki-direct"), "--bank", "sha384");
        assertEquals(98, run.json().at("/uki_digest/sha384").asText().length());
        assertTrue(run.err().contains("note: this form has no place for the kernel inside the UKI"), run.err());
        Run missing = Run.of("refstate", "create", "-e", log("uki-direct"), "--bank", "sm3_256");
        assertEquals(1, missing.exitCode());
        assertTrue(missing.err().contains("has no bank sm3_256, only [sha1, sha256, sha384, sha512]"), missing.err());
    }

    @Test
    void theFullFormHasAllBanksAndWhereItIsFrom(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("state.json");
        Run run = Run.of("refstate", "create", "--full", "--json", "-e", log("sdboot-uki"), "-o", file.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(file.toString(), run.json().get("file").asText());
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals(
                json.at("/uki_digest/sha512").asText().substring(2),
                run.json().at("/uki/sha512").asText());
        assertEquals(4, json.get("uki_digest").size());
        assertEquals(1, json.get("images_before_uki").size());
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
    void whatTheFieldsFormCannotSayIsNoted() {
        Run run = Run.of("refstate", "create", "-e", log("sdboot-uki"));
        assertTrue(run.err().contains("no place for the 1 image(s) before the UKI"), run.err());
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
        Run chosen = Run.of("refstate", "create", "-e", log("sdboot-uki"), "--uki-event", number);
        assertEquals(0, chosen.exitCode(), chosen.err());
        String digest = chosen.json().at("/uki_digest/sha256").asText().substring(2);
        assertTrue(candidates.get(1).contains("sha256:" + digest), digest);
    }

    @Test
    void severalCandidatesAreAnError() {
        Run run = Run.of("refstate", "create", "-e", log("tpm12-legacy"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("2 images in PCR 4 can be the UKI: choose with --uki-event N from"), run.err());
    }

    @Test
    void firmwaresOwnImagesAreUnlikely(@TempDir Path folder) throws Exception {
        Bytes inFirmware = ImageLoadEvent.of(0, 0, 0, DevicePath.parse("Fv(" + GUID + ")/FvFile(" + GUID + ")"))
                .encode();
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, inFirmware)
                .build();
        String file = Files.write(folder.resolve("log"), log).toString();
        Run run = Run.of("refstate", "create", "-e", file);
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err().contains("no image in PCR 4 can be the UKI, for all claim to be from the firmware"),
                run.err());
        assertTrue(run.err().contains("  event 1 at offset "), run.err());
        assertEquals(
                0, Run.of("refstate", "create", "-e", file, "--uki-event", "1").exitCode());
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
        assertTrue(unwritable.err().contains("/no/where: no such file"), unwritable.err());
        Run noUserspaceLog = Run.of("refstate", "create", "-e", log("uki-direct"), "--userspace-log", cut);
        assertTrue(noUserspaceLog.err().contains("does not begin with the byte 1e"), noUserspaceLog.err());
    }
}
