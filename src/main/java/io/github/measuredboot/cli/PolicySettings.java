package io.github.measuredboot.cli;

import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for what a policy takes from a reference state. */
final class PolicySettings {
    @Option(names = "--allow-secure-boot-off", description = "Secure Boot may be off.")
    private boolean allowSecureBootOff;

    @Option(names = "--pin-sections", description = "The sections of the UKI in PCR 11 must be those of the state.")
    private boolean pinSections;

    @Option(
            names = "--pin-userspace",
            description =
                    "The userspace log must have exactly the digests of the state, even if the state is in another"
                            + " tool's form.")
    private boolean pinUserspace;

    @Option(names = "--pin-drivers", description = "The drivers of PCR 2 must be those of the state, in order.")
    private boolean pinDrivers;

    @Option(
            names = "--allow-command-line",
            description =
                    "Anything may be passed to the UKI as a command line or credentials (PCR 12): anyone who can write"
                            + " to the boot partition can then start a shell.")
    private boolean allowCommandLine;

    @Option(
            names = "--allow-extensions",
            description =
                    "Any system and configuration extensions may be passed to the UKI (PCR 13): anyone who can write to"
                            + " the boot partition can then add to the system.")
    private boolean allowExtensions;

    @Option(
            names = "--allow-unpinned-firmware-events",
            description =
                    "PCR 0 may have events that a state in another tool's form does not pin: changed firmware can be"
                            + " measured as one.")
    private boolean allowUnpinnedFirmwareEvents;

    @Option(
            names = "--insecure-allow-unpinned-images",
            description =
                    "ANY image may boot in addition to the pinned ones, even an attacker's. This defeats the purpose of"
                            + " the check.")
    private boolean allowUnpinnedImages;

    @Mixin
    private BankOption banks = new BankOption();

    boolean isGiven() {
        return isPolicyGiven() || banks.isGiven();
    }

    BankOption banks() {
        return banks;
    }

    /** Whether anything is given that only means something with a reference state. */
    boolean isPolicyGiven() {
        return allowSecureBootOff
                || pinSections
                || pinUserspace
                || pinDrivers
                || allowCommandLine
                || allowExtensions
                || allowUnpinnedFirmwareEvents
                || allowUnpinnedImages;
    }

    PolicyOptions options(StateInput.Named named) throws InputException {
        ReferenceState state = named.reading().state();
        if (pinSections && !state.hasEvents(ReferenceState.SECTION_PCR)) {
            throw new InputException(
                    named.name() + ": the state has no sections of the UKI, which --pin-sections needs");
        }
        PolicyOptions.Builder options = PolicyOptions.builderFor(state).pinSections(pinSections);
        if (pinUserspace) {
            options.pinUserspace(true);
        }
        if (allowSecureBootOff) {
            options.allowSecureBootOff();
        }
        if (pinDrivers) {
            options.pinDrivers();
        }
        if (allowCommandLine) {
            options.allowCommandLine();
        }
        if (allowExtensions) {
            options.allowExtensions();
        }
        if (allowUnpinnedFirmwareEvents) {
            options.allowUnpinnedFirmwareEvents();
        }
        if (allowUnpinnedImages) {
            options.insecureAllowUnpinnedImages();
        }
        return options.banks(banks.banks()).build();
    }
}
