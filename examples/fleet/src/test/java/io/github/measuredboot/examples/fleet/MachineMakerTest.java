package io.github.measuredboot.examples.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.examples.fleet.MachineMaker.Machine;
import io.github.measuredboot.examples.fleet.MachineMaker.Tampering;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MachineMakerTest {
    private final BootCheck check = new BootCheck(States.NONE);

    private static Machine make(String family, long seed, Tampering tampering) throws Exception {
        return new MachineMaker(Boots.family(family)).make(new SplittableRandom(seed), tampering);
    }

    private Boot check(Machine machine) {
        return check.check(machine.log(), machine.pcrs());
    }

    @Test
    void aSeedMakesOneMachine() throws Exception {
        for (Tampering tampering : Tampering.values()) {
            Machine machine = make("uki-secureboot", 1, tampering);
            Machine again = make("uki-secureboot", 1, tampering);
            assertArrayEquals(machine.log(), again.log());
            assertEquals(machine.pcrs(), again.pcrs());
            assertFalse(Arrays.equals(
                    machine.log(), make("uki-secureboot", 2, tampering).log()));
        }
    }

    @Test
    void honestMachinesVaryOnlyWhereRealOnesDoAndTheirLogsAreTrue() throws Exception {
        for (Family family : Boots.families()) {
            Machine machine = new MachineMaker(family).make(new SplittableRandom(3), Tampering.NONE);
            Boot boot = check(machine);
            assertEquals(Optional.empty(), boot.fault(), family.name());
            assertEquals(List.of(), boot.unexplained(), family.name());
            ReplayedLog made = BootCheck.replay(machine.log(), machine.pcrs());
            ReplayedLog original = BootCheck.replay(family.log(), machine.pcrs());
            HashAlgorithm bank = BootCheck.bank(made).orElseThrow();
            for (int pcr : List.of(0, 2, 3, 4, 6, 7, 8, 9)) {
                assertTrue(original.isReproduced(bank, pcr), family.name() + " PCR " + pcr);
            }
            assertFalse(original.isReproduced(bank, 5), family.name());
        }
    }

    @Test
    void changedEventsStayCovered() throws Exception {
        ReplayedLog before = BootCheck.replay(Boots.log("large"), Boots.pcrs("large"));
        Machine machine = make("large", 4, Tampering.NONE);
        ReplayedLog after = BootCheck.replay(machine.log(), machine.pcrs());
        HashAlgorithm bank = HashAlgorithm.SHA256;
        assertEquals(
                before.verified(bank).events(1).stream()
                        .map(VerifiedEvent::coveredBytes)
                        .map(Optional::isPresent)
                        .toList(),
                after.verified(bank).events(1).stream()
                        .map(VerifiedEvent::coveredBytes)
                        .map(Optional::isPresent)
                        .toList());
        TreeSet<Bytes> orders = new TreeSet<>();
        for (long seed = 0; seed < 20; seed++) {
            orders.add(Bytes.wrap(make("large", seed, Tampering.NONE).log()));
        }
        assertEquals(20, orders.size());
    }

    @Test
    void tamperingShows() throws Exception {
        Boot honest = check(make("uki-secureboot", 5, Tampering.NONE));
        assertEquals(Optional.of(true), honest.keys().secureBoot());

        Boot off = check(make("uki-secureboot", 5, Tampering.SECURE_BOOT_OFF));
        assertEquals(Optional.of(false), off.keys().secureBoot());
        assertEquals(List.of(), off.unexplained());

        Boot otherImage = check(make("uki-secureboot", 5, Tampering.OTHER_IMAGE));
        assertEquals(List.of(), otherImage.unexplained());
        assertEquals(honest.cluster(), otherImage.cluster());
        assertFalse(Arrays.equals(value(honest, 4), value(otherImage, 4)));

        assertFalse(check(make("uki-secureboot", 5, Tampering.EVENT_REMOVED))
                .unexplained()
                .isEmpty());
        Boot truncated = check(make("uki-secureboot", 5, Tampering.TRUNCATED));
        assertTrue(truncated.fault().isPresent() || !truncated.unexplained().isEmpty());

        Machine forged = make("uki-secureboot", 8, Tampering.DATA_FORGED);
        assertEquals(List.of(), check(forged).unexplained());
        assertTrue(uncovered(forged) > uncovered(make("uki-secureboot", 8, Tampering.NONE)));
    }

    private static byte[] value(Boot boot, int pcr) {
        return boot.pcrs().stream()
                .filter(candidate -> candidate.pcr() == pcr)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static long uncovered(Machine machine) throws Exception {
        return BootCheck.replay(machine.log(), machine.pcrs()).verified(HashAlgorithm.SHA256).events().stream()
                .filter(event -> event.coveredBytes().isEmpty())
                .count();
    }
}
