package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.examples.verifier.store.Blobs;
import io.github.measuredboot.examples.verifier.store.Database;
import io.github.measuredboot.examples.verifier.store.Enrolments;
import java.util.List;

/** The service without its network: what each part of it does. */
public final class VerifierService {
    private final Database database;
    private final Timing timing;
    private final StatusFeed feed = new StatusFeed();
    private final EnrolmentDesk enrolment;
    private final Attestation attestation;
    private final Fleet fleet;
    private final GroupDesk groups;
    private final Inspection inspection;

    /**
     * Puts the parts together.
     *
     * @param database the database
     * @param timing the clock, and how often machines report
     * @param roots at which certificates of endorsement keys may end
     * @param historySize how many attestations of a machine are kept
     */
    public VerifierService(Database database, Timing timing, List<TpmCertificate> roots, int historySize) {
        States states = new States();
        this.database = database;
        this.timing = timing;
        this.enrolment = new EnrolmentDesk(database, timing, feed, roots);
        this.attestation = new Attestation(database, timing, feed, states, historySize);
        this.fleet = new Fleet(database, timing, feed);
        this.groups = new GroupDesk(database, timing);
        this.inspection = new Inspection(database, fleet, states);
    }

    public EnrolmentDesk enrolment() {
        return enrolment;
    }

    public Attestation attestation() {
        return attestation;
    }

    public Fleet fleet() {
        return fleet;
    }

    public GroupDesk groups() {
        return groups;
    }

    public Inspection inspection() {
        return inspection;
    }

    public StatusFeed feed() {
        return feed;
    }

    public Timing timing() {
        return timing;
    }

    /** {@return whether the database answers} */
    public boolean isReady() {
        return database.isReady();
    }

    /** Removes what nothing needs any more. */
    public void sweep() {
        database.inTransaction(handle -> {
            Enrolments.removeExpired(handle, timing.now());
            return Blobs.sweep(handle);
        });
    }
}
