package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.testing.ShownFields;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;

class BootSummaryFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void readsAnyLog(byte[] input) {
        EventLog.Examination examination = EventLog.examine(Bytes.wrap(input), ParseLimits.DEFAULT);
        EventLog log = examination.readable();
        CheckedLog checked = CheckedLog.of(log);
        assertEquals(log.events().size(), checked.events().size());
        checked.events().forEach(BootSummaryFuzzTest::requireInside);

        List<HashAlgorithm> banks = new ArrayList<>(log.algorithms());
        BootSummary.strongestBank(log).ifPresent(bank -> assertTrue(banks.contains(bank)));
        for (HashAlgorithm bank : banks) {
            String story = ReportJson.summary(log, BootSummary.of(checked, bank), examination.fault());
            assertTrue(story.startsWith("{") && story.endsWith("}"), story);
        }
        if (!banks.contains(HashAlgorithm.SHA3_512)) {
            String story =
                    ReportJson.summary(log, BootSummary.of(checked, HashAlgorithm.SHA3_512), examination.fault());
            assertFalse(story.contains("\"proof\":\"covered\""), "a bank that the log does not have covers nothing");
        }
    }

    private static void requireInside(CheckedEvent event) {
        int size = event.event().data().length();
        assertEquals(event.event().data(), event.claimedData().raw());
        for (DigestCheck check : event.checks()) {
            assertTrue(check.coveredOffset() >= 0 && check.coveredLength() >= 0, check.toString());
            assertTrue(check.coveredOffset() <= size - check.coveredLength(), check.toString());
        }
        ShownFields.requireInside(event.claimedData().fields(), size);
    }
}
