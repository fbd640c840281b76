package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.refstate.ReferenceStateMerge;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Proposes a reference state for a cluster: of one machine for each variant that is not rare, merged. What never varies is pinned, also
 * where a state leaves it free otherwise.
 */
final class Proposals {
    private static final List<Integer> SETTINGS = List.of(1, 2, 3, 6);
    private static final List<Integer> WITHOUT_UKI = List.of(8, 9, 14);

    /**
     * A proposal.
     *
     * @param json the state as it is stored; empty if there is none
     * @param reason why there is none
     */
    record Proposal(Optional<String> json, String reason) {}

    private Proposals() {}

    /**
     * Proposes a state.
     *
     * @param cluster its name, for the provenance
     * @param examples the evidence of one machine for each variant
     * @param constant the PCRs that never vary in the cluster
     */
    static Proposal propose(String cluster, List<ReplayedLog> examples, SortedSet<Integer> constant) {
        String reason = "no machine can stand for the others";
        for (Profile profile : List.of(Profile.UKI, Profile.IMAGES)) {
            try {
                List<ReferenceState> states = new ArrayList<>();
                for (ReplayedLog example : examples) {
                    states.add(Enrolment.enrol(example, maker(cluster, profile, constant)));
                }
                if (!states.isEmpty()) {
                    ReferenceState state = ReferenceStateMerge.of(states).state();
                    return new Proposal(Optional.of(ReferenceStateJson.write(state, ReferenceStateJson.Form.FULL)), "");
                }
            } catch (ReferenceStateException e) {
                reason = e.getMessage();
            }
        }
        return new Proposal(Optional.empty(), reason);
    }

    /** {@return evidence that was checked before; empty if an earlier boot of the machine has a fault} */
    static Optional<ReplayedLog> example(byte[] log, String pcrs) {
        try {
            return Optional.of(BootCheck.replay(log, pcrs));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    private static ReferenceStateMaker maker(String cluster, Profile profile, SortedSet<Integer> constant) {
        ReferenceStateMaker.Builder maker = ReferenceStateMaker.builder()
                .profile(profile)
                .provenance(new Provenance(
                        Optional.of("cluster " + cluster),
                        Optional.of("examples/fleet"),
                        Optional.empty(),
                        DigestSet.EMPTY,
                        Optional.empty()));
        SortedSet<Integer> pinned = new TreeSet<>(SETTINGS);
        if (profile == Profile.IMAGES) {
            pinned.addAll(WITHOUT_UKI);
        }
        pinned.retainAll(constant);
        pinned.forEach(pcr -> maker.mode(pcr, PcrMode.SEQUENCE));
        return maker.build();
    }
}
