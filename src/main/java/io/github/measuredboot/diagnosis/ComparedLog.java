package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One side of a comparison. */
final class ComparedLog {
    /** A measurement of one of the compared logs. */
    record Element(Measured measured, ComparedLog log) {
        ClaimedContent content() {
            return log.content(measured.id());
        }

        Optional<Digest> digest(HashAlgorithm bank) {
            return Optional.ofNullable(measured.digest(bank)).map(value -> new Digest(bank, value));
        }
    }

    private final Replay replay;
    private final List<HashAlgorithm> banks;
    private final List<CheckedEvent> events;
    private final List<CelRecord> records;
    private final List<List<Measured>> byPcr;

    ComparedLog(Replay replay, List<HashAlgorithm> banks) {
        this.replay = replay;
        this.banks = banks;
        this.events = CheckedLog.of(replay.log()).events();
        this.records = replay.userspaceLog().map(log -> log.records()).orElse(List.of());
        this.byPcr = Measured.byPcr(replay);
    }

    static Comparator<Element> byDigests(List<HashAlgorithm> banks) {
        return banks.stream()
                .map(bank -> Comparator.comparing(
                        (Element element) -> element.measured().digest(bank),
                        Comparator.nullsFirst(Comparator.<Bytes>naturalOrder())))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    int pcrCount() {
        return byPcr.size();
    }

    int startupLocality() {
        return replay.startupLocality();
    }

    /** What a PCR is extended by in at least one of the banks. */
    List<Element> extended(int pcr) {
        return byPcr.get(pcr).stream()
                .filter(measured -> banks.stream().anyMatch(measured::isExtended))
                .map(measured -> new Element(measured, this))
                .toList();
    }

    private ClaimedContent content(Measurement id) {
        return id.isUserspace()
                ? ClaimedContent.of(records.get(id.index()), banks)
                : ClaimedContent.of(events.get(id.index()), banks);
    }
}
