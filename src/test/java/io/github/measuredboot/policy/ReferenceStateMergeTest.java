package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.SecureBoot;
import io.github.measuredboot.policy.ReferenceStateDiff.Part;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class ReferenceStateMergeTest {
    @Test
    void bootsOfOneMachineDoNotVary() throws Exception {
        ReferenceState first = ForgedBoot.state("two-boots-first");
        ReferenceStateMerge merge = ReferenceStateMerge.of(List.of(first, ForgedBoot.state("two-boots-second")));
        assertEquals(first, merge.state());
        assertEquals(Set.of(), merge.varied());
    }

    /** Other firmware, and the keys of the machine with Secure Boot. */
    @Test
    void eachBootIsAcceptedAgainstTheMergedState() throws Exception {
        ReferenceState direct = ForgedBoot.state("uki-direct");
        ReferenceState secured = ForgedBoot.state("uki-secureboot");
        ReferenceState other = new ReferenceState(
                List.of(new Firmware(ReferenceStates.sha256(1), List.of(ReferenceStates.sha256(2)))),
                secured.secureBoot(),
                direct.uki(),
                List.of(),
                List.of());
        ReferenceStateMerge merge = ReferenceStateMerge.of(List.of(direct, other, direct));
        assertEquals(Set.of(Part.FIRMWARE, Part.PK, Part.KEK, Part.DB, Part.DBX), merge.varied());
        assertEquals(2, merge.state().firmware().size());
        assertEquals(List.of(), merge.state().secureBoot().dbx());
        PolicyOptions options = PolicyOptions.defaultsFor(merge.state()).withSecureBootRequired(false);
        Verdict verdict = UkiPolicy.of(merge.state(), options)
                .evaluate(Replay.of(ForgedBoot.log("uki-direct")).compareWith(ForgedBoot.values("uki-direct")));
        assertEquals(List.of(), verdict.rejections());
    }

    @Test
    void anotherUkiIsAnotherState() throws Exception {
        List<ReferenceState> states =
                List.of(ForgedBoot.state("uki-direct"), ForgedBoot.state("uki-direct-other-cmdline"));
        ReferenceStateMerge.NotMergeableException e =
                assertThrows(ReferenceStateMerge.NotMergeableException.class, () -> ReferenceStateMerge.of(states));
        assertEquals(Set.of(Part.UKI_DIGEST, Part.UKI_SECTIONS), e.parts());
        ReferenceState sha1 = ForgedBoot.state("uki-direct").onlyBank(HashAlgorithm.SHA1);
        ReferenceState sha256 = ForgedBoot.state("uki-direct").onlyBank(HashAlgorithm.SHA256);
        assertThrows(
                ReferenceStateMerge.NotMergeableException.class, () -> ReferenceStateMerge.of(List.of(sha1, sha256)));
        assertEquals(
                sha1.uki(),
                ReferenceStateMerge.of(List.of(ForgedBoot.state("uki-direct"), sha1))
                        .state()
                        .uki());
    }

    @Test
    void nothingToMerge() {
        assertThrows(IllegalArgumentException.class, () -> ReferenceStateMerge.of(List.of()));
    }

    @Property(tries = 200)
    @Domain(ReferenceStates.class)
    void aStateWithItselfIsItself(@ForAll ReferenceState state) throws Exception {
        ReferenceStateMerge merge = ReferenceStateMerge.of(List.of(state, state));
        assertEquals(Set.of(), merge.varied());
        assertEquals(
                List.of(),
                ReferenceStateDiff.between(state, withDistinct(state, merge.state()))
                        .changes());
    }

    private static ReferenceState withDistinct(ReferenceState state, ReferenceState merged) {
        assertEquals(state.firmware().stream().distinct().toList(), merged.firmware());
        SecureBoot keys = merged.secureBoot();
        return new ReferenceState(state.firmware(), keys, merged.uki(), merged.userspaceDigests(), merged.provenance());
    }
}
