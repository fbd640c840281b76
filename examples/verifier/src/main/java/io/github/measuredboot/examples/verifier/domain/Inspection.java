package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Hint;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.examples.verifier.store.Reporters;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Looks again at what is stored: why a machine is judged as it is, what it booted, and whether the verdict still holds. */
public final class Inspection {
    /**
     * A machine, and its newest attestation in words.
     *
     * @param machine the machine
     * @param attestation the number of the attestation; none if there was none yet
     * @param outcome its outcome
     * @param message why it was not accepted
     * @param reasons why it was not accepted, in detail
     * @param hints what to do
     * @param boot what was booted; none if the evidence proves nothing
     */
    public record Report(
            Fleet.Machine machine,
            Optional<Long> attestation,
            Optional<String> outcome,
            String message,
            List<String> reasons,
            List<String> hints,
            Optional<BootReport> boot) {}

    /**
     * A verdict that was given again.
     *
     * @param number the number of the attestation
     * @param at when it was judged first
     * @param outcome the outcome then
     * @param byItsStates the outcome now, by the states that it was compared with then
     * @param byTodaysStates the outcome now, by the states of today
     * @param message why it is not accepted by the states of today
     */
    public record Rejudgement(
            long number, Instant at, String outcome, String byItsStates, String byTodaysStates, String message) {}

    /**
     * An attestation, looked at again.
     *
     * @param attestation what is stored
     * @param evidence what it proves; empty if it proves nothing
     * @param state the state that accepted it, or the nearest of those that it was compared with
     * @param diagnosis the evidence compared with that state
     */
    public record Examination(
            Attestations.Row attestation,
            Optional<ReplayedLog> evidence,
            Optional<KnownState> state,
            Optional<Diagnosis> diagnosis) {}

    private record Case(
            MachineRow machine,
            Attestations.Row attestation,
            Submission submission,
            List<KnownState> then,
            List<KnownState> today) {}

    private final Database database;
    private final Fleet fleet;
    private final States states;

    Inspection(Database database, Fleet fleet, States states) {
        this.database = database;
        this.fleet = fleet;
        this.states = states;
    }

    /** {@return what there is to know about a machine} */
    public Report inspect(String id) {
        Fleet.Machine machine = fleet.machine(id);
        Optional<Examination> found = examine(id);
        if (found.isEmpty()) {
            return new Report(machine, Optional.empty(), Optional.empty(), "", List.of(), List.of(), Optional.empty());
        }
        Attestations.Row row = found.get().attestation;
        Optional<Diagnosis> diagnosis = found.get().diagnosis;
        return new Report(
                machine,
                Optional.of(row.number()),
                Optional.of(row.outcome()),
                row.message(),
                diagnosis.map(Diagnosis::reasons).orElse(List.of()).stream()
                        .map(Reason::message)
                        .toList(),
                diagnosis.map(Diagnosis::hints).orElse(List.of()).stream()
                        .map(Hint::message)
                        .toList(),
                found.get().evidence.flatMap(BootReport::of));
    }

    /** {@return a machine's newest attestation; empty if there was none yet} */
    public Optional<Examination> examine(String id) {
        return newest(id).map(Inspection::examine);
    }

    private static Examination examine(Case given) {
        Optional<ReplayedLog> evidence = evidence(given);
        Optional<KnownState> state = evidence.flatMap(replayed -> compared(replayed, given));
        return new Examination(
                given.attestation,
                evidence,
                state,
                state.map(known -> Diagnosis.of(evidence.get(), known.state(), known.options())));
    }

    private static Optional<KnownState> compared(ReplayedLog evidence, Case given) {
        List<KnownState> states = given.then.isEmpty() ? given.today : given.then;
        return given.attestation
                .stateId()
                .flatMap(id ->
                        given.then.stream().filter(state -> state.id() == id).findFirst())
                .or(() -> states.stream().min(Comparator.comparingInt(state -> rejections(evidence, state))));
    }

    private static int rejections(ReplayedLog evidence, KnownState state) {
        return state.policy().evaluate(evidence).rejections().size();
    }

    private Optional<Case> newest(String id) {
        return database.read(handle -> Attestations.newest(handle, id)
                .map(row -> load(handle, Machines.byId(handle, id).orElseThrow(Fleet::unknown), row)));
    }

    private static Optional<ReplayedLog> evidence(Case given) {
        try {
            return Optional.of(given.submission.evaluate(signer(given.machine)));
        } catch (MalformedDataException | QuoteRefusedException e) {
            return Optional.empty();
        }
    }

    private static KeyIdentity signer(MachineRow machine) {
        return Stored.signer(machine.akPublic(), machine.identityLevel());
    }

    /** Judges a stored attestation again, with its stored evidence. */
    public Rejudgement rejudge(String id, long number) {
        Case given = database.read(handle -> load(
                handle,
                Machines.byId(handle, id).orElseThrow(Fleet::unknown),
                Attestations.find(handle, id, number).orElseThrow(Fleet::unknown)));
        Judgement then = judge(given, given.then);
        Judgement today = judge(given, given.today);
        return new Rejudgement(
                number,
                given.attestation.at(),
                given.attestation.outcome(),
                Group.id(then.outcome()),
                Group.id(today.outcome()),
                today.message());
    }

    private static Judgement judge(Case given, List<KnownState> known) {
        return Judge.judge(given.submission, signer(given.machine), known, Stored.pins(given.attestation.pins()));
    }

    private Case load(Handle handle, MachineRow machine, Attestations.Row row) {
        boolean isSecureBootRequired =
                Groups.find(handle, machine.groupName()).orElseThrow().secureBootRequired();
        Function<String, byte[]> contents = hash -> Blobs.find(handle, hash).orElseThrow();
        Submission submission = new Submission(
                Bytes.parseHex(row.nonce()),
                Stored.pcrs(row.pcrs()),
                new Measurements(
                        contents.apply(row.logSha256()), row.userspaceSha256().map(contents)),
                row.attest(),
                row.signature(),
                row.pcrValues());
        Stream<Groups.StateRow> then = Stream.concat(
                        Arrays.stream(row.stateIds().split(","))
                                .filter(id -> !id.isEmpty())
                                .map(Long::valueOf),
                        row.stateId().stream())
                .distinct()
                .flatMap(id -> Groups.state(handle, id).stream());
        Stream<Groups.StateRow> today = Groups.activeStates(handle, machine.groupName(), machine.id()).stream();
        return new Case(
                machine,
                row,
                submission,
                states.load(then.map(Inspection::state).toList(), isSecureBootRequired, contents),
                states.load(today.map(Inspection::state).toList(), isSecureBootRequired, contents));
    }

    private static Reporters.State state(Groups.StateRow row) {
        return new Reporters.State(row.id(), row.sha256());
    }
}
