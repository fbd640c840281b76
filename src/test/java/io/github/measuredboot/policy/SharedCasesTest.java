package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small inputs on which an earlier version was wrong. */
class SharedCasesTest {
    private static ForgedBoot boot(String name) {
        return ForgedBoot.of(TestLogs.shared("cases").resolve(name + ".bin"));
    }

    @ParameterizedTest
    @CsvSource({
        "control,",
        "post-code-pcr0, EV_POST_CODE",
        "crtm-contents, EV_S_CRTM_CONTENTS",
        "nonhost, EV_NONHOST_INFO"
    })
    void eachEventOfPcr0IsPinned(String name, String type) throws Exception {
        ForgedBoot boot = boot(name);
        ReferenceState state = boot.state();
        for (BootPolicy policy : List.of(BootPolicy.of(state), BootPolicy.of(BootPolicyTest.asFieldForm(state)))) {
            assertEquals(List.of(), BootPolicyTest.rules(boot.judgeHonestly(policy)));
            for (int index : boot.indexesOf(0)) {
                Forged event = boot.events().get(index);
                ForgedBoot changed = boot.replace(index, event.withDigests(SharedCasesTest::flipped));
                assertEquals(
                        List.of("firmware"), BootPolicyTest.rules(changed.judgeHonestly(policy)), event.toString());
            }
        }
        if (type != null) {
            assertTrue(boot.indexesOf(0).stream()
                    .anyMatch(index -> boot.events().get(index).type().name().equals(type)));
            BootPolicy withoutIt = BootPolicy.of(boot("control").state());
            assertEquals(List.of("firmware"), BootPolicyTest.rules(boot.judgeHonestly(withoutIt)));
        }
    }

    private static Digest flipped(Digest digest) {
        byte[] value = digest.value().toByteArray();
        value[0] ^= 1;
        return new Digest(digest.algorithm(), Bytes.wrap(value));
    }

    /** Cloud machines that boot from NVMe: PCR 2 then has the rules of PCR 4. */
    @Test
    void theUkiIsFoundInPcr2() throws Exception {
        ForgedBoot boot = boot("uki-in-pcr2");
        ReferenceState state = boot.state();
        assertEquals(2, state.imagePcr());
        PinnedEvent uki = state.images().get(0).stream()
                .filter(image -> image.role().equals(Optional.of(Role.UKI)))
                .findFirst()
                .orElseThrow();
        int index = boot.indexOf(2, EV_EFI_BOOT_SERVICES_APPLICATION);
        assertTrue(uki.matches(
                boot.usualBank(),
                boot.sequence(2, boot.usualBank()).get(boot.indexesOf(2).indexOf(index))));
        BootPolicy policy = boot.policy(state);
        assertEquals(List.of(), BootPolicyTest.rules(boot.judgeHonestly(policy)));
        for (int at : boot.indexesOf(2)) {
            ForgedBoot more = boot.insert(at, boot.measured(2, EV_EFI_ACTION, MutatedBoots.EVIL, MutatedBoots.EVIL));
            assertEquals(List.of("images"), BootPolicyTest.rules(more.judgeHonestly(policy)), "added at " + at);
            Forged event = boot.events().get(at);
            ForgedBoot changed = boot.replace(at, event.withDigests(SharedCasesTest::flipped));
            assertTrue(BootPolicyTest.rules(changed.judgeHonestly(policy)).contains("images"), "changed at " + at);
        }
        ForgedBoot inPcr4 = boot.append(boot.measured(4, EV_EFI_ACTION, MutatedBoots.EVIL, MutatedBoots.EVIL));
        assertEquals(List.of("images"), BootPolicyTest.rules(inPcr4.judgeHonestly(policy)));
        BootPolicy freed =
                BootPolicy.of(state, boot.options(state).mode(2, PcrMode.FREE).build());
        ForgedBoot other = boot.replace(
                index,
                boot.measured(
                        2,
                        EV_EFI_BOOT_SERVICES_APPLICATION,
                        MutatedBoots.EVIL,
                        boot.events().get(index).data()));
        assertEquals(List.of("images"), BootPolicyTest.rules(other.judgeHonestly(freed)), "no option frees images");
    }
}
