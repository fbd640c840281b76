package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.examples.verifier.domain.Attestation.Answer;
import io.github.measuredboot.examples.verifier.domain.Attestation.Case;
import io.github.measuredboot.examples.verifier.domain.Attestation.Challenge;
import io.github.measuredboot.examples.verifier.domain.Attestation.Result;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Groups;
import io.github.measuredboot.examples.verifier.store.Reporters;
import io.github.measuredboot.examples.verifier.store.Reporters.Reporter;
import io.github.measuredboot.json.AttestationRecordJson;
import io.github.measuredboot.json.FirstUsePinsJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.VerdictJson;
import io.github.measuredboot.policy.AttestationRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Stores judgements with all that they were given by, one transaction each. */
final class Ledger {
    /** How many attestations of a machine there may be beyond those that are kept: they are forgotten together. */
    private static final int FORGOTTEN_AT_ONCE = 16;

    /** What is written is what is read next. */
    private static final int MOST_RECORDS = 4096;

    private final Database database;
    private final Timing timing;
    private final StatusFeed feed;
    private final int historySize;
    private final Contents contents = new Contents();
    private final Recent<AttestationRecord> records = Recent.ofNumber(MOST_RECORDS);

    Ledger(Database database, Timing timing, StatusFeed feed, int historySize) {
        this.database = database;
        this.timing = timing;
        this.feed = feed;
        this.historySize = historySize;
    }

    /** What a judgement makes of the record of a machine. */
    private record Standing(AttestationRecord record, AttestationRecord.Status status, Instant now) {
        long reports() {
            return record.attestationCount();
        }
    }

    /** {@return the result; empty if the machine is not as it was read, and nothing was stored} */
    Optional<Result> enter(Case given, Judgement judgement, Challenge next) {
        Optional<byte[]> verdict = judgement.verdict().map(VerdictJson::write).map(Ledger::utf8);
        Standing standing = standing(given.machine(), judgement);
        Reporters.Progress progress = progress(given, judgement, standing, next);
        AtomicBoolean isFirstAttempt = new AtomicBoolean(true);
        return database.inTransaction(handle -> {
            boolean isFirst = isFirstAttempt.getAndSet(false);
            if (!Reporters.moveOn(handle.getConnection(), given.machine(), progress, standing.now)) {
                return Optional.empty();
            }
            Attestations.insert(handle.getConnection(), row(handle, given, judgement, verdict, standing, isFirst));
            forget(handle, given.machine(), standing);
            announce(handle, given.machine(), standing);
            return Optional.of(new Result(given.machine().number(), judgement, standing.status, next));
        });
    }

    private Standing standing(Reporter machine, Judgement judgement) {
        Instant now = timing.now();
        AttestationRecord before = records.get(machine.record(), Stored::record);
        AttestationRecord record = before.add(new AttestationRecord.Report(
                        before.generation(), machine.number(), now, judgement.isAccepted()))
                .record();
        return new Standing(record, timing.assess(record).status(), now);
    }

    private Reporters.Progress progress(Case given, Judgement judgement, Standing standing, Challenge next) {
        Instant last =
                standing.record.newest().map(AttestationRecord.Report::at).orElse(standing.now);
        String record = AttestationRecordJson.write(standing.record);
        records.put(record, standing.record);
        return new Reporters.Progress(
                record,
                judgement.pins().equals(given.pins())
                        ? given.machine().pins()
                        : FirstUsePinsJson.write(judgement.pins()),
                standing.status.name(),
                timing.dueAfter(last),
                next.toRow());
    }

    private Attestations.Row row(
            Handle handle,
            Case given,
            Judgement judgement,
            Optional<byte[]> verdict,
            Standing standing,
            boolean isFirstAttempt) {
        Answer answer = given.answer();
        Measurements logs = given.submission().logs();
        Optional<String> userspaceHash = answer.userspaceLog().map(Attestation.Part::sha256);
        contents.put(handle, answer.log().sha256(), logs.log(), isFirstAttempt);
        userspaceHash.ifPresent(
                hash -> contents.put(handle, hash, logs.userspaceLog().orElseThrow(), isFirstAttempt));
        Optional<String> verdictHash = verdict.map(Blobs::hash);
        verdictHash.ifPresent(hash -> contents.put(handle, hash, verdict.get(), isFirstAttempt));
        return new Attestations.Row(
                given.machine().id(),
                given.machine().number(),
                standing.now,
                Group.id(judgement.outcome()),
                judgement.message(),
                given.states().stream().map(state -> Long.toString(state.id())).collect(Collectors.joining(",")),
                judgement.state().map(state -> stateId(handle, given, state, standing.now)),
                verdictHash,
                answer.log().sha256(),
                userspaceHash,
                answer.nonce(),
                answer.attest(),
                answer.signature(),
                answer.pcrValues(),
                given.submission().pcrs().toString(),
                given.machine().pins());
    }

    private static long stateId(Handle handle, Case given, KnownState state, Instant now) {
        if (state.id() != Attestation.NEW_STATE) {
            return state.id();
        }
        String json = ReferenceStateJson.write(state.state(), ReferenceStateJson.Form.FULL);
        return Groups.addState(
                handle,
                given.group().name(),
                Optional.of(given.machine().id()),
                "first use",
                Blobs.put(handle, utf8(json)),
                now);
    }

    private void forget(Handle handle, Reporter machine, Standing standing) throws SQLException {
        if (standing.reports() % FORGOTTEN_AT_ONCE == 0) {
            Attestations.forgetThrough(handle.getConnection(), machine.id(), machine.number() - historySize);
        }
    }

    private void announce(Handle handle, Reporter machine, Standing standing) {
        if (!machine.status().equals(standing.status.name())) {
            handle.afterCommit(() -> feed.publish(new StatusFeed.Change(
                    machine.id(), machine.name(), machine.status(), standing.status.name(), standing.now)));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
