package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_POST_CODE;
import static io.github.measuredboot.policy.BootPolicyTest.rules;
import static io.github.measuredboot.policy.MutatedBoots.EVIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.policy.PolicyOptions.Builder;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What each option gives up: a boot that is rejected is accepted with just this option, and with no other. */
class PolicyOptionsTest {
    @Test
    void eachOptionLetsPassWhatItSaysAndNothingElse() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        ReferenceState state = BootPolicyTest.ofTheToolInTheField(good.state());
        int image = good.indexOf(4, EV_EFI_BOOT_SERVICES_APPLICATION);
        Map<String, Consumer<Builder>> options = new LinkedHashMap<>();
        options.put("Secure Boot off", Builder::allowSecureBootOff);
        options.put("command line", Builder::allowCommandLine);
        options.put("extensions", Builder::allowExtensions);
        options.put("firmware events", Builder::allowUnpinnedFirmwareEvents);
        options.put("images", Builder::insecureAllowUnpinnedImages);
        options.put("PCR 8", builder -> builder.mode(8, PcrMode.FREE));
        options.put("PCR 14", builder -> builder.mode(14, PcrMode.FREE));
        options.put("PCR 5", builder -> builder.mode(5, PcrMode.FREE));
        Map<String, ForgedBoot> boots = Map.of(
                "Secure Boot off", ForgedVariables.change(good, "SecureBoot", on -> Bytes.parseHex("00")),
                "command line", good.append(good.measured(12, EV_IPL, EVIL, EVIL)),
                "extensions", good.append(good.measured(13, EV_IPL, EVIL, EVIL)),
                "firmware events", good.insert(0, good.measured(0, EV_POST_CODE, EVIL, EVIL)),
                "images", good.insert(image, good.measured(4, EV_EFI_BOOT_SERVICES_APPLICATION, EVIL, EVIL)),
                "PCR 8", good.append(good.measured(8, EV_IPL, EVIL, EVIL)),
                "PCR 14", good.append(good.measured(14, EV_IPL, EVIL, EVIL)),
                "PCR 5", good.append(good.measured(5, EV_IPL, EVIL, EVIL)));
        boots.forEach((kind, boot) -> {
            assertFalse(rules(boot.judgeHonestly(BootPolicy.of(state))).isEmpty(), kind);
            options.forEach((name, option) -> {
                Builder builder = PolicyOptions.builderFor(state);
                option.accept(builder);
                assertEquals(
                        name.equals(kind),
                        boot.judgeHonestly(BootPolicy.of(state, builder.build()))
                                .isAcceptedIfEvidenceIsTrue(),
                        kind + " with the option for " + name);
            });
            Builder allOthers = PolicyOptions.builderFor(state);
            options.forEach((name, option) -> {
                if (!name.equals(kind)) {
                    option.accept(allOthers);
                }
            });
            assertFalse(
                    boot.judgeHonestly(BootPolicy.of(state, allOthers.build())).isAcceptedIfEvidenceIsTrue(),
                    kind + " with all other options");
        });
    }

    @Test
    void amongUnpinnedImagesThePinnedOnesStillHaveToBe() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        ReferenceState state = good.state();
        BootPolicy policy = BootPolicy.of(
                state,
                PolicyOptions.builderFor(state).insecureAllowUnpinnedImages().build());
        int image = good.indexOf(4, EV_EFI_BOOT_SERVICES_APPLICATION);
        Forged other = good.measured(4, EV_EFI_BOOT_SERVICES_APPLICATION, EVIL, EVIL);
        assertEquals(List.of(), rules(good.insert(image, other).judgeHonestly(policy)));
        assertEquals(List.of("images"), rules(good.replace(image, other).judgeHonestly(policy)));
    }

    @Test
    void whatIsFreeMayBePinned() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        for (int pcr : List.of(9, 11)) {
            ReferenceState state = good.state();
            ForgedBoot other = good.append(good.measured(pcr, EV_IPL, EVIL, EVIL));
            assertEquals(List.of(), rules(other.judgeHonestly(BootPolicy.of(state))));
            BootPolicy pinned = BootPolicy.of(
                    state,
                    PolicyOptions.builderFor(state).mode(pcr, PcrMode.SEQUENCE).build());
            assertEquals(List.of(), rules(good.judgeHonestly(pinned)));
            assertEquals(1, rules(other.judgeHonestly(pinned)).size());
            BootPolicy empty = BootPolicy.of(
                    state,
                    PolicyOptions.builderFor(state).mode(pcr, PcrMode.EMPTY).build());
            assertEquals(1, rules(good.judgeHonestly(empty)).size());
        }
        ReferenceState state = good.state();
        BootPolicy unknown = BootPolicy.of(
                state,
                PolicyOptions.builderFor(state).mode(16, PcrMode.SEQUENCE).build());
        assertEquals(List.of("state"), rules(good.judgeHonestly(unknown)), "the state has no events of PCR 16");
        BootPolicy emptyPcr = BootPolicy.of(
                state, PolicyOptions.builderFor(state).mode(16, PcrMode.EMPTY).build());
        assertEquals(List.of(), rules(good.judgeHonestly(emptyPcr)));
    }

    @Test
    void aStateThatPinsAnEmptyPcrCanBeAskedToPinIt() throws Exception {
        ForgedBoot good = ForgedBoot.of("uki-secureboot");
        ReferenceState state =
                good.state(ReferenceStateMaker.builder().mode(2, PcrMode.EMPTY).build());
        BootPolicy policy = BootPolicy.of(
                state, PolicyOptions.builderFor(state).pinDrivers().build());
        assertEquals(List.of(), rules(good.judgeHonestly(policy)));
        ForgedBoot driver = good.append(good.measured(2, EV_IPL, EVIL, EVIL));
        assertEquals(List.of("drivers"), rules(driver.judgeHonestly(policy)));
    }

    @Test
    void someModesCannotBeChosen() throws Exception {
        ReferenceState state = ForgedBoot.state("uki-secureboot");
        Builder builder = PolicyOptions.builderFor(state);
        for (int pcr : List.of(0, 4, 7, -1, 24)) {
            assertThrows(IllegalArgumentException.class, () -> builder.mode(pcr, PcrMode.FREE), "PCR " + pcr);
        }
        assertThrows(IllegalArgumentException.class, () -> builder.mode(5, PcrMode.CONTENT));
    }
}
