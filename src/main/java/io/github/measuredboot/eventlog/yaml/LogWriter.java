package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.SpecIdEvent;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A log, from the first line to the PCR values. */
final class LogWriter {
    private final EventLog log;
    private final EventLogYaml format;
    private final Yaml out;
    private final EventDataWriter dataWriter;

    LogWriter(EventLog log, EventLogYaml format, Yaml out) {
        this.log = log;
        this.format = format;
        this.out = out;
        this.dataWriter = new EventDataWriter(out, format);
    }

    void write() throws IOException {
        out.line("---").line("version: ", format.version().number()).line("events:");
        LogPcrs pcrs = new LogPcrs(log, format.release());
        for (Event event : log.events()) {
            Optional<SpecIdEvent> header = event.number() == 0 ? agileHeader() : Optional.empty();
            if (header.isPresent()) {
                writeHeader(event, header.get());
            } else {
                writeEvent(event);
                pcrs.extend(event);
            }
        }
        if (!log.has(DiagnosticCode.INCOMPLETE)) {
            pcrs.write(out);
        }
    }

    private Optional<SpecIdEvent> agileHeader() {
        return log.format() == EventLog.Format.CRYPTO_AGILE ? log.specId() : Optional.empty();
    }

    private void writeHeader(Event event, SpecIdEvent specId) throws IOException {
        out.line("- EventNum: ", event.number());
        writePcrAndType(event);
        out.bytesLine("  Digest: \"", event.digests().get(0).value(), "\"");
        out.line("  EventSize: ", event.data().length());
        Bytes signature = Scalars.upToNul(
                event.data().slice(0, specId.version().signature().length()));
        out.line("  SpecID:")
                .line("  - Signature: ", Scalars.plain(Scalars.decode(signature)))
                .line("    platformClass: ", specId.platformClass())
                .line("    specVersionMinor: ", specId.specVersionMinor())
                .line("    specVersionMajor: ", specId.specVersionMajor())
                .line("    specErrata: ", specId.specErrata())
                .line("    uintnSize: ", specId.uintnSize())
                .line("    numberOfAlgorithms: ", specId.algorithms().size())
                .line("    Algorithms:");
        int number = 0;
        for (HashAlgorithm algorithm : specId.algorithms()) {
            out.line("    - Algorithm[" + number++ + "]:")
                    .line("      algorithmId: ", algorithm.name())
                    .line("      digestSize: ", algorithm.digestSize());
        }
        out.line("    vendorInfoSize: ", specId.vendorInfo().length());
        if (!specId.vendorInfo().isEmpty()) {
            out.bytesLine("    vendorInfo: \"", specId.vendorInfo(), "\"");
        }
    }

    private void writeEvent(Event event) throws IOException {
        if (!isMapping()) {
            out.line("- EventNum: ", event.number());
        }
        writePcrAndType(event);
        List<Digest> digests = event.digests();
        out.line("  DigestCount: ", digests.size()).line("  Digests:");
        for (Digest digest : digests) {
            out.line("  - AlgorithmId: ", digest.algorithm().name()).bytesLine("    Digest: \"", digest.value(), "\"");
        }
        dataWriter.write(event.claimedType(), event.data());
    }

    /** tpm2_eventlog writes a legacy log as one mapping with the keys of all events, if it reads it at all. */
    private boolean isMapping() {
        return log.format() == EventLog.Format.LEGACY
                && !log.events().get(0).claimedType().equals(EventType.EV_NO_ACTION);
    }

    private void writePcrAndType(Event event) throws IOException {
        out.line("  PCRIndex: ", event.pcrIndex())
                .line("  EventType: ", TypeNames.of(event.claimedType(), format.release()));
    }
}
