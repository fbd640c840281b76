package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_NO_ACTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.UkiNotFoundException;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No digest covers the type of an event: whatever an attacker writes there, the verdict is the same. EV_NO_ACTION is another
 * matter, for it says that an event was not measured: then the log is another one, and never accepted where it was rejected.
 */
class RelabellingTest {
    private static final List<String> BOOTS = List.of(
            "uki-secureboot",
            "uki-direct",
            "uki-direct-other-cmdline",
            "uki-direct-extra-boot-entry",
            "sdboot-uki",
            "systemd-userland",
            "boot-order-after",
            "two-boots-first",
            "tpm12-legacy",
            "large");
    private static final int RANDOM_LABELLINGS = 100;

    /** With these each event is given each type, with the others all events are given random ones. */
    private static final List<String> ONE_BY_ONE = List.of("full", "the tool in the field");

    private final List<String> wrong = new ArrayList<>();
    private int accepted;
    private int rejected;

    @Test
    void capturedBootsAreAcceptedWhateverTheTypesAre() throws Exception {
        for (String name : BOOTS) {
            ForgedBoot boot = ForgedBoot.of(name);
            for (Map.Entry<String, BootPolicy> policy : policies(boot).entrySet()) {
                String what = name + " by " + policy.getKey();
                Relabelled relabelled = relabelled(boot);
                assertEquals(List.of(), BootPolicyTest.rules(relabelled.judge(policy.getValue())), what);
                relabelMany(what, relabelled, policy.getValue(), true);
                if (ONE_BY_ONE.contains(policy.getKey())) {
                    relabelEach(what, relabelled, policy.getValue(), true);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(accepted > 20_000, accepted + " accepted");
    }

    /** The states of the other boots, and of boots that differ in just one PCR. */
    @Test
    void otherBootsAreRejectedWhateverTheTypesAre() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-direct");
        Map<String, BootPolicy> policies = policies(good);
        for (String name : List.of("uki-direct-other-cmdline", "sdboot-uki", "uki-secureboot")) {
            for (Map.Entry<String, BootPolicy> policy : policies.entrySet()) {
                relabelEach(name + " by " + policy.getKey(), relabelled(ForgedBoot.of(name)), policy.getValue(), false);
            }
        }
        ForgedBoot secured = ForgedBoot.of("uki-secureboot");
        BootPolicy policy = secured.policy(secured.state());
        List<ForgedBoot> mutated = MutatedBoots.rejectedBy(policy, secured);
        for (int i = 0; i < mutated.size(); i++) {
            Relabelled relabelled = relabelled(mutated.get(i));
            relabelMany("mutation " + i, relabelled, policy, false);
            if (i % 6 == 0) {
                relabelEach("mutation " + i, relabelled, policy, false);
            } else {
                relabelJudged("mutation " + i, relabelled, policy);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(rejected > 15_000, rejected + " rejected");
    }

    /** The boots that the attack cases are made of, and what their attackers send. */
    @Test
    void attackCasesKeepTheirVerdictWhateverTheTypesAre() throws Exception {
        Map<Bytes, BootPolicy> policies = new LinkedHashMap<>();
        for (Path folder : folders(TestLogs.shared("attacks"))) {
            Path good = folder.resolve("good.bin");
            Path evil = folder.resolve("evil.bin");
            if (!Files.exists(good) || !Files.exists(folder.resolve("good.pcrs.json"))) {
                continue;
            }
            ForgedBoot boot = ForgedBoot.of(good);
            BootPolicy policy = policies.get(Bytes.wrap(TestLogs.read(good)));
            if (policy == null) {
                policy = boot.policy(stateOf(boot));
                policies.put(Bytes.wrap(TestLogs.read(good)), policy);
                Relabelled relabelled = relabelled(boot, folder.resolve("good.pcrs.json"));
                assertEquals(List.of(), BootPolicyTest.rules(relabelled.judge(policy)), folder.toString());
                relabelEach(folder.getFileName() + " good", relabelled, policy, true);
            }
            if (Files.exists(evil) && Files.exists(folder.resolve("evil.pcrs.json"))) {
                Relabelled relabelled = relabelled(ForgedBoot.of(evil), folder.resolve("evil.pcrs.json"));
                if (!relabelled.judge(policy).isAcceptedIfEvidenceIsTrue()) {
                    relabelMany(folder.getFileName() + " evil", relabelled, policy, false);
                    relabelJudged(folder.getFileName() + " evil", relabelled, policy);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(policies.size() > 5, policies.size() + " good boots");
        assertTrue(accepted > 5_000 && rejected > 10_000, accepted + " accepted, " + rejected + " rejected");
    }

    private static List<Path> folders(Path all) throws IOException {
        try (Stream<Path> entries = Files.list(all)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static ReferenceState stateOf(ForgedBoot boot) throws ReferenceStateException {
        try {
            return boot.state();
        } catch (ReferenceStateException e) {
            return boot.state(Profile.IMAGES);
        }
    }

    private static Map<String, BootPolicy> policies(ForgedBoot boot) throws Exception {
        Map<String, BootPolicy> policies = new LinkedHashMap<>();
        try {
            ReferenceState state = boot.state();
            policies.put("full", boot.policy(state));
            boolean hasSections = !boot.indexesOf(11).isEmpty();
            policies.put(
                    "everything pinned",
                    BootPolicy.of(
                            state,
                            boot.options(state)
                                    .pinSections(hasSections)
                                    .pinDrivers()
                                    .build()));
            if (!state.secureBoot().db().isEmpty()) {
                policies.put("field form", boot.policy(BootPolicyTest.asFieldForm(state)));
                policies.put("the tool in the field", boot.policy(BootPolicyTest.ofTheToolInTheField(state)));
            }
        } catch (UkiNotFoundException e) {
            assertTrue(boot.usualBank().equals(HashAlgorithm.SHA256));
        }
        policies.put("images", boot.policy(boot.state(Profile.IMAGES)));
        return policies;
    }

    private static Relabelled relabelled(ForgedBoot boot) {
        return new Relabelled(boot.log(), boot.userspaceLog(), boot.ownValues(boot.usualBank()));
    }

    private static Relabelled relabelled(ForgedBoot boot, Path values) throws Exception {
        PcrValues all = PcrValuesJson.parse(Bytes.wrap(TestLogs.read(values)));
        boolean isAboutBanks = values.toString().contains("/bank-");
        return new Relabelled(
                boot.log(),
                boot.userspaceLog(),
                isAboutBanks
                        ? all
                        : new PcrValues(List.of(all.bank(boot.usualBank()).orElseThrow())));
    }

    private void relabelEach(String what, Relabelled log, BootPolicy policy, boolean isGood) {
        for (Event event : log.events()) {
            for (EventType type : Relabelled.TYPES) {
                log.set(event, type);
                if (!isGood || isStillMeasured(event, type)) {
                    check(what + ": " + event + " as " + type, log, policy, isGood);
                }
            }
            log.reset(event);
        }
    }

    /** The types that rules might look at, for events of PCRs that are judged. */
    private void relabelJudged(String what, Relabelled log, BootPolicy policy) {
        for (Event event : log.events()) {
            if (event.pcrIndex() != 1 && event.pcrIndex() != 11) {
                for (EventType type : List.of(
                        EV_NO_ACTION,
                        EventType.EV_SEPARATOR,
                        EventType.EV_EFI_ACTION,
                        EventType.EV_EFI_HCRTM_EVENT,
                        EventType.EV_EFI_VARIABLE_AUTHORITY,
                        EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                        EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)) {
                    log.set(event, type);
                    check(what + ": " + event + " as " + type, log, policy, false);
                }
                log.reset(event);
            }
        }
    }

    private void relabelMany(String what, Relabelled log, BootPolicy policy, boolean isGood) {
        Random random = new Random(what.hashCode());
        for (int i = 0; i < RANDOM_LABELLINGS; i++) {
            boolean allMeasured = true;
            boolean withNoAction = !isGood && i % 2 == 0;
            for (Event event : log.events()) {
                EventType type = Relabelled.TYPES.get(random.nextInt(Relabelled.TYPES.size()));
                boolean kept = (!withNoAction && !isStillMeasured(event, type)) || random.nextInt(4) == 0;
                log.set(event, kept ? event.claimedType() : type);
                allMeasured &= kept || isStillMeasured(event, type);
            }
            if (!isGood || allMeasured) {
                check(what + ": random types " + i, log, policy, isGood);
            }
        }
        log.events().forEach(log::reset);
    }

    private static boolean isStillMeasured(Event event, EventType type) {
        return type.equals(EV_NO_ACTION) == event.claimedType().equals(EV_NO_ACTION);
    }

    private void check(String what, Relabelled log, BootPolicy policy, boolean mustBeAccepted) {
        Verdict verdict = log.judge(policy);
        boolean isAccepted = verdict.isAcceptedIfEvidenceIsTrue();
        if (isAccepted) {
            accepted++;
        } else {
            rejected++;
        }
        if (isAccepted != mustBeAccepted) {
            wrong.add(what + (isAccepted ? " accepted" : " rejected: " + BootPolicyTest.rules(verdict)));
        }
    }
}
