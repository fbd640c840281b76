package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.examples.verifier.store.Reporters;
import io.github.measuredboot.examples.verifier.store.Reporters.Reporter;
import io.github.measuredboot.policy.AttestationRecord;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Challenges, and the evidence that answers them. */
public final class Attestation {
    private static final int NONCE_SIZE = 32;
    private static final int MOST_MACHINES = 10_000;
    private static final int MOST_PINS = 4096;

    /** Between two of which another status may be announced. */
    private static final int ATTEMPTS = 3;

    /** Marks a state that is stored with the attestation that it is made of. */
    static final long NEW_STATE = -1;

    /**
     * A challenge.
     *
     * @param nonce what the quote must carry
     * @param pcrs the PCRs that it must be over
     * @param expiresAt when an answer comes too late
     */
    public record Challenge(String nonce, String pcrs, Instant expiresAt) {
        Reporters.Challenge toRow() {
            return new Reporters.Challenge(nonce, pcrs, expiresAt);
        }
    }

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
     * @param next the challenge to answer next
     */
    public record Result(long number, Judgement judgement, AttestationRecord.Status status, Challenge next) {}

    private final Database database;
    private final Timing timing;
    private final States states;
    private final Logs logs;
    private final Ledger ledger;
    private final Recent<KeyIdentity> signers = Recent.ofNumber(MOST_MACHINES);
    private final Recent<FirstUsePins> pins = Recent.ofNumber(MOST_PINS);
    private final Recent<Boolean> known = Recent.ofNumber(MOST_MACHINES);
    private final SecureRandom random = new SecureRandom();

    Attestation(Database database, Timing timing, StatusFeed feed, States states, int historySize) {
        this.database = database;
        this.timing = timing;
        this.states = states;
        this.logs = new Logs(database);
        this.ledger = new Ledger(database, timing, feed, historySize);
    }

    /**
     * {@return whether a client certificate is that of a machine, which may have been removed since: {@link #challenge} and {@link #attest}
     * find out}
     *
     * @param certificate its SHA-256
     */
    public boolean isMachine(String certificate) {
        if (known.find(certificate).isPresent()) {
            return true;
        }
        boolean isKnown =
                !certificate.isEmpty() && database.alone(handle -> Machines.hasCertificate(handle, certificate));
        if (isKnown) {
            known.put(certificate, true);
        }
        return isKnown;
    }

    /**
     * Opens a challenge; an earlier one of the machine is void.
     *
     * @param certificate the client certificate of the machine
     */
    public Challenge challenge(String certificate) {
        Reporter machine = find(certificate);
        Challenge challenge =
                newChallenge(Group.of(machine.group()), timing.now().plus(timing.nonceLifetime()));
        if (!database.alone(
                handle -> Reporters.openChallenge(handle.getConnection(), machine.id(), challenge.toRow()))) {
            throw unknown();
        }
        return challenge;
    }

    private Challenge newChallenge(Group group, Instant expiresAt) {
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(nonce);
        return new Challenge(Bytes.wrap(nonce).toHex(), group.pcrs().toString(), expiresAt);
    }

    private Reporter find(String certificate) {
        Optional<Reporter> found = database.alone(handle -> Reporters.find(handle.getConnection(), certificate));
        if (found.isEmpty()) {
            known.remove(certificate);
            throw unknown();
        }
        return found.get();
    }

    /**
     * All that a judgement is given by, as one statement has read it. Whatever changes the record or the pins of a machine replaces its
     * challenge.
     */
    record Case(
            Reporter machine,
            Answer answer,
            Group group,
            List<KnownState> states,
            Submission submission,
            FirstUsePins pins) {}

    /**
     * Judges an answer. The judgement is computed outside of the transaction that closes the challenge; in it the challenge is
     * closed, the judgement is stored with all that it was given by, the record of the machine goes on, and the next challenge is
     * opened: all or nothing.
     *
     * @param certificate the client certificate of the machine
     * @param answer the answer
     */
    public Result attest(String certificate, Answer answer) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Case given = read(find(certificate), answer);
            Judgement judgement = judge(given);
            Challenge next = newChallenge(
                    given.group, timing.now().plus(timing.interval()).plus(timing.nonceLifetime()));
            Optional<Result> result = ledger.enter(given, judgement, next);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw notOpen();
    }

    private Case read(Reporter machine, Answer answer) {
        Group group = Group.of(machine.group());
        PcrSelection pcrs = group.pcrs();
        boolean isOpen = machine.challenge()
                .filter(challenge -> challenge.nonce().equals(answer.nonce)
                        && challenge.expiresAt().isAfter(timing.now())
                        && challenge.pcrs().equals(pcrs.toString()))
                .isPresent();
        if (!isOpen) {
            throw notOpen();
        }
        Measurements measurements = logs.find(answer.log, answer.userspaceLog);
        Submission submission = new Submission(
                Bytes.parseHex(answer.nonce), pcrs, measurements, answer.attest, answer.signature, answer.pcrValues);
        List<KnownState> known = states.load(
                machine.states(),
                group.secureBootRequired(),
                hash -> database.alone(handle -> Blobs.find(handle, hash)).orElseThrow());
        return new Case(machine, answer, group, known, submission, pins.get(machine.pins(), Stored::pins));
    }

    private Judgement judge(Case given) {
        Reporter machine = given.machine;
        KeyIdentity signer =
                signers.get(machine.id(), unknown -> Stored.signer(machine.akPublic(), machine.identityLevel()));
        boolean isFirst = given.states.isEmpty() && given.group.reference() == Group.Reference.FIRST_USE;
        return isFirst ? judgeFirst(given, signer) : Judge.judge(given.submission, signer, given.states, given.pins);
    }

    /** The boot that a machine is to keep to has to satisfy the policy of its group as any other. */
    private static Judgement judgeFirst(Case given, KeyIdentity signer) {
        ReferenceStateMaker maker =
                ReferenceStateMaker.builder().banks(Set.of(given.group.bank())).build();
        try {
            ReferenceState state = Enrolment.enrol(given.submission.evaluate(signer), maker);
            KnownState known = KnownState.of(NEW_STATE, state, given.group.secureBootRequired());
            return Judge.judge(given.submission, signer, List.of(known), given.pins);
        } catch (ReferenceStateException | MalformedDataException | QuoteRefusedException e) {
            return Judge.refused(e, given.pins);
        }
    }

    private static RequestRefusedException unknown() {
        return new RequestRefusedException(Reason.UNAUTHORIZED, "this client certificate is not that of a machine");
    }

    private static RequestRefusedException notOpen() {
        return new RequestRefusedException(
                Reason.NONCE_NOT_OPEN, "no challenge with this nonce is open for this machine");
    }
}
