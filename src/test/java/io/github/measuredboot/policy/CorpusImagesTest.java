package io.github.measuredboot.policy;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every machine with a log of a UEFI boot can be judged by the images that it booted. */
class CorpusImagesTest {
    private static final int LOGS = 90;
    private static final String NO_IMAGE = "no image is measured into PCR 4 or 2";
    private static final String NO_FIRMWARE = "bank: failed";
    private static final String NO_LOG = "vendorInfo";

    /** Logs that no state can be made of, with the begin of what is said about them. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            // No UEFI boot: a BIOS, a dynamic launch, or an excerpt
            entry("9elements-binary-bios-measurements-tpm12-bios", NO_IMAGE),
            entry("immune-binary-bios-measurements-15", NO_IMAGE),
            entry("kgoldman-tpm2bios", NO_IMAGE),
            entry("googlecloudplatform-gmes-eventlog", NO_IMAGE),
            entry("intel-secl-txt-logs", NO_IMAGE),
            entry("nsacyber-laptop-badoeminstall-oem.1", NO_IMAGE),
            entry("nsacyber-laptop-badoeminstall-var.1", NO_FIRMWARE),
            entry("tpm2-event-sd-boot-fedora37", NO_IMAGE),
            entry("tpm2-event-uefiaction", NO_IMAGE),
            entry("tpm2-event-uefivar", NO_IMAGE),
            entry("tpm2-event", NO_IMAGE),
            // Firmware that measures boot attempts and no image
            entry("lf-edge-binary-bios-measurement", NO_IMAGE),
            // Registers of a confidential VM, counted from 1, and no PCRs
            entry("cc-api-ccel-data", NO_FIRMWARE),
            entry("confidential-ccel-aael-alibabacloud", NO_FIRMWARE),
            entry("confidential-ccel-data-grub-gke", NO_FIRMWARE),
            entry("confidential-ccel-data-ovmf", NO_FIRMWARE),
            entry("confidential-ccel-data", NO_IMAGE),
            entry("dstack-tee-ccel", NO_FIRMWARE),
            entry("google-ccel-unpadded.data", NO_FIRMWARE),
            entry("google-cos-113-intel-tdx-dupe-separator-unpadded", NO_FIRMWARE),
            entry("google-cos-113-intel-tdx", NO_FIRMWARE),
            entry("google-event-log", NO_FIRMWARE),
            entry("lunal-dev-tdx-ccel-live2", NO_FIRMWARE),
            // Cut off
            entry("tpm2-specid-vendordata", NO_LOG));

    /** Values of TPMs that the log does not account for, as the corpus says. */
    private static final Map<String, String> MISMATCHES = Map.of(
            "googlecloudplatform-gmes-eventlog", "bank sha256: the log is not proved for PCR 2 (no value)",
            "lunal-dev-tdx-ccel-live2", "bank sha384: the log is not proved for PCR 0 (no value), 7 (no value)",
            "guard-dl160-fwupd-report", "bank sha1: the log is not proved for PCR 0 (differs)",
            "guard-failed-1", "bank sha256: the log is not proved for PCR 0 (differs)",
            "guard-imn-supermicro-epp-msdefender",
                    "bank sha1: the log is not proved for PCR 0 (differs), 2 (differs), 4 (differs), 7 (differs)");

    @Test
    void everyUefiBootIsAcceptedByItsOwnState() {
        List<String> wrong = new ArrayList<>();
        List<TestLog> logs = TestLogs.corpus();
        for (TestLog log : logs) {
            String outcome = outcome(log);
            String expected = OTHERS.getOrDefault(log.name(), "accepted");
            if (!outcome.contains(expected)) {
                wrong.add(log.name() + ": " + outcome);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(LOGS, logs.size());
    }

    @Test
    void soIsEveryOneWithTheValuesOfItsTpm() throws MalformedDataException {
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        for (TestLog log : TestLogs.corpus()) {
            if (log.facts().has("tpm_pcrs")) {
                Replay replay = Replay.of(EventLog.wrap(log.bytes()));
                String outcome = outcome(replay.compareWith(values(log.facts().get("tpm_pcrs"))));
                if (!outcome.startsWith(MISMATCHES.getOrDefault(log.name(), "accepted"))) {
                    wrong.add(log.name() + ": " + outcome);
                }
                accepted += outcome.equals("accepted") ? 1 : 0;
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(11, accepted);
    }

    private static String outcome(TestLog log) {
        EventLog.Examination examined = EventLog.examine(Bytes.wrap(log.bytes()), ParseLimits.DEFAULT);
        return examined.fault()
                .map(Fault::message)
                .orElseGet(() -> outcome(ReferenceStateMaker.claimed(Replay.of(examined.readable()))));
    }

    private static String outcome(ReplayedLog evidence) {
        try {
            Enrolment.enrol(
                    evidence,
                    ReferenceStateMaker.builder().profile(Profile.IMAGES).build());
            return "accepted";
        } catch (ReferenceStateException e) {
            return String.join("; ", e.reasons());
        }
    }

    private static PcrValues values(JsonNode json) {
        List<PcrBank> banks = new ArrayList<>();
        json.properties().forEach(bank -> {
            Map<Integer, Bytes> values = new TreeMap<>();
            bank.getValue()
                    .properties()
                    .forEach(value -> values.put(
                            Integer.valueOf(value.getKey()),
                            Bytes.parseHex(value.getValue().asText())));
            banks.add(PcrBank.of(HashAlgorithm.byName(bank.getKey()).orElseThrow(), values));
        });
        return new PcrValues(banks);
    }
}
