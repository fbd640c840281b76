package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.MachineRow;
import io.github.measuredboot.examples.verifier.store.Machines;
import io.github.measuredboot.policy.AttestationRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines as an operator sees them. */
public final class Fleet {
    private static final int MAX_AT_ONCE = 1000;

    /**
     * A machine and its status.
     *
     * @param id its id, a new one with each enrolment
     * @param name what it calls itself
     * @param group its group
     * @param identity how far it is proved that its key is in a TPM
     * @param ekName the name of the endorsement key of its TPM
     * @param status its status now
     * @param missedIntervals how many reports are missing, up to five
     * @param enrolledAt when it was enrolled
     * @param attestations how many there were
     * @param consecutiveFailures how many of the last ones were not accepted
     * @param lastReport when it reported last
     * @param lastSuccess when it was accepted last
     */
    public record Machine(
            String id,
            String name,
            String group,
            String identity,
            String ekName,
            AttestationRecord.Status status,
            int missedIntervals,
            Instant enrolledAt,
            long attestations,
            long consecutiveFailures,
            Optional<Instant> lastReport,
            Optional<Instant> lastSuccess) {}

    private final Database database;
    private final Timing timing;
    private final StatusFeed feed;

    Fleet(Database database, Timing timing, StatusFeed feed) {
        this.database = database;
        this.timing = timing;
        this.feed = feed;
    }

    /** {@return all machines, by name} */
    public List<Machine> machines() {
        return database.read(Machines::all).stream().map(this::describe).toList();
    }

    /** {@return how many machines have each status now} */
    public Map<AttestationRecord.Status, Long> countByStatus() {
        Map<AttestationRecord.Status, Long> counts = new EnumMap<>(AttestationRecord.Status.class);
        for (AttestationRecord.Status status : AttestationRecord.Status.values()) {
            counts.put(status, 0L);
        }
        machines().forEach(machine -> counts.merge(machine.status, 1L, Long::sum));
        return counts;
    }

    /** {@return one machine} */
    public Machine machine(String id) {
        return describe(row(id));
    }

    MachineRow row(String id) {
        return database.read(handle -> Machines.byId(handle, id)).orElseThrow(Fleet::unknown);
    }

    private Machine describe(MachineRow row) {
        AttestationRecord record = Stored.record(row.record());
        AttestationRecord.Assessment now = timing.assess(record);
        return new Machine(
                row.id(),
                row.name(),
                row.groupName(),
                row.identityLevel(),
                row.ekName(),
                now.status(),
                now.missedIntervals(),
                record.enrolledAt(),
                record.attestationCount(),
                record.consecutiveFailures(),
                record.newest().map(AttestationRecord.Report::at),
                record.lastSuccess().map(AttestationRecord.Report::at));
    }

    /** {@return the attestations of a machine that are kept, the newest first} */
    public List<Attestations.Row> history(String id) {
        row(id);
        return database.read(handle -> Attestations.all(handle, id, MAX_AT_ONCE));
    }

    /** Forgets a machine and all that is known about it. A report that is on its way finds no open challenge. */
    public void remove(String id) {
        MachineRow row = row(id);
        database.inTransaction(handle -> {
            if (!Machines.remove(handle, id)) {
                throw unknown();
            }
            return handle.afterCommit(
                    () -> feed.publish(new StatusFeed.Change(id, row.name(), row.status(), "REMOVED", timing.now())));
        });
    }

    /** Announces the machines that have timed out since the last time. */
    public void announceTimeouts() {
        Instant now = timing.now();
        for (MachineRow row : database.read(handle -> Machines.overdue(handle, now, MAX_AT_ONCE))) {
            String status = timing.assess(Stored.record(row.record())).status().name();
            database.inTransaction(handle -> {
                if (Machines.announce(handle, row.id(), row.status(), status)) {
                    handle.afterCommit(
                            () -> feed.publish(new StatusFeed.Change(row.id(), row.name(), row.status(), status, now)));
                }
                return status;
            });
        }
    }

    static RequestRefusedException unknown() {
        return new RequestRefusedException(Reason.NOT_FOUND, "there is no such machine");
    }
}
