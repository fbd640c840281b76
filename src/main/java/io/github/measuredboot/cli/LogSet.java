package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several logs of one machine as one evidence: that of the boot and that of a dynamic launch after it, joined; and where there are several of
 * either, as Windows writes one more at each resume, the one that the values belong to.
 */
final class LogSet {
    static final String VALUES_CHOOSE = ", and only PCR values or a quote say which is meant: give --pcrs or --quote";

    private static final int MAX_LOGS = 32;

    private final List<Candidate> boots = new ArrayList<>();
    private final List<Candidate> launches = new ArrayList<>();

    record Candidate(String name, EventLog log) {}

    record Chosen(Candidate candidate, ReplayedLog replayed, List<String> notes) {}

    interface Action {
        void accept(Candidate candidate) throws InputException, MalformedDataException;
    }

    LogSet(List<Candidate> logs) {
        for (Candidate candidate : logs) {
            (LaunchStarts.isOfLaunchAlone(candidate.log) ? launches : boots).add(candidate);
        }
    }

    static LogSet read(List<String> names) throws InputException, MalformedDataException {
        if (names.size() == 1) {
            return new LogSet(List.of(read(names.get(0))));
        }
        if (names.size() > MAX_LOGS) {
            throw new InputException(names.size() + " logs are more than " + MAX_LOGS);
        }
        List<Candidate> logs = new ArrayList<>();
        for (String name : names) {
            try {
                logs.add(read(name));
            } catch (MalformedDataException e) {
                throw new InputException(name, e);
            }
        }
        return new LogSet(logs);
    }

    static Candidate read(String name) throws InputException, MalformedDataException {
        return new Candidate(name, LogInput.parse(name));
    }

    /** Each boot with each launch, of which only one at a time is kept. */
    void forEach(Action action) throws InputException, MalformedDataException {
        if (boots.isEmpty() || launches.isEmpty()) {
            for (Candidate candidate : boots.isEmpty() ? launches : boots) {
                action.accept(candidate);
            }
            return;
        }
        for (Candidate boot : boots) {
            for (Candidate launch : launches) {
                action.accept(new Candidate(boot.name + " " + launch.name, join(boot, launch)));
            }
        }
    }

    boolean isOneBoot() {
        return boots.size() <= 1 && launches.size() <= 1;
    }

    /** The one boot that the logs are of. */
    Candidate only(String advice) throws InputException, MalformedDataException {
        if (!isOneBoot()) {
            throw new InputException("these logs are of several boots" + advice);
        }
        List<Candidate> one = new ArrayList<>();
        forEach(one::add);
        return one.get(0);
    }

    /** The events of both, under the header of the first. */
    private static EventLog join(Candidate boot, Candidate launch) throws InputException, MalformedDataException {
        EventLog first = boot.log;
        EventLog second = launch.log;
        if (!first.format().equals(second.format()) || !first.algorithms().equals(second.algorithms())) {
            throw new InputException(
                    "the logs cannot be evidence of one boot: " + InputFile.called(boot.name) + " is " + first.format()
                            + " with " + first.algorithms() + ", " + InputFile.called(launch.name) + " "
                            + second.format() + " with "
                            + second.algorithms());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.events().forEach(event -> bytes.writeBytes(event.encoded().toByteArray()));
        second.events().stream()
                .filter(event -> event.number() > 0 || event.isMeasured())
                .forEach(event -> bytes.writeBytes(event.encoded().toByteArray()));
        return EventLog.wrap(bytes.toByteArray());
    }

    Chosen evaluate(GivenEvidence given) throws InputException, MalformedDataException, QuoteRefusedException {
        return evaluate(given, Optional.empty());
    }

    /**
     * The one that is reproduced: of those that differ in no PCR the one with most that match, or else of all. With nothing to choose by there
     * has to be one alone.
     */
    Chosen evaluate(GivenEvidence given, Optional<PcrSelection> pcrs)
            throws InputException, MalformedDataException, QuoteRefusedException {
        if (given.isEmpty()) {
            Candidate only = only(VALUES_CHOOSE);
            return new Chosen(only, given.evaluate(only.log, pcrs), List.of());
        }
        Choice choice = new Choice();
        forEach(candidate -> choice.consider(candidate, given, pcrs));
        return choice.best();
    }

    private final class Choice {
        private @Nullable Chosen best;
        private @Nullable QuoteRefusedException refused;
        private boolean isTied;

        void consider(Candidate candidate, GivenEvidence given, Optional<PcrSelection> pcrs) {
            try {
                ReplayedLog replayed = given.evaluate(candidate.log, pcrs);
                long lead = best == null ? 1 : score(replayed) - score(best.replayed);
                if (lead > 0) {
                    best = new Chosen(candidate, replayed, List.of());
                }
                isTied = lead == 0 || (isTied && lead < 0);
            } catch (QuoteRefusedException e) {
                refused = refused == null ? e : refused;
            }
        }

        Chosen best() throws QuoteRefusedException {
            if (best == null) {
                throw Objects.requireNonNull(refused, "there is always a log");
            }
            return isOneBoot() ? best : new Chosen(best.candidate, best.replayed, List.of(note(best.candidate)));
        }

        private String note(Candidate chosen) {
            String name = InputFile.called(chosen.name);
            String logs = "of the " + (boots.size() + launches.size()) + " logs, ";
            return isTied
                    ? logs + "several agree with the values equally well; " + name + " is taken"
                    : logs + name + " is what the values belong to most";
        }
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
