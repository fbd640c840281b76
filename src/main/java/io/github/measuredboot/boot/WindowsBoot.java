package io.github.measuredboot.boot;

import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.windows.SipaElement;
import io.github.measuredboot.windows.SipaEventType;
import io.github.measuredboot.windows.SipaTree;
import io.github.measuredboot.windows.WindowsBootState;
import io.github.measuredboot.windows.WindowsBootState.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * What Windows measured about its boot.
 *
 * @param state what is claimed, without proof: see {@link #stated(List)}
 * @param trees the same trees as in {@code state}, each with its event
 */
public record WindowsBoot(WindowsBootState state, List<Claim<SipaTree>> trees) {
    private static final List<SipaEventType> SETTINGS = List.of(
            SipaEventType.BITLOCKER_UNLOCK,
            SipaEventType.CODEINTEGRITY,
            SipaEventType.TESTSIGNING,
            SipaEventType.FLIGHTSIGNING,
            SipaEventType.BOOTDEBUGGING,
            SipaEventType.OSKERNELDEBUG,
            SipaEventType.HYPERVISOR_DEBUG,
            SipaEventType.SAFEMODE,
            SipaEventType.WINPE,
            SipaEventType.DATAEXECUTIONPREVENTION,
            SipaEventType.HYPERVISOR_LAUNCH_TYPE,
            SipaEventType.HYPERVISOR_BOOT_DMA_PROTECTION,
            SipaEventType.VSM_LAUNCH_TYPE,
            SipaEventType.VBS_VSM_REQUIRED,
            SipaEventType.VBS_SECUREBOOT_REQUIRED,
            SipaEventType.VBS_IOMMU_REQUIRED,
            SipaEventType.VBS_MANDATORY_ENFORCEMENT,
            SipaEventType.VBS_HVCI_POLICY,
            SipaEventType.VBS_MICROSOFT_BOOT_CHAIN_REQUIRED,
            SipaEventType.SYSTEMROOT);

    /**
     * A setting in words.
     *
     * @param type which setting
     * @param value its value: {@code yes}, {@code no}, a word, a number, or {@code malformed}
     */
    public record Setting(SipaEventType type, String value) {}

    public WindowsBoot {
        trees = List.copyOf(trees);
        if (!trees.stream().map(Claim::claimedValue).toList().equals(state.trees())) {
            throw new IllegalArgumentException("the trees are not those of the state");
        }
    }

    /**
     * Facts with their proof. The digest of a Windows event covers all of its data or none.
     *
     * @param facts facts of {@link #state}, such as {@code state().flags(SipaEventType.CODEINTEGRITY)}
     * @param <T> the type of the value
     * @return one claim for each fact, in their order
     */
    public <T> List<Claim<T>> stated(List<Fact<T>> facts) {
        return facts.stream().map(this::stated).toList();
    }

    /**
     * What determines the security of the system, in words: BitLocker, code integrity, debugging, VBS and more.
     *
     * @return every fact, by setting and then in the order of the log; most occur several times
     */
    public List<Claim<Setting>> settings() {
        List<Claim<Setting>> settings = new ArrayList<>();
        for (SipaEventType type : SETTINGS) {
            for (Fact<SipaElement.Leaf> fact : state.values(type)) {
                Setting setting = new Setting(type, words(fact.value()));
                settings.add(stated(new Fact<>(setting, fact.tree(), fact.source())));
            }
        }
        return List.copyOf(settings);
    }

    private static String words(SipaElement.Leaf setting) {
        FieldValue value = setting.value();
        if (setting.fault().isPresent()) {
            return "malformed";
        }
        if (value instanceof FieldValue.Text text) {
            return text.text();
        }
        return setting.meaning()
                .or(() ->
                        value.number().stream().mapToObj(Long::toUnsignedString).findFirst())
                .or(value::displayText)
                .orElse("");
    }

    private <T> Claim<T> stated(Fact<T> fact) {
        return trees.get(fact.tree()).with(fact.value());
    }
}
