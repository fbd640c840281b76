package io.github.measuredboot.policy;

import static io.github.measuredboot.testing.ReferenceStates.digest;
import static io.github.measuredboot.testing.ReferenceStates.sha1;
import static io.github.measuredboot.testing.ReferenceStates.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.FirstUsePins.BootId;
import io.github.measuredboot.policy.FirstUsePins.ChangedPcr;
import io.github.measuredboot.policy.FirstUsePins.Pcr;
import io.github.measuredboot.policy.FirstUsePins.Reason;
import io.github.measuredboot.policy.FirstUsePins.Result;
import io.github.measuredboot.policy.FirstUsePins.Scope;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FirstUsePinsTest {
    private static final Scope BOOT_1 = scope(1, 1);
    private static final Pcr PCR_11 = new Pcr(HashAlgorithm.SHA256, 11);
    private static final Pcr PCR_12 = new Pcr(HashAlgorithm.SHA256, 12);

    @Test
    void valuesArePinnedWhenTheyAreFirstSeen() {
        Result result = FirstUsePins.NONE.check(BOOT_1, values(Map.of(11, 1)));
        assertEquals(Optional.of(Reason.FIRST_USE), result.repinned());
        assertEquals(List.of(PCR_11), result.newlyPinned());
        assertTrue(result.ukiIsComparable());
        assertTrue(result.isAccepted());
    }

    @Test
    void withinABootAndUkiTheyHaveToStay() {
        FirstUsePins pins = pinned(Map.of(11, 1));
        Result same = pins.check(BOOT_1, values(Map.of(11, 1, 12, 5)));
        assertEquals(Optional.empty(), same.repinned());
        assertEquals(List.of(PCR_11), same.matched());
        assertEquals(List.of(PCR_12), same.newlyPinned());
        assertTrue(same.isAccepted());

        Result changed = same.pins().check(BOOT_1, values(Map.of(11, 2, 12, 5)));
        assertEquals(List.of(new ChangedPcr(PCR_11, value(1), value(2))), changed.changed());
        assertEquals(List.of(PCR_12), changed.matched());
        assertFalse(changed.isAccepted());
        assertEquals(same.pins(), changed.pins());
    }

    @Test
    void aPinnedPcrThatIsNotShownIsMissing() {
        Result result = pinned(Map.of(11, 1, 12, 2)).check(BOOT_1, values(Map.of(12, 2)));
        assertEquals(List.of(PCR_11), result.missing());
        assertFalse(result.isAccepted());
        Result otherBank = pinned(Map.of(11, 1))
                .check(
                        BOOT_1,
                        new PcrValues(List.of(PcrBank.of(
                                HashAlgorithm.SHA1,
                                Map.of(11, digest(HashAlgorithm.SHA1, 1).value())))));
        assertEquals(List.of(PCR_11), otherBank.missing());
        assertEquals(List.of(new Pcr(HashAlgorithm.SHA1, 11)), otherBank.newlyPinned());
        assertFalse(otherBank.isAccepted());
        assertFalse(otherBank
                .pins()
                .check(
                        BOOT_1,
                        otherBank
                                .pins()
                                .values()
                                .bank(HashAlgorithm.SHA1)
                                .map(List::of)
                                .map(PcrValues::new)
                                .orElseThrow())
                .isAccepted());
    }

    @Test
    void aNewBootAndANewUkiPinAnewAndSaySo() {
        FirstUsePins pins = pinned(Map.of(11, 1, 12, 2));
        Result boot = pins.check(scope(2, 1), values(Map.of(11, 9)));
        assertEquals(Optional.of(Reason.NEW_BOOT), boot.repinned());
        assertEquals(List.of(PCR_11), boot.newlyPinned());
        assertTrue(boot.isAccepted());
        assertEquals(values(Map.of(11, 9)), boot.pins().values());

        assertEquals(
                Optional.of(Reason.NEW_UKI),
                pins.check(scope(1, 2), values(Map.of(11, 9))).repinned());
    }

    /** An attacker extends a PCR, and then has only the other bank quoted, in which the UKI has another digest. */
    @Test
    void aUkiThatIsOnlyKnownInAnotherBankDoesNotPinAnew() {
        FirstUsePins pins = pinned(Map.of(11, 1));
        Scope inAnotherBank = new Scope(BOOT_1.boot(), sha1(1));
        PcrValues ofAnotherBank = new PcrValues(List.of(PcrBank.of(
                HashAlgorithm.SHA1, Map.of(11, digest(HashAlgorithm.SHA1, 9).value()))));
        for (PcrValues found :
                List.of(ofAnotherBank, values(Map.of(11, 1)), values(Map.of(11, 2)), values(Map.of(12, 1)))) {
            Result result = pins.check(inAnotherBank, found);
            assertEquals(Optional.empty(), result.repinned());
            assertFalse(result.ukiIsComparable());
            assertFalse(result.isAccepted(), found.toString());
            assertEquals(List.of(), result.newlyPinned());
            assertEquals(pins, result.pins());
        }
        Result changed = pins.check(inAnotherBank, values(Map.of(11, 2)));
        assertEquals(List.of(new ChangedPcr(PCR_11, value(1), value(2))), changed.changed());
        assertTrue(pins.check(BOOT_1, values(Map.of(11, 1))).isAccepted(), "and in the pinned bank all is well again");
        Scope unknownUki = new Scope(BOOT_1.boot(), DigestSet.EMPTY);
        assertFalse(pins.check(unknownUki, values(Map.of(11, 1))).isAccepted());
    }

    @Test
    void theUkiThatWasPinnedStaysTheOneToCompareWith() {
        DigestSet both = DigestSet.of(digest(HashAlgorithm.SHA1, 1), digest(HashAlgorithm.SHA256, 1));
        Scope first = new Scope(BOOT_1.boot(), both);
        FirstUsePins pins =
                FirstUsePins.NONE.check(first, values(Map.of(11, 1))).pins();
        FirstUsePins later = pins.check(new Scope(BOOT_1.boot(), sha1(1)), values(Map.of(11, 1)))
                .pins();
        assertEquals(Optional.of(first), later.scope());
        DigestSet drifted = DigestSet.of(digest(HashAlgorithm.SHA1, 1), digest(HashAlgorithm.SHA256, 2));
        assertEquals(
                Optional.of(Reason.NEW_UKI),
                later.check(new Scope(BOOT_1.boot(), drifted), values(Map.of(11, 1)))
                        .repinned());
    }

    @Test
    void bootsAreToldApartByBothCounters() {
        assertEquals(BootId.ofCounts(3, 1), BootId.ofCounts(3, 1));
        assertNotEquals(BootId.ofCounts(3, 1), BootId.ofCounts(3, 2));
        assertNotEquals(BootId.ofCounts(3, 1), BootId.ofCounts(31, 1));
    }

    @Test
    void pinsBelongToABoot() {
        PcrValues values = values(Map.of(11, 1));
        assertThrows(IllegalArgumentException.class, () -> new FirstUsePins(Optional.empty(), values));
    }

    record Step(Scope scope, Map<Integer, Integer> values) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Scope> scopes = Combinators.combine(Arbitraries.of(1, 1, 1, 2), Arbitraries.of(1, 1, 1, 2))
                .as(FirstUsePinsTest::scope);
        Arbitrary<Map<Integer, Integer>> values = Arbitraries.maps(
                        Arbitraries.integers().between(11, 14), Arbitraries.of(1, 1, 1, 2))
                .ofMaxSize(4);
        return Combinators.combine(scopes, values).as(Step::new).list().ofMaxSize(30);
    }

    @Property
    void aSequenceOfChecksAgreesWithAMapOfFirstValues(@ForAll("steps") List<Step> steps) {
        FirstUsePins pins = FirstUsePins.NONE;
        Scope scope = null;
        Map<Integer, Integer> first = new HashMap<>();
        for (Step step : steps) {
            boolean isSameScope = step.scope.equals(scope);
            if (!isSameScope) {
                first.clear();
                scope = step.scope;
            }
            Result result = pins.check(step.scope, values(step.values));
            assertEquals(isSameScope, result.repinned().isEmpty());
            assertEquals(
                    first.keySet().stream()
                            .filter(pcr -> !step.values.containsKey(pcr))
                            .count(),
                    result.missing().size());
            long changed = step.values.entrySet().stream()
                    .filter(entry -> !first.getOrDefault(entry.getKey(), entry.getValue())
                            .equals(entry.getValue()))
                    .count();
            assertEquals(changed, result.changed().size());
            long unknown = step.values.keySet().stream()
                    .filter(pcr -> !first.containsKey(pcr))
                    .count();
            assertEquals(unknown, result.newlyPinned().size());
            assertEquals(
                    step.values.size() - changed - unknown, result.matched().size());
            step.values.forEach(first::putIfAbsent);
            pins = result.pins();
            assertEquals(Optional.of(step.scope), pins.scope());
            assertEquals(values(first), pins.values());
        }
    }

    private static FirstUsePins pinned(Map<Integer, Integer> values) {
        return FirstUsePins.NONE.check(BOOT_1, values(values)).pins();
    }

    private static Scope scope(int boot, int uki) {
        return new Scope(BootId.ofCounts(boot, 0), sha256(uki));
    }

    private static Bytes value(int filledWith) {
        return digest(HashAlgorithm.SHA256, filledWith).value();
    }

    private static PcrValues values(Map<Integer, Integer> filledWith) {
        TreeMap<Integer, Bytes> values = new TreeMap<>();
        filledWith.forEach((pcr, fill) -> values.put(pcr, value(fill)));
        return new PcrValues(List.of(new PcrBank(HashAlgorithm.SHA256, values)));
    }
}
