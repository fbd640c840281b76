package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who has the machine after the boot can extend what he likes into any PCR and bank. That may make a good boot a bad one, and
 * never a bad one good.
 */
class AppendedEventsTest {
    private static final int SEQUENCES = 40;

    /** Its states do not say in which order variables, authorities and the separator of PCR 7 are. */
    private static final String TOOL = "the tool in the field";

    private final List<String> wrong = new ArrayList<>();
    private int judged;

    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "systemd-userland", "tpm12-legacy"})
    void noEventMakesABadBootGood(String name) throws Exception {
        ForgedBoot good = ForgedBoot.of(name);
        for (Map.Entry<String, BootPolicy> entry : policies(good).entrySet()) {
            BootPolicy policy = entry.getValue();
            assertEquals(List.of(), BootPolicyTest.rules(good.judgeHonestly(policy)), entry.getKey());
            List<ForgedBoot> bad = MutatedBoots.rejectedBy(policy, good).stream()
                    .filter(boot -> !entry.getKey().equals(TOOL) || hasSeparator(boot, 7))
                    .toList();
            assertTrue(bad.size() > 10, entry.getKey() + ": " + bad.size() + " bad boots");
            List<Forged> events = events(good);
            Random random = new Random(entry.getKey().hashCode());
            for (int i = 0; i < bad.size(); i++) {
                String what = name + " by " + entry.getKey() + ", bad boot " + i;
                for (Forged event : events) {
                    check(what, policy, bad.get(i), event);
                }
                for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                    check(what, policy, bad.get(i), several(events, random));
                }
                for (long pcr : List.of(0L, 2L, 4L, 7L)) {
                    check(what, policy, bad.get(i), allOf(good, pcr));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(judged > 2_000, judged + " judged");
    }

    /** The same with events that have digests of some banks only, judged with the values of all banks. */
    @Test
    void noEventOfSomeBanksMakesABadBootGood() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = good.policy(good.state());
        List<ForgedBoot> bad = MutatedBoots.rejectedBy(policy, good);
        List<Forged> events = events(good);
        Random random = new Random(1);
        for (ForgedBoot boot : bad) {
            for (int i = 0; i < SEQUENCES; i++) {
                Forged[] more = several(events, random);
                for (int j = 0; j < more.length; j++) {
                    more[j] = inSomeBanks(more[j], random);
                }
                Replay replay = boot.append(more).replay();
                judged++;
                if (policy.evaluate(replay.compareWith(replay.expectedValues())).isAcceptedIfEvidenceIsTrue()) {
                    wrong.add("accepted: " + List.of(more));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(judged > 1_000, judged + " judged");
    }

    private static boolean hasSeparator(ForgedBoot boot, long pcr) {
        return boot.sequence(pcr, boot.usualBank()).stream()
                .anyMatch(digest ->
                        MeasuredConstant.of(boot.usualBank(), digest).equals(Optional.of(MeasuredConstant.SEPARATOR)));
    }

    private static Forged inSomeBanks(Forged event, Random random) {
        int chosen = random.nextInt(event.digests().size());
        boolean one = random.nextBoolean();
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < event.digests().size(); i++) {
            if (one == (i == chosen)) {
                digests.add(event.digests().get(i));
            }
        }
        return new Forged(event.pcr(), event.type(), digests, event.data());
    }

    private static Map<String, BootPolicy> policies(ForgedBoot good) throws Exception {
        Map<String, BootPolicy> policies = new LinkedHashMap<>();
        ReferenceState state = good.state();
        policies.put("full", good.policy(state));
        if (good.usualBank().equals(HashAlgorithm.SHA256)) {
            policies.put(TOOL, good.policy(BootPolicyTest.ofTheToolInTheField(state)));
        }
        policies.put("images", good.policy(good.state(Profile.IMAGES)));
        if (good.userspaceLog().isPresent()) {
            policies.put(
                    "userspace",
                    good.policy(good.state(
                            ReferenceStateMaker.builder().pinUserspace(true).build())));
        }
        return policies;
    }

    /** What is pinned, in its own PCR and in others; separators, actions, and what nobody knows. */
    private static List<Forged> events(ForgedBoot good) {
        List<Forged> events = new ArrayList<>();
        for (Forged event : good.events()) {
            boolean isJudged = List.of(0L, 2L, 4L, 5L, 7L).contains(event.pcr());
            if (isJudged && !event.digests().isEmpty()) {
                events.add(event);
                events.add(event.withPcr(event.pcr() == 4 ? 2 : 4));
            }
        }
        for (long pcr : List.of(0L, 1L, 2L, 4L, 5L, 7L, 8L, 9L, 11L, 12L, 13L, 14L, 15L, 23L)) {
            events.add(good.measured(pcr, EV_EFI_BOOT_SERVICES_APPLICATION, MutatedBoots.EVIL, MutatedBoots.EVIL));
            events.add(good.measured(pcr, EV_SEPARATOR, Bytes.wrap(new byte[4]), Bytes.wrap(new byte[4])));
        }
        for (String text : List.of(
                "Calling EFI Application from Boot Option",
                "Returning from EFI Application from Boot Option",
                "Exit Boot Services Invocation")) {
            Bytes action = Bytes.encode(text, StandardCharsets.US_ASCII);
            events.add(good.measured(4, EV_EFI_ACTION, action, action));
            events.add(good.measured(5, EV_EFI_ACTION, action, action));
        }
        return events;
    }

    private static Forged[] several(List<Forged> events, Random random) {
        Forged[] several = new Forged[2 + random.nextInt(5)];
        for (int i = 0; i < several.length; i++) {
            several[i] = events.get(random.nextInt(events.size()));
        }
        return several;
    }

    private static Forged[] allOf(ForgedBoot good, long pcr) {
        return good.indexesOf(pcr).stream().map(good.events()::get).toArray(Forged[]::new);
    }

    private void check(String what, BootPolicy policy, ForgedBoot boot, Forged... more) {
        judged++;
        if (boot.append(more).judgeHonestly(policy).isAcceptedIfEvidenceIsTrue()) {
            wrong.add(what + ": accepted with " + List.of(more));
        }
    }
}
