package io.github.measuredboot.cli;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import io.github.measuredboot.uefi.image.BootPhases;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.util.List;
import java.util.Optional;

/** The reports of the command line in JSON, for tests of what they report. */
public final class ReportJson {
    private ReportJson() {}

    public static String events(CheckedLog checked, Optional<Fault> fault) {
        return of(new EventsReport("log", checked, fault, false, new EventFilter(), MeasurementRegisters.PCRS));
    }

    public static String summary(EventLog log, BootSummary summary, Optional<Fault> fault) {
        return of(new SummaryReport("log", log, summary, false, fault));
    }

    public static String verification(ReplayedLog replayed) {
        return of(new VerifyReport("log", replayed, Optional.empty(), new ChosenPcrs()));
    }

    public static String signatureDatabase(SignatureDatabaseFile file) {
        return of(new SignatureDatabaseReport("file", file));
    }

    public static String prediction(UnifiedKernelImage uki, List<HashAlgorithm> banks, List<BootPhases> phases) {
        return of(new PredictionReport(
                "uki", uki, banks.stream().map(uki::predict).toList(), phases));
    }

    static String of(Report report) {
        return DataWriter.compact(report::members);
    }
}
