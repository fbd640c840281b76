package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_CPU_MICROCODE;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_DRIVER;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_GPT_EVENT;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_GPT_EVENT2;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_HANDOFF_TABLES;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_HANDOFF_TABLES2;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_RUNTIME_SERVICES_DRIVER;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_AUTHORITY;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_BOOT;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_BOOT2;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_DRIVER_CONFIG;
import static io.github.measuredboot.eventlog.EventType.EV_EVENT_TAG;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_OMIT_BOOT_DEVICE_EVENTS;
import static io.github.measuredboot.eventlog.EventType.EV_PLATFORM_CONFIG_FLAGS;
import static io.github.measuredboot.eventlog.EventType.EV_POST_CODE;
import static io.github.measuredboot.eventlog.EventType.EV_POST_CODE2;
import static io.github.measuredboot.eventlog.EventType.EV_SEPARATOR;
import static io.github.measuredboot.eventlog.EventType.EV_S_CRTM_VERSION;
import static io.github.measuredboot.eventlog.EventType.EV_TABLE_OF_DEVICES;
import static io.github.measuredboot.policy.EventRules.anyOf;
import static io.github.measuredboot.policy.EventRules.anything;
import static io.github.measuredboot.policy.EventRules.atLeastOnce;
import static io.github.measuredboot.policy.EventRules.exactly;
import static io.github.measuredboot.policy.EventRules.separators;
import static io.github.measuredboot.policy.EventRules.texts;
import static io.github.measuredboot.policy.EventSelector.on;

import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The policy for a machine that boots a Unified Kernel Image: its firmware, Secure Boot keys and UKI are those of a {@link
 * ReferenceState}, whatever its boot order and settings are.
 *
 * <p>It judges one bank, see {@link #bankFor}. PCR 0 to 5 and 7 must be reproduced; PCR 9 and 11 too where a userspace log is
 * given, PCR 11 also where something in it is pinned. A userspace log has no say in PCR 0 to 5 and 7.
 *
 * <p>Drivers in PCR 2 are accepted whatever they are: only Secure Boot keeps an attacker from adding one of his own.
 */
public final class UkiPolicy {
    private static final int FIRST_OS_PCR = 8;
    private static final int LAST_OS_PCR = 15;
    private static final Set<String> BOOT_ACTIONS = Set.of(
            KernelRule.ATTEMPT,
            "Returning from EFI Application from Boot Option",
            "Returning from EFI Application",
            "BOOT ATTEMPTS OMITTED");
    private static final Set<String> EXIT_BOOT_SERVICES = Set.of(
            "Exit Boot Services Invocation",
            "Exit Boot Services Returned with Success",
            "Exit Boot Services Returned with Failure");
    private static final Set<String> PROTECTION_ACTIONS =
            Set.of("DMA Protection Disabled", "Security Level is Downgraded to 0");

    private final ReferenceState state;
    private final PolicyOptions options;

    private UkiPolicy(ReferenceState state, PolicyOptions options) {
        this.state = state;
        this.options = options;
    }

    /**
     * A policy with {@link PolicyOptions#defaultsFor the default options} of a state.
     *
     * @param state the reference state
     * @return the policy
     */
    public static UkiPolicy of(ReferenceState state) {
        return of(state, PolicyOptions.defaultsFor(state));
    }

    /**
     * A policy.
     *
     * @param state the reference state
     * @param options what to take from it
     * @return the policy
     */
    public static UkiPolicy of(ReferenceState state, PolicyOptions options) {
        return new UkiPolicy(state, options);
    }

    /**
     * The bank that is judged: of those that the log has, PCR values were given for and the state has all its digests in, the
     * strongest that a quote is over, or else the strongest. SHA-1 is judged only where the state has nothing better: a bank
     * that firmware does not extend can be filled by whoever comes later.
     *
     * @param replayed the evidence
     * @return the bank, or empty if there is none
     */
    public Optional<HashAlgorithm> bankFor(ReplayedLog replayed) {
        List<HashAlgorithm> pinned =
                HashAlgorithm.strongestFirst().stream().filter(this::pinsAllIn).toList();
        List<HashAlgorithm> given = pinned.stream()
                .filter(bank -> !bank.equals(HashAlgorithm.SHA1) || pinned.size() == 1)
                .filter(bank -> isGiven(replayed, bank, false))
                .toList();
        return given.stream()
                .filter(bank -> isGiven(replayed, bank, true))
                .findFirst()
                .or(() -> given.stream().findFirst());
    }

    private boolean pinsAllIn(HashAlgorithm bank) {
        ReferenceState.Uki uki = state.uki();
        List<DigestSet> needed = new ArrayList<>(uki.imagesBefore());
        needed.add(uki.image());
        if (options.pinKernel() && !uki.kernel().isEmpty()) {
            needed.add(uki.kernel());
        }
        if (options.pinSections()) {
            uki.sections().forEach(section -> needed.add(section.digests()));
        }
        return needed.stream().allMatch(digests -> digests.value(bank).isPresent())
                && state.firmware().stream().anyMatch(firmware -> isPinnedIn(firmware, bank))
                && (!options.pinUserspace()
                        || state.userspaceDigests().stream()
                                .anyMatch(extended ->
                                        extended.digest().algorithm().equals(bank)));
    }

    private static boolean isPinnedIn(ReferenceState.Firmware firmware, HashAlgorithm bank) {
        List<DigestSet> digests = new ArrayList<>(firmware.platformFirmware());
        if (!firmware.scrtm().isEmpty()) {
            digests.add(firmware.scrtm());
        }
        return !digests.isEmpty()
                && digests.stream().allMatch(set -> set.value(bank).isPresent());
    }

    private static boolean isGiven(ReplayedLog replayed, HashAlgorithm bank, boolean quoted) {
        return replayed.replay().bank(bank).filter(ReplayedBank::isReplayable).isPresent()
                && replayed.comparisons().stream()
                        .filter(comparison -> comparison.algorithm().equals(bank))
                        .filter(comparison -> comparison.quoted() || !quoted)
                        .anyMatch(comparison ->
                                comparison.given().isPresent() && comparison.status() != PcrStatus.BANK_NOT_ACTIVE);
    }

    /**
     * Judges a boot.
     *
     * @param replayed the log, compared with PCR values or a quote
     * @return the verdict; rejected if there is no bank to judge
     */
    public Verdict evaluate(ReplayedLog replayed) {
        Optional<HashAlgorithm> found = bankFor(replayed);
        HashAlgorithm bank = found.orElse(HashAlgorithm.SHA256);
        List<Finding> further = new ArrayList<>();
        further.add(bankFinding(found));
        further.addAll(UserspaceRules.judge(state, options, replayed, bank));
        further.add(completeness(bank));
        return policy(replayed).evaluate(replayed, bank, further);
    }

    private static Finding bankFinding(Optional<HashAlgorithm> bank) {
        return new Finding(
                "bank",
                bank.isPresent() ? Finding.Outcome.PASSED : Finding.Outcome.NOT_EVALUATED,
                bank.isEmpty(),
                List.of(),
                List.of(),
                "a bank that the log has, PCR values were given for, and the state has all its digests in",
                bank.map(HashAlgorithm::name).orElse("none"),
                Constraint.NONE,
                PcrProof.UNPROVED);
    }

    /** What the options want pinned must be there to be pinned. */
    private Finding completeness(HashAlgorithm bank) {
        List<String> missing = new ArrayList<>();
        if (state.uki().image().value(bank).isEmpty()) {
            missing.add("the UKI");
        }
        if (state.firmware().stream().noneMatch(firmware -> isPinnedIn(firmware, bank))) {
            missing.add("the firmware");
        }
        ReferenceState.SecureBoot keys = state.secureBoot();
        if (options.requireSecureBoot() && (keys.pk().isEmpty() || keys.db().isEmpty())) {
            missing.add("PK and db");
        }
        if (options.pinSections() && state.uki().sections().isEmpty()) {
            missing.add("the sections of the UKI");
        }
        return new Finding(
                "state",
                missing.isEmpty() ? Finding.Outcome.PASSED : Finding.Outcome.NOT_EVALUATED,
                !missing.isEmpty(),
                List.of(),
                List.of(),
                "a reference state that has all that is to be pinned in " + bank,
                missing.isEmpty() ? "all" : "nothing of " + String.join(", ", missing),
                Constraint.NONE,
                PcrProof.UNPROVED);
    }

    private EventPolicy policy(ReplayedLog replayed) {
        EventPolicy.Builder policy = EventPolicy.builder().mustReplay(0, 1, 2, 3, 4, 5, 7);
        policy.allowUserspaceRecords(9, 11);
        boolean userspaceKnown = replayed.replay().userspaceLog().isPresent();
        if (userspaceKnown) {
            policy.mustReplay(9, 11);
        }
        if (options.pinSections() || options.pinUserspace()) {
            policy.mustReplay(11);
        }
        if (options.tolerateVendorEvents()) {
            policy.tolerateVendorEventsAfterSeparator(1, 2, 3, 5, 6);
        }
        addFirmware(policy);
        addConfiguration(policy);
        addBootChain(policy);
        addSecureBoot(policy);
        addOperatingSystem(policy);
        return policy.build();
    }

    private void addFirmware(EventPolicy.Builder policy) {
        List<EventRule> alternatives = new ArrayList<>();
        state.firmware().forEach(firmware -> alternatives.add(FirmwareRule.of(firmware)));
        policy.require(
                "firmware",
                on(0, EV_S_CRTM_VERSION, EV_EFI_PLATFORM_FIRMWARE_BLOB, EV_EFI_PLATFORM_FIRMWARE_BLOB2)
                        .and(2, EV_EFI_PLATFORM_FIRMWARE_BLOB, EV_EFI_PLATFORM_FIRMWARE_BLOB2),
                anyOf(alternatives));
        policy.require("pcr0.separator", on(0, EV_SEPARATOR), atLeastOnce("a separator", separators()));
    }

    private static void addConfiguration(EventPolicy.Builder policy) {
        policy.allow(
                "pcr1.configuration",
                on(
                        1,
                        EV_PLATFORM_CONFIG_FLAGS,
                        EV_TABLE_OF_DEVICES,
                        EV_CPU_MICROCODE,
                        EV_EFI_VARIABLE_BOOT,
                        EV_EFI_VARIABLE_BOOT2,
                        EV_EFI_VARIABLE_DRIVER_CONFIG,
                        EV_EFI_HANDOFF_TABLES,
                        EV_EFI_HANDOFF_TABLES2,
                        EV_POST_CODE,
                        EV_EFI_ACTION,
                        EV_ACTION,
                        EV_EVENT_TAG),
                anything("settings and boot options, which vary"));
        policy.require("pcr1.separator", on(1, EV_SEPARATOR), atLeastOnce("a separator", separators()));
        policy.allow(
                "pcr2.drivers",
                on(
                        2,
                        EV_EFI_BOOT_SERVICES_DRIVER,
                        EV_EFI_RUNTIME_SERVICES_DRIVER,
                        EV_POST_CODE,
                        EV_POST_CODE2,
                        EV_EFI_ACTION),
                anything("option ROMs of devices, which vary"));
        policy.require("pcr2.separator", on(2, EV_SEPARATOR), atLeastOnce("a separator", separators()));
        policy.require("pcr3.separator", on(3, EV_SEPARATOR), atLeastOnce("a separator", separators()));
        policy.allow(
                "pcr6.actions", on(6, EV_ACTION, EV_EFI_ACTION), anything("what the vendor does, such as waking up"));
        policy.allow("pcr6.separator", on(6, EV_SEPARATOR), separators());
    }

    private void addBootChain(EventPolicy.Builder policy) {
        List<DigestSet> images = new ArrayList<>(state.uki().imagesBefore());
        images.add(state.uki().image());
        if (options.pinKernel()) {
            policy.require("pcr4.images", on(4, EV_EFI_BOOT_SERVICES_APPLICATION), anyOf(exactImages(images)));
        } else {
            policy.require(
                    "pcr4.images",
                    on(4, EV_EFI_BOOT_SERVICES_APPLICATION, EV_EFI_ACTION, EV_OMIT_BOOT_DEVICE_EVENTS, EV_SEPARATOR),
                    KernelRule.imagesAndKernel(images));
        }
        policy.allow("pcr4.actions", on(4, EV_EFI_ACTION, EV_OMIT_BOOT_DEVICE_EVENTS), texts(BOOT_ACTIONS));
        policy.require("pcr4.separator", on(4, EV_SEPARATOR), atLeastOnce("a separator", separators()));
        policy.allow(
                "pcr5.partitions",
                on(5, EV_EFI_GPT_EVENT, EV_EFI_GPT_EVENT2, EV_EVENT_TAG),
                anything("the partition table and the loader's settings, which vary"));
        policy.allow("pcr5.actions", on(5, EV_EFI_ACTION), texts(EXIT_BOOT_SERVICES));
        policy.require("pcr5.separator", on(5, EV_SEPARATOR), atLeastOnce("a separator", separators()));
    }

    /** With Secure Boot on, systemd-stub starts the kernel past the firmware, which then does not measure it. */
    private List<EventRule> exactImages(List<DigestSet> images) {
        DigestSet kernel = state.uki().kernel();
        List<EventRule> rules = new ArrayList<>();
        rules.add(exactly("images", images));
        if (!kernel.isEmpty()) {
            List<DigestSet> withKernel = new ArrayList<>(images);
            withKernel.add(kernel);
            rules.add(exactly("images", withKernel));
        }
        return rules;
    }

    private void addSecureBoot(EventPolicy.Builder policy) {
        ReferenceState.SecureBoot keys = state.secureBoot();
        EventSelector variables = on(7, EV_EFI_VARIABLE_DRIVER_CONFIG);
        policy.require("pcr7.variables", variables, SecureBootRules.eachVariableOnce());
        if (options.requireSecureBoot()) {
            policy.require("pcr7.secure-boot", variables, SecureBootRules.enabled());
        }
        policy.require("pcr7.pk", variables, SecureBootRules.subset(KnownVariable.PK, keys.pk()));
        policy.require("pcr7.kek", variables, SecureBootRules.subset(KnownVariable.KEK, keys.kek()));
        policy.require("pcr7.db", variables, SecureBootRules.subset(KnownVariable.DB, keys.db()));
        policy.require("pcr7.dbx", variables, SecureBootRules.superset(KnownVariable.DBX, keys.dbx()));
        policy.require(
                "pcr7.order",
                on(7, EV_EFI_VARIABLE_DRIVER_CONFIG, EV_SEPARATOR),
                SecureBootRules.decidedBeforeSeparator());
        policy.allow("pcr7.authority", on(7, EV_EFI_VARIABLE_AUTHORITY), SecureBootRules.authorities(keys.db()));
        policy.allow("pcr7.actions", on(7, EV_EFI_ACTION), texts(PROTECTION_ACTIONS));
        policy.require("pcr7.separator", on(7, EV_SEPARATOR), atLeastOnce("a separator", separators()));
    }

    private void addOperatingSystem(EventPolicy.Builder policy) {
        for (int pcr = FIRST_OS_PCR; pcr <= LAST_OS_PCR; pcr++) {
            policy.allow("pcr" + pcr + ".separator", on(pcr, EV_SEPARATOR), separators());
        }
        policy.allow(
                "pcr9.tags", on(9, EV_EVENT_TAG), anything("the initial RAM disk and load options, parts of the UKI"));
        EventRule sections = options.pinSections()
                ? SectionRules.pinned(state.uki().sections())
                : anything("the sections of the UKI, which its digest binds");
        if (options.pinSections()) {
            policy.require("pcr11.sections", on(11, EV_IPL), sections);
        } else {
            policy.allow("pcr11.sections", on(11, EV_IPL), sections);
        }
        policy.allow("pcr12.command-line", on(12, EV_IPL, EV_EVENT_TAG), anything("what was passed to the UKI"));
        policy.allow("pcr13.extensions", on(13, EV_IPL, EV_EVENT_TAG), anything("system extensions"));
    }
}
