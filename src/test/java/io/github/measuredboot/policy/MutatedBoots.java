package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_POST_CODE;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Boots that are not good any more: the log is true, and so are the PCR values. */
final class MutatedBoots {
    static final Bytes EVIL = Bytes.encode("something evil", StandardCharsets.US_ASCII);

    private MutatedBoots() {}

    /**
     * Boots of which a policy rejects each, and to which nothing can be appended that makes them good: in some PCR the good
     * boot does not begin as they do.
     */
    static List<ForgedBoot> rejectedBy(BootPolicy policy, ForgedBoot good) {
        List<ForgedBoot> rejected = new ArrayList<>();
        for (ForgedBoot mutated : all(good)) {
            if (!mutated.judgeHonestly(policy).isAcceptedIfEvidenceIsTrue() && !isBeginningOf(good, mutated)) {
                rejected.add(mutated);
            }
        }
        return rejected;
    }

    private static List<ForgedBoot> all(ForgedBoot good) {
        List<ForgedBoot> mutated = new ArrayList<>();
        for (long pcr : List.of(0L, 4L, 7L)) {
            for (int index : good.indexesOf(pcr)) {
                Forged event = good.events().get(index);
                mutated.add(good.remove(index));
                mutated.add(good.insert(index, good.measured(pcr, event.type(), EVIL, EVIL)));
                mutated.add(good.replace(index, good.measured(pcr, event.type(), EVIL, event.data())));
            }
        }
        int image = good.indexOf(4, EV_EFI_BOOT_SERVICES_APPLICATION);
        mutated.add(good.replace(image, good.measured(4, EV_EFI_ACTION, EVIL, EVIL)));
        mutated.add(good.insert(0, good.measured(0, EV_POST_CODE, EVIL, EVIL)));
        for (long pcr : List.of(8L, 12L, 13L, 14L)) {
            mutated.add(good.append(good.measured(pcr, EV_IPL, EVIL, EVIL)));
        }
        mutated.add(good.append(good.measured(5, EV_EFI_ACTION, EVIL, EVIL)));
        boolean hasVariables = good.indexesOf(7).stream()
                .anyMatch(index -> good.events().get(index).data().length() > 100);
        if (hasVariables) {
            mutated.add(ForgedVariables.change(good, "SecureBoot", on -> Bytes.parseHex("00")));
            mutated.add(ForgedVariables.withMore(good, "db", ForgedVariables.otherHash()));
            mutated.add(ForgedVariables.withLists(good, "dbx", List.of()));
        }
        return mutated;
    }

    private static boolean isBeginningOf(ForgedBoot good, ForgedBoot mutated) {
        HashAlgorithm bank = good.usualBank();
        return Stream.of(0L, 4L, 5L, 7L, 8L, 12L, 13L, 14L).allMatch(pcr -> {
            List<Bytes> whole = good.sequence(pcr, bank);
            List<Bytes> part = mutated.sequence(pcr, bank);
            return part.size() <= whole.size() && whole.subList(0, part.size()).equals(part);
        });
    }
}
