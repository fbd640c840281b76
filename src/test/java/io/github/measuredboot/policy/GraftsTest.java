package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** UKI boots on the firmware of real machines: each is accepted by its own state, and no event of it can be changed. */
class GraftsTest {
    private static final List<Long> PINNED = List.of(0L, 4L, 7L, 12L, 13L);
    private static final int MACHINES = 62;

    private final List<String> wrong = new ArrayList<>();
    private int judged;

    private record Machine(String name, String firmware, boolean hasSecureBoot, ForgedBoot boot) {}

    private static List<Machine> machines() throws IOException {
        Path folder = TestLogs.shared("grafts");
        List<Machine> machines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("index.tsv"))) {
            String[] columns = line.split("\t", -1);
            if (!columns[0].equals("name")) {
                ForgedBoot boot = ForgedBoot.of(folder.resolve(columns[0] + ".bin"));
                machines.add(new Machine(columns[0], columns[3], columns[2].equals("on"), boot));
            }
        }
        return machines;
    }

    @Test
    void everyMachineIsAcceptedByItsOwnState() throws Exception {
        int accepted = 0;
        for (Machine machine : machines()) {
            ForgedBoot boot = machine.boot;
            BootPolicy policy = boot.policy(boot.state());
            PcrValues own = boot.ownValues();
            assertContains(own, valuesOf(machine));
            Verdict verdict = boot.judge(policy, own);
            if (verdict.isAcceptedIfEvidenceIsTrue()) {
                accepted++;
            } else {
                wrong.add(machine.name + ": " + verdict.rejections());
            }
            assertEquals(
                    machine.hasSecureBoot,
                    boot.judgeHonestly(BootPolicy.of(boot.state())).isAcceptedIfEvidenceIsTrue(),
                    machine.name + ": Secure Boot");
        }
        assertEquals(List.of(), wrong);
        assertEquals(MACHINES, accepted);
    }

    private static PcrValues valuesOf(Machine machine) throws MalformedDataException {
        Path file = TestLogs.shared("grafts").resolve(machine.name + ".pcrs.json");
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(file)));
    }

    /** The files have the values of the PCRs that are extended; a TPM has those of all. */
    private static void assertContains(PcrValues all, PcrValues some) {
        for (PcrBank bank : some.banks()) {
            bank.values().forEach((pcr, value) -> assertEquals(Optional.of(value), all.value(bank.algorithm(), pcr)));
        }
    }

    /** Logs of one firmware are accepted by each other's state where what is pinned is the same. */
    @Test
    void everyMachineIsAcceptedByTheStateOfItsTwin() throws Exception {
        Map<String, List<Machine>> byFirmware = new LinkedHashMap<>();
        for (Machine machine : machines()) {
            byFirmware
                    .computeIfAbsent(machine.firmware, firmware -> new ArrayList<>())
                    .add(machine);
        }
        int pairs = 0;
        for (List<Machine> twins : byFirmware.values()) {
            for (Machine one : twins) {
                BootPolicy policy = one.boot.policy(one.boot.state());
                for (Machine other : twins) {
                    if (one != other && hasSamePins(one.boot, other.boot)) {
                        pairs++;
                        Verdict verdict = other.boot.judgeHonestly(policy);
                        if (!verdict.isAcceptedIfEvidenceIsTrue()) {
                            wrong.add(other.name + " by the state of " + one.name + ": " + verdict.rejections());
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(pairs > 5, pairs + " pairs");
    }

    private static boolean hasSamePins(ForgedBoot one, ForgedBoot other) {
        HashAlgorithm bank = one.usualBank();
        return bank.equals(other.usualBank())
                && Stream.of(0L, 4L, 7L, 8L, 12L, 13L, 14L)
                        .allMatch(pcr -> one.sequence(pcr, bank).equals(other.sequence(pcr, bank)));
    }

    /** The PCR values are those of the changed sequence: it is the policy that rejects, and not the replay. */
    @Test
    void noEventCanBeChangedAddedDroppedMovedOrDoubled() throws Exception {
        for (Machine machine : machines()) {
            ForgedBoot boot = machine.boot;
            BootPolicy policy = boot.policy(boot.state());
            for (long pcr : PINNED) {
                mutate(machine.name, boot, pcr, policy);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(judged > 14_000, judged + " judged");
    }

    private void mutate(String name, ForgedBoot boot, long pcr, BootPolicy policy) {
        List<Integer> at = boot.indexesOf(pcr);
        List<Forged> events = at.stream().map(boot.events()::get).toList();
        List<Forged> foreign = foreign(boot, pcr);
        for (int i = 0; i < events.size(); i++) {
            String what = name + " PCR " + pcr + " event " + i + " of " + events.size();
            List<Forged> changed = new ArrayList<>(events);
            changed.set(i, events.get(i).withDigests(GraftsTest::flipped));
            check(what + " changed", boot, pcr, changed, policy);
            changed.set(i, boot.measured(pcr, events.get(i).type(), MutatedBoots.EVIL, MutatedBoots.EVIL));
            check(what + " replaced", boot, pcr, changed, policy);
            List<Forged> dropped = new ArrayList<>(events);
            dropped.remove(i);
            check(what + " dropped", boot, pcr, dropped, policy);
            List<Forged> doubled = new ArrayList<>(events);
            doubled.add(i, events.get(i));
            check(what + " doubled", boot, pcr, doubled, policy);
            for (int to = 0; to < events.size(); to++) {
                List<Forged> moved = new ArrayList<>(events);
                moved.add(to, moved.remove(i));
                check(what + " moved to " + to, boot, pcr, moved, policy);
            }
        }
        for (int i = 0; i <= events.size(); i++) {
            for (Forged added : foreign) {
                List<Forged> more = new ArrayList<>(events);
                more.add(i, added);
                String what = name + " PCR " + pcr + ": " + added.type() + " added at " + i + " of " + events.size();
                check(what, boot, pcr, more, policy);
            }
        }
    }

    private static List<Forged> foreign(ForgedBoot boot, long pcr) {
        Bytes zeros = Bytes.wrap(new byte[4]);
        Bytes action = Bytes.encode("Calling EFI Application from Boot Option", StandardCharsets.US_ASCII);
        List<Forged> foreign = new ArrayList<>();
        foreign.add(boot.measured(pcr, EV_IPL, MutatedBoots.EVIL, MutatedBoots.EVIL));
        if (pcr < 8) {
            foreign.add(boot.measured(pcr, EV_SEPARATOR, zeros, zeros));
            foreign.add(boot.measured(pcr, EV_EFI_ACTION, action, action));
            foreign.add(
                    boot.events().get(boot.indexesOf(pcr == 4 ? 0 : 4).get(0)).withPcr(pcr));
        }
        return foreign;
    }

    private static Digest flipped(Digest digest) {
        byte[] value = digest.value().toByteArray();
        value[value.length - 1] ^= 1;
        return new Digest(digest.algorithm(), Bytes.wrap(value));
    }

    private void check(String what, ForgedBoot boot, long pcr, List<Forged> sequence, BootPolicy policy) {
        List<Forged> events = new ArrayList<>(boot.events());
        List<Integer> at = boot.indexesOf(pcr);
        for (int i = 0; i < Math.min(at.size(), sequence.size()); i++) {
            events.set(at.get(i), sequence.get(i));
        }
        if (sequence.size() > at.size()) {
            events.addAll(sequence.subList(at.size(), sequence.size()));
        }
        for (int i = at.size() - 1; i >= sequence.size(); i--) {
            events.remove((int) at.get(i));
        }
        ForgedBoot mutated = boot.with(events);
        HashAlgorithm bank = boot.usualBank();
        if (mutated.sequence(pcr, bank).equals(boot.sequence(pcr, bank))) {
            return;
        }
        judged++;
        if (mutated.judgeHonestly(policy).isAcceptedIfEvidenceIsTrue()) {
            wrong.add(what + " accepted");
        }
    }
}
