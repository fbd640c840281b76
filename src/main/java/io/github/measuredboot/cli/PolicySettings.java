package io.github.measuredboot.cli;

import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.HashAlgorithm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what a policy takes from a reference state. */
final class PolicySettings {
    @Option(names = "--allow-secure-boot-off", description = "Secure Boot may be off.")
    private boolean allowSecureBootOff;

    @Option(names = "--pin-sections", description = "The sections of the UKI in PCR 11 must be those of the state.")
    private boolean pinSections;

    @Option(
            names = "--bank",
            paramLabel = "BANK",
            converter = Converters.Algorithm.class,
            description = "Judge this bank, as in sha256. Default: the strongest that state, log and PCR values share")
    private @Nullable HashAlgorithm bank;

    boolean isGiven() {
        return allowSecureBootOff || pinSections || bank != null;
    }

    PolicyOptions options(StateInput.Named named) throws InputException {
        ReferenceState state = named.reading().state();
        if (pinSections && state.uki().sections().isEmpty()) {
            throw new InputException(
                    named.name() + ": the state has no sections of the UKI, which --pin-sections needs");
        }
        return PolicyOptions.defaultsFor(state)
                .withSecureBootRequired(!allowSecureBootOff)
                .withSectionsPinned(pinSections);
    }

    ReferenceState state(StateInput.Named named, String log, Replay replay) throws InputException {
        ReferenceState state = named.reading().state();
        if (bank == null) {
            return state;
        }
        if (state.uki().image().value(bank).isEmpty()) {
            throw new InputException(named.name() + ": the state has no digest of the UKI in " + bank + ", only "
                    + state.uki().image().algorithms());
        }
        if (replay.bank(bank).isEmpty()) {
            throw new InputException(log + ": the log has no bank " + bank + ", only "
                    + replay.banks().stream().map(ReplayedBank::algorithm).toList());
        }
        return state.onlyBank(bank);
    }
}
