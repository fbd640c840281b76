package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.VerdictJson;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Challenges, and the evidence that answers them. */
public final class Attestation {
    private static final int NONCE_SIZE = 32;

    /** Marks a state that is stored with the attestation that it is made of. */
    private static final long NEW_STATE = -1;

    /**
     * A challenge.
     *
     * @param nonce what the quote must carry
     * @param pcrs the PCRs that it must be over
     * @param expiresAt when an answer comes too late
     */
    public record Challenge(String nonce, String pcrs, Instant expiresAt) {}

    /**
     * A part of the evidence that is not sent again if it was sent before.
     *
     * @param sha256 its hash
     * @param content the part; empty if it was sent before
     */
    public record Part(String sha256, Optional<byte[]> content) {}

    /**
     * The answer to a challenge.
     *
     * @param nonce the nonce of the challenge
     * @param log the event log
     * @param userspaceLog systemd's log, if there is one
     * @param attest what the TPM signed
     * @param signature its signature
     * @param pcrValues the values of the PCRs, one after the other
     */
    public record Answer(
            String nonce, Part log, Optional<Part> userspaceLog, byte[] attest, byte[] signature, byte[] pcrValues) {}

    /**
     * What became of an answer.
     *
     * @param number the number of the attestation
     * @param judgement the judgement
     * @param status the status of the machine now
     */
    public record Result(long number, Judgement judgement, AttestationRecord.Status status) {}

    private final Database database;
    private final Timing timing;
    private final StatusFeed feed;
    private final States states;
    private final int historySize;
    private final SecureRandom random = new SecureRandom();

    Attestation(Database database, Timing timing, StatusFeed feed, States states, int historySize) {
        this.database = database;
        this.timing = timing;
        this.feed = feed;
        this.states = states;
        this.historySize = historySize;
    }

    /** Opens a challenge; an earlier one of the machine is void. */
    public Challenge challenge(MachineRow machine) {
        byte[] bytes = new byte[NONCE_SIZE];
        random.nextBytes(bytes);
        String nonce = Bytes.wrap(bytes).toHex();
        Instant expiresAt = timing.now().plus(timing.nonceLifetime());
        return database.inTransaction(handle -> {
            String pcrs = group(handle, machine).pcrs().toString();
            if (!Machines.openChallenge(handle, machine.id(), nonce, pcrs, expiresAt)) {
                throw removed();
            }
            return new Challenge(nonce, pcrs, expiresAt);
        });
    }

    /** All that a judgement is given by, as it is while the challenge is open: whatever changes it closes the challenge. */
    private record Case(
            MachineRow machine,
            Machines.Challenge challenge,
            Submission submission,
            Group group,
            List<KnownState> states) {
        FirstUsePins pins() {
            return Stored.pins(machine.pins());
        }
    }

    /**
     * Judges an answer. The judgement is computed outside of the transaction that closes the challenge; in it the challenge is
     * closed, the judgement is stored with all that it was given by, and the record of the machine goes on: all or nothing.
     */
    public Result attest(MachineRow machine, Answer answer) {
        Case given = database.read(handle -> read(handle, machine.id(), answer));
        Judgement judgement = judge(given);
        return database.inTransaction(handle -> {
            Instant now = timing.now();
            if (!Machines.closeChallenge(handle, machine.id(), answer.nonce, now)) {
                throw notOpen();
            }
            return store(handle, given, answer, judgement, now);
        });
    }

    private Case read(Handle handle, String id, Answer answer) {
        MachineRow machine = Machines.byId(handle, id).orElseThrow(Attestation::removed);
        Machines.Challenge challenge =
                Machines.challenge(handle, id, answer.nonce, timing.now()).orElseThrow(Attestation::notOpen);
        byte[] log = content(handle, answer.log);
        Optional<byte[]> userspaceLog = answer.userspaceLog.map(part -> content(handle, part));
        Group group = group(handle, machine);
        Submission submission = new Submission(
                Bytes.parseHex(answer.nonce),
                Stored.pcrs(challenge.pcrs()),
                log,
                userspaceLog,
                answer.attest,
                answer.signature,
                answer.pcrValues);
        List<KnownState> known = states.load(handle, Groups.activeStates(handle, group.name(), machine.id()), group);
        return new Case(machine, challenge, submission, group, known);
    }

    private static byte[] content(Handle handle, Part part) {
        if (part.content.isPresent()) {
            if (!Blobs.hash(part.content.get()).equals(part.sha256)) {
                throw new RequestRefusedException(Reason.INVALID, "a log has another hash than the one that is given");
            }
            return part.content.get();
        }
        return Blobs.find(handle, part.sha256)
                .orElseThrow(() -> new RequestRefusedException(Reason.LOG_UNKNOWN, "send this log in full"));
    }

    private static Judgement judge(Case given) {
        KeyIdentity signer = Stored.signer(given.machine);
        boolean isFirst = given.states.isEmpty() && given.group.reference() == Group.Reference.FIRST_USE;
        return isFirst ? judgeFirst(given, signer) : Judge.judge(given.submission, signer, given.states, given.pins());
    }

    /** The boot that a machine is to keep to has to satisfy the policy of its group as any other. */
    private static Judgement judgeFirst(Case given, KeyIdentity signer) {
        ReferenceStateMaker maker =
                ReferenceStateMaker.builder().banks(Set.of(given.group.bank())).build();
        try {
            ReferenceState state = Enrolment.enrol(given.submission.evaluate(signer), maker);
            KnownState known = KnownState.of(NEW_STATE, state, given.group);
            return Judge.judge(given.submission, signer, List.of(known), given.pins());
        } catch (ReferenceStateException | MalformedDataException | QuoteRefusedException e) {
            return Judge.refused(e, given.pins());
        }
    }

    private Result store(Handle handle, Case given, Answer answer, Judgement judgement, Instant now) {
        MachineRow machine = given.machine;
        String announced = Machines.status(handle, machine.id());
        long number = given.challenge.number();
        Optional<Long> stateId = judgement.state().map(state -> stateId(handle, machine, state, now));
        Attestations.insert(
                handle,
                new Attestations.Row(
                        machine.id(),
                        number,
                        now,
                        Group.id(judgement.outcome()),
                        judgement.message(),
                        given.states.stream()
                                .map(state -> Long.toString(state.id()))
                                .collect(Collectors.joining(",")),
                        stateId,
                        judgement.verdict().map(verdict -> Blobs.put(handle, utf8(VerdictJson.write(verdict)))),
                        Blobs.put(handle, given.submission.log()),
                        given.submission.userspaceLog().map(log -> Blobs.put(handle, log)),
                        answer.nonce,
                        answer.attest,
                        answer.signature,
                        answer.pcrValues,
                        given.submission.pcrs().toString(),
                        machine.pins()));
        Attestations.forgetThrough(handle, machine.id(), number - historySize);
        AttestationRecord before = Stored.record(machine.record());
        AttestationRecord record = before.add(
                        new AttestationRecord.Report(before.generation(), number, now, judgement.isAccepted()))
                .record();
        AttestationRecord.Status status = timing.assess(record).status();
        Instant last = record.newest().map(AttestationRecord.Report::at).orElse(now);
        Machines.report(
                handle,
                machine.id(),
                AttestationRecordJson.write(record),
                FirstUsePinsJson.write(judgement.pins()),
                status.name(),
                timing.dueAfter(last));
        handle.afterCommit(
                () -> feed.publish(new StatusFeed.Change(machine.id(), machine.name(), announced, status.name(), now)));
        return new Result(number, judgement, status);
    }

    private static long stateId(Handle handle, MachineRow machine, KnownState state, Instant now) {
        if (state.id() != NEW_STATE) {
            return state.id();
        }
        String json = ReferenceStateJson.write(state.state(), ReferenceStateJson.Form.FULL);
        return Groups.addState(
                handle,
                machine.groupName(),
                Optional.of(machine.id()),
                "first use",
                Blobs.put(handle, utf8(json)),
                now);
    }

    static Group group(Handle handle, MachineRow machine) {
        return Group.of(Groups.find(handle, machine.groupName()).orElseThrow());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RequestRefusedException removed() {
        return new RequestRefusedException(Reason.NOT_FOUND, "the machine was removed");
    }

    private static RequestRefusedException notOpen() {
        return new RequestRefusedException(
                Reason.NONCE_NOT_OPEN, "no challenge with this nonce is open for this machine");
    }
}
