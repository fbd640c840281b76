package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several logs of one machine as one evidence: that of the boot and that of a dynamic launch after it, joined; and where there are several of
 * either, as Windows writes one more at each resume, the one that the values belong to.
 */
record LogSet(List<Candidate> candidates) {
    private static final int MAX_LOGS = 32;

    record Candidate(String name, EventLog log) {}

    record Chosen(Candidate candidate, ReplayedLog replayed) {
        /** Which logs were left out. */
        List<String> notes(List<String> names) {
            return names.size() > 1 && !candidate.name.equals(String.join(" ", names))
                    ? List.of("of the " + names.size() + " logs, " + candidate.name
                            + " is what the values belong to most")
                    : List.of();
        }
    }

    interface Evaluation {
        ReplayedLog of(EventLog log) throws InputException, QuoteRefusedException, AttestationRefusedException;
    }

    static LogSet read(List<String> names) throws InputException, MalformedDataException {
        if (names.size() > MAX_LOGS) {
            throw new InputException(names.size() + " logs are more than " + MAX_LOGS);
        }
        List<Candidate> boots = new ArrayList<>();
        List<Candidate> launches = new ArrayList<>();
        for (String name : names) {
            Candidate candidate = new Candidate(name, LogInput.parse(name));
            (LaunchStarts.isOfLaunchAlone(candidate.log) ? launches : boots).add(candidate);
        }
        if (boots.isEmpty() || launches.isEmpty()) {
            return new LogSet(boots.isEmpty() ? launches : boots);
        }
        List<Candidate> joined = new ArrayList<>();
        for (Candidate boot : boots) {
            for (Candidate launch : launches) {
                joined.add(new Candidate(boot.name + " " + launch.name, join(boot, launch)));
            }
        }
        return new LogSet(joined);
    }

    /** The events of both, under the header of the first. */
    private static EventLog join(Candidate boot, Candidate launch) throws InputException, MalformedDataException {
        EventLog first = boot.log;
        EventLog second = launch.log;
        if (!first.format().equals(second.format()) || !first.algorithms().equals(second.algorithms())) {
            throw new InputException("the logs cannot be one evidence: " + boot.name + " is " + first.format()
                    + " with " + first.algorithms() + ", " + launch.name + " " + second.format() + " with "
                    + second.algorithms());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.events().forEach(event -> bytes.writeBytes(event.encoded().toByteArray()));
        second.events().stream()
                .filter(event -> event.number() > 0 || event.isMeasured())
                .forEach(event -> bytes.writeBytes(event.encoded().toByteArray()));
        return EventLog.wrap(bytes.toByteArray());
    }

    /** The one that is reproduced: of those that differ in no PCR the one with most that match, or else of all. */
    Chosen evaluate(Evaluation evaluation) throws InputException, QuoteRefusedException, AttestationRefusedException {
        @Nullable Chosen best = null;
        @Nullable QuoteRefusedException refused = null;
        for (Candidate candidate : candidates) {
            try {
                ReplayedLog replayed = evaluation.of(candidate.log);
                if (best == null || score(replayed) > score(best.replayed)) {
                    best = new Chosen(candidate, replayed);
                }
            } catch (QuoteRefusedException e) {
                refused = refused == null ? e : refused;
            }
        }
        if (best != null) {
            return best;
        }
        if (refused != null) {
            throw refused;
        }
        throw new InputException("no log is named");
    }

    private static long score(ReplayedLog replayed) {
        long differing = count(replayed, PcrStatus.DIFFERS);
        return count(replayed, PcrStatus.MATCHES) - differing * Short.MAX_VALUE;
    }

    private static long count(ReplayedLog replayed, PcrStatus status) {
        return replayed.comparisons().stream()
                .filter(comparison -> comparison.status() == status)
                .count();
    }
}
