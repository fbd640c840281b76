package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.testing.TestLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every UEFI structure of the logs decodes, gives its bytes back, and has no fault but those that the table explains. */
class UefiCorpusTest {
    private enum Oddity {
        /** The image came from memory: LengthOfDevicePath is 0, and 8 or 9 bytes of zeros or remains of the buffer follow. */
        BYTES_FOR_A_PATH_OF_LENGTH_0,
        /** Google's host logs text instead of a device path. */
        TEXT_INSTEAD_OF_A_PATH,
        /** LengthOfDevicePath is right, and 8 zeros follow the path; the same shims leave them as with no path. */
        BYTES_BEHIND_THE_PATH,
        /** UEFI_VARIABLE_DATA of an authority event with 6 bytes too many, zeros or remains of the buffer. */
        BYTES_BEHIND_THE_VARIABLE,
        /** One EV_EFI_VARIABLE_BOOT event for BootOrder and all Boot#### variables, one UEFI_VARIABLE_DATA behind the other. */
        VARIABLES_BEHIND_THE_VARIABLE,
        /** Only a part of the load options was measured, without their first 6 and their last 2 bytes. */
        LOAD_OPTION_TAIL,
        /** Shim, or a firmware, wrote the certificate without its owner into the authority event. */
        CERTIFICATE_WITHOUT_OWNER
    }

    private static final Bytes TEXT_FOR_A_PATH = Bytes.encode("test-dev-path", StandardCharsets.US_ASCII);

    private static final Map<String, Set<Oddity>> EXPLAINED = Map.ofEntries(
            Map.entry("9elements-binary-bios-measurements-tpm12-bios", ordered(Oddity.VARIABLES_BEHIND_THE_VARIABLE)),
            Map.entry(
                    "galmasi-bootlog-5.0.0-rhel-20210423t133156z-8b0347a",
                    ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0, Oddity.BYTES_BEHIND_THE_VARIABLE)),
            Map.entry("galmasi-inspur", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0)),
            Map.entry("galmasi-puiterwijk", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0)),
            Map.entry("galmasi-swtpm-measurements", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0)),
            Map.entry(
                    "google-cos-85-amd-sev",
                    ordered(
                            Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0,
                            Oddity.BYTES_BEHIND_THE_VARIABLE,
                            Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry(
                    "google-cos-93-amd-sev",
                    ordered(
                            Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0,
                            Oddity.BYTES_BEHIND_THE_VARIABLE,
                            Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry(
                    "google-sb-cert-eventlog",
                    ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0, Oddity.BYTES_BEHIND_THE_VARIABLE)),
            Map.entry("googlecloudplatform-gmes-eventlog", ordered(Oddity.TEXT_INSTEAD_OF_A_PATH)),
            Map.entry(
                    "ima-evm-utils-sample-pcrs-8-9",
                    ordered(
                            Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0,
                            Oddity.BYTES_BEHIND_THE_VARIABLE,
                            Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry("intel-secl-uefi-event-log", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0)),
            Map.entry("kgoldman-deb1", ordered(Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry(
                    "kgoldman-sm2",
                    ordered(
                            Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0,
                            Oddity.BYTES_BEHIND_THE_VARIABLE,
                            Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry("kgoldman-ubuntu1", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0)),
            Map.entry("lf-edge-tcg-log-1", ordered(Oddity.LOAD_OPTION_TAIL)),
            Map.entry("lf-edge-tpmlogs-1", ordered(Oddity.LOAD_OPTION_TAIL)),
            Map.entry("keylime-mb-log", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0, Oddity.BYTES_BEHIND_THE_PATH)),
            Map.entry(
                    "nsacyber-laptop-badoeminstall-var.1",
                    ordered(
                            Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0,
                            Oddity.BYTES_BEHIND_THE_PATH,
                            Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry(
                    "nsacyber-laptop-default-binary-bios-measurements",
                    ordered(
                            Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0,
                            Oddity.BYTES_BEHIND_THE_PATH,
                            Oddity.CERTIFICATE_WITHOUT_OWNER)),
            Map.entry(
                    "nsacyber-tpmlogsha1",
                    ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0, Oddity.BYTES_BEHIND_THE_VARIABLE)),
            Map.entry("tpm2-event-uefi-sha1-log", ordered(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0)));

    private static final String COUNTS = "{AUDIT_MODE=6, BOOT_OPTION=479, BOOT_ORDER=76, DB=77, DBT=1, DBX=77,"
            + " DEPLOYED_MODE=6, GPT=72, KEK=77, MOK_LIST=1, MOK_LIST_X=1, PK=77, SECURE_BOOT=78, authority DB=39,"
            + " authority MOK_LIST=5, authority MOK_LIST_TRUSTED=4, authority SBAT_LEVEL=21, authority SHIM=16,"
            + " authority VENDOR_DB=2, firmware blob=168, firmware blob 2=11, handoff tables=49, handoff tables 2=12,"
            + " image=224, image from firmware=58, list of SHA256=110, list of X509=379}";

    private static Set<Oddity> ordered(Oddity... oddities) {
        return new TreeSet<>(List.of(oddities));
    }

    private static final class Survey {
        final Map<String, Integer> decoded = new TreeMap<>();
        final Map<String, Set<Oddity>> oddities = new TreeMap<>();
        final List<String> faults = new ArrayList<>();
        String log = "";
        String event = "";

        void count(String what) {
            decoded.merge(what, 1, Integer::sum);
        }

        void odd(Oddity oddity) {
            oddities.computeIfAbsent(log, name -> new TreeSet<>()).add(oddity);
        }

        void fault(Fault fault) {
            faults.add(log + " " + event + " " + fault.message());
        }

        void read(String name, byte[] bytes) {
            log = name;
            for (Event next : EventLog.examine(Bytes.wrap(bytes), ParseLimits.DEFAULT)
                    .readable()
                    .events()) {
                event = "event " + next.number() + " " + next.claimedType().name();
                try {
                    read(next.claimedType().name(), next.data());
                } catch (MalformedDataException e) {
                    fault(e.fault());
                }
            }
        }

        private void read(String type, Bytes data) throws MalformedDataException {
            switch (type) {
                case "EV_EFI_VARIABLE_DRIVER_CONFIG", "EV_EFI_VARIABLE_BOOT", "EV_EFI_VARIABLE_BOOT2" ->
                    variable(data, false);
                case "EV_EFI_VARIABLE_AUTHORITY" -> variable(data, true);
                case "EV_EFI_BOOT_SERVICES_APPLICATION",
                        "EV_EFI_BOOT_SERVICES_DRIVER",
                        "EV_EFI_RUNTIME_SERVICES_DRIVER" -> image(data);
                case "EV_EFI_GPT_EVENT", "EV_EFI_GPT_EVENT2" -> {
                    GptTable table = GptTable.decode(data, 0);
                    assertEquals(data, table.encode());
                    assertEquals(Bytes.EMPTY, table.trailing());
                    assertEquals(type.endsWith("2"), table.hasBlankedGuids());
                    count("GPT");
                }
                case "EV_EFI_HANDOFF_TABLES" -> {
                    HandoffTables tables = HandoffTables.decode(data, 0);
                    assertEquals(data, tables.encode());
                    assertEquals(Bytes.EMPTY, tables.trailing());
                    count("handoff tables");
                }
                case "EV_EFI_HANDOFF_TABLES2" -> {
                    HandoffTables2 tables = HandoffTables2.decode(data, 0);
                    assertEquals(data, tables.encode());
                    assertEquals(Bytes.EMPTY, tables.tables().trailing());
                    count("handoff tables 2");
                }
                case "EV_EFI_PLATFORM_FIRMWARE_BLOB" -> {
                    assertEquals(data, FirmwareBlob.decode(data, 0).encode());
                    count("firmware blob");
                }
                case "EV_EFI_PLATFORM_FIRMWARE_BLOB2" -> {
                    assertEquals(data, FirmwareBlob2.decode(data, 0).encode());
                    count("firmware blob 2");
                }
                default -> {}
            }
        }

        private void variable(Bytes data, boolean authority) throws MalformedDataException {
            VariableData variable = VariableData.decode(data, 0);
            assertEquals(data, variable.encode());
            if (variable.trailing().length() >= VariableData.HEADER_SIZE) {
                odd(Oddity.VARIABLES_BEHIND_THE_VARIABLE);
                variable(variable.trailing(), authority);
            } else if (!variable.trailing().isEmpty()) {
                assertTrue(authority && variable.trailing().length() == 6, event);
                odd(Oddity.BYTES_BEHIND_THE_VARIABLE);
            }
            var known = KnownVariable.of(variable.variableName(), variable.unicodeName());
            if (known.isPresent()) {
                event += " " + variable.unicodeName();
                count((authority ? "authority " : "") + known.get());
                Bytes content = variable.data();
                assertEquals(
                        content,
                        content(
                                authority
                                        ? known.get().authorityContent()
                                        : known.get().content(),
                                content));
            }
        }

        private Bytes content(KnownVariable.Content kind, Bytes content) throws MalformedDataException {
            return switch (kind) {
                case FLAG -> content.isEmpty() ? content : BooleanVariable.encode(BooleanVariable.decode(content, 0));
                case SIGNATURE_DATABASE -> database(content);
                case SIGNATURE_DATA -> authority(content);
                case ORDER -> BootOrder.decode(content, 0).encode();
                case OPTION_NUMBER -> new BootOrder(List.of(BootOrder.decodeSingle(content, 0))).encode();
                case LOAD_OPTION -> {
                    Optional<LoadOptionTail> tail = LoadOptionTail.recognize(content);
                    if (tail.isPresent()) {
                        odd(Oddity.LOAD_OPTION_TAIL);
                        yield tail.get().encoded();
                    }
                    LoadOption option = LoadOption.decode(content, 0);
                    option.fault().ifPresent(this::fault);
                    yield option.encode();
                }
                case SBAT -> SbatLevel.decode(content, 0).encode();
            };
        }

        private Bytes database(Bytes content) throws MalformedDataException {
            SignatureDatabase database = SignatureDatabase.decode(content, 0);
            for (SignatureList list : database.lists()) {
                count("list of " + list.type().map(Enum::name).orElse("unknown type"));
                for (int i = 0; i < list.signatures().size(); i++) {
                    if (list.content(i, 0) instanceof SignatureContent.X509 x509
                            && x509.certificate() instanceof Certificate.Broken broken) {
                        fault(broken.fault());
                    }
                }
            }
            return database.encode();
        }

        private Bytes authority(Bytes content) throws MalformedDataException {
            AuthoritySignature signature = AuthoritySignature.decode(content, 0);
            assertTrue(signature.certificate().isPresent(), event);
            if (signature.signatureOwner().isEmpty() && !event.endsWith(" Shim")) {
                odd(Oddity.CERTIFICATE_WITHOUT_OWNER);
            }
            return signature.encode();
        }

        private void image(Bytes data) throws MalformedDataException {
            ImageLoadEvent image = ImageLoadEvent.decode(data, 0);
            assertEquals(data, image.encode());
            count(image.isFirmwareResident() ? "image from firmware" : "image");
            if (image.fault().isPresent()) {
                boolean isLengthRight =
                        image.lengthOfDevicePath() == image.devicePath().size();
                if (isLengthRight && image.lengthOfDevicePath() == 0) {
                    odd(Oddity.BYTES_FOR_A_PATH_OF_LENGTH_0);
                } else if (image.devicePath().encode().equals(TEXT_FOR_A_PATH)) {
                    odd(Oddity.TEXT_INSTEAD_OF_A_PATH);
                } else if (isLengthRight && image.devicePath().fault().isEmpty()) {
                    odd(Oddity.BYTES_BEHIND_THE_PATH);
                } else {
                    fault(image.fault().get());
                }
            }
        }
    }

    @Test
    void theCorpusDecodesWithoutAnUnexplainedFault() {
        Survey survey = new Survey();
        TestLogs.corpus().forEach(log -> survey.read(log.name(), log.bytes()));
        assertEquals(List.of(), survey.faults);
        assertEquals(
                EXPLAINED.entrySet().stream().map(Object::toString).sorted().collect(Collectors.joining("\n")),
                survey.oddities.entrySet().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining("\n")));
        assertEquals(COUNTS, survey.decoded.toString());
    }

    @Test
    void theProjectsOwnBootsDecodeWithoutAnyFault() {
        Survey survey = new Survey();
        for (Path boot : TestLogs.boots()) {
            survey.read(boot.getFileName().toString(), TestLogs.read(boot.resolve("eventlog.bin")));
        }
        assertEquals(List.of(), survey.faults);
        assertEquals(Map.of(), survey.oddities);
        assertTrue(
                survey.decoded
                        .keySet()
                        .containsAll(Set.of("PK", "KEK", "DB", "DBX", "BOOT_ORDER", "BOOT_OPTION", "image")),
                survey.decoded.toString());
    }
}
