package io.github.measuredboot.diagnosis;

/**
 * What a person can do about a machine that is not as expected. Commands and options of the command line are in backquotes. An
 * option without a command is one of {@code check} and {@code diagnose}.
 */
public enum Hint {
    /** There are no PCR values. */
    NO_PCR_VALUES(
            "no-pcr-values",
            "Without PCR values nothing checks the log: give them with `--pcrs`, or a quote with `--quote`."),
    /** There are values, but no quote. */
    VALUES_NOT_PROVED(
            "values-not-proved",
            "Nothing proves that the PCR values are the TPM's. A quote does: `--quote`, `--signature`, `--ak`, `--nonce`."),
    /** The quote is over too little. */
    NOT_ALL_QUOTED(
            "not-all-quoted",
            "The quote is not over all that is needed: `check --print-pcrs` prints what it must be over."),
    /** There is nothing to compare with. */
    NO_REFERENCE_STATE(
            "no-reference-state",
            "There is no reference state: run `save` on the machine while it is known to be good, or make one of the log of"
                    + " a good boot with `refstate create` and name it with `--refstate`."),
    /** No bank can be judged. */
    NO_BANK(
            "no-bank",
            "There is no bank that the state pins, the log has and values were given for: `refstate create` pins"
                    + " all banks of a log, `--pcrs` must have values of one of them, and `--bank` must not exclude it."),
    /** Another bank contradicts the log. */
    OTHER_BANKS(
            "other-banks",
            "A bank contradicts the log, and another one does not: somebody extended a bank that the firmware left"
                    + " alone, or the log was made for one bank. `--bank` accepts single banks; `replay --pcrs` shows all."),
    /** The state lacks what the options ask for. */
    STATE_INCOMPLETE(
            "state-incomplete",
            "The reference state lacks something that must be pinned: make it again with `refstate create`."),
    /** Log and values do not belong together. */
    OTHER_BOOT(
            "other-boot",
            "The log gives none of the PCR values: it is of another boot or another machine. Read both again, one right"
                    + " after the other, and give the values with `--pcrs`."),
    /** Some values are not those of the log. */
    PCRS_NOT_REPRODUCED(
            "pcrs-not-reproduced",
            "Where the log does not give the value of a PCR, its events of that PCR prove nothing: it was changed or cut, or something"
                    + " was measured that it does not have. `replay --pcrs` compares all PCRs."),
    /** What systemd measures is required, but its log is missing. */
    USERSPACE_LOG_MISSING(
            "userspace-log-missing",
            "systemd extends PCR 9, 11 and others after the firmware's log has ended: give its log,"
                    + " /run/log/systemd/tpm2-measure.log, with `--userspace-log`."),
    /** Firmware and platform key are not those of the state. */
    OTHER_MACHINE(
            "other-machine",
            "Neither firmware nor platform key is that of the state: `--refstate` probably names the state of another machine. One"
                    + " state for several machines is made with `refstate merge`."),
    /** The firmware differs. */
    FIRMWARE_CHANGED(
            "firmware-changed",
            "If the firmware was updated, check the update against the vendor's release, then `save` the new state, or"
                    + " accept both versions with `refstate merge`. If nobody updated it, its code was replaced: do not"
                    + " trust the machine."),
    /** A short state does not know all events of PCR 0. */
    FIRMWARE_EVENTS_NOT_PINNED(
            "firmware-events-not-pinned",
            "A short state does not pin all that this firmware measures into PCR 0. `refstate create` pins all of"
                    + " it; `--allow-unpinned-firmware-events` lets it pass, and lets changed firmware pass too."),
    /** Another UKI was started. */
    UKI_CHANGED(
            "uki-changed",
            "If a new UKI was installed, `predict UKI` prints the digest that the build's output must have, `predict UKI"
                    + " --refstate OLD -o NEW` makes its state, and `refstate merge` one that accepts both. If none was"
                    + " installed, the machine boots something else."),
    /** Images other than the pinned ones. */
    BOOT_CHAIN_CHANGED(
            "boot-chain-changed",
            "If the boot loader or an addon was updated, check it against its release, then `save` the new state, or accept"
                    + " both with `refstate merge`. If not, something else runs."),
    /** A short state has no place for loaders and addons. */
    IMAGES_NOT_PINNED(
            "images-not-pinned",
            "A short state pins the UKI alone. `refstate create` pins loaders, addons and the kernel inside the UKI"
                    + " too."),
    /** The boot chain has no UKI. */
    NO_UKI(
            "no-uki",
            "The log has no sections of a UKI. If this machine boots none, make its state with `refstate create"
                    + " --profile images`."),
    /** Secure Boot is off. */
    SECURE_BOOT_OFF(
            "secure-boot-off",
            "Secure Boot is off: turn it on in the firmware's setup, or accept that it is off with"
                    + " `--allow-secure-boot-off`."),
    /** PCR 7 measures something else. */
    SECURE_BOOT_EVENTS_CHANGED(
            "secure-boot-events-changed",
            "PCR 7 does not have the measurements of the reference state in their order. If the firmware or the loader was"
                    + " updated, `save` the new state; if not, find out what was measured."),
    /** PK, KEK or db have entries that are not pinned, or an image was accepted by one. */
    KEYS_CHANGED(
            "keys-changed",
            "If Secure Boot keys were rotated or a vendor's db update came, `save` the new state, or accept the keys of both"
                    + " with `refstate merge`. If not, somebody else may decide what boots."),
    /** The revocation list lost entries. */
    DBX_ROLLBACK(
            "dbx-rollback",
            "dbx lacks pinned entries: what was revoked may boot again. Install the current dbx update; if a vendor has"
                    + " dropped the entries, `save` the new state."),
    /** The revocation list grew. */
    DBX_UPDATE(
            "dbx-update",
            "dbx has entries that the reference state does not have, which is allowed: `save` the new state, so that losing"
                    + " them is noticed."),
    /** Something else is passed to the kernel. */
    COMMAND_LINE_CHANGED(
            "command-line-changed",
            "The command line or the credentials are not the pinned ones. `save` pins the new ones; `--allow-command-line`"
                    + " lets any pass, init=/bin/sh too."),
    /** The system has other extensions. */
    EXTENSIONS_CHANGED(
            "extensions-changed",
            "The system's extensions are not the pinned ones. `save` pins the new ones; `--allow-extensions` lets any pass."),
    /** A PCR of settings is pinned, but varies. */
    PINNED_SETTINGS_CHANGED(
            "pinned-settings-changed",
            "A PCR that is pinned has other events. If what it measures varies, leave it out of the state with `refstate"
                    + " create --free-pcr LIST`; if the change is a lasting one, `save` the new state."),
    /** systemd measured something else. */
    USERSPACE_CHANGED(
            "userspace-changed",
            "systemd measured something else than what is pinned, or had not come as far, or came further: `save"
                    + " --userspace-log FILE` pins what it measures now."),
    /** An event that no rule accepts. */
    UNEXPECTED_EVENT(
            "unexpected-event",
            "There are events that no rule accepts. If the machine always measures them, `refstate create` pins"
                    + " them."),
    /** The states do not cover the same things. */
    OTHER_COVERAGE(
            "other-coverage",
            "The states do not cover the same: make both with `refstate create`, with the same options, from logs with"
                    + " the same banks.");

    private final String id;
    private final String message;

    Hint(String id, String message) {
        this.id = id;
        this.message = message;
    }

    /** {@return a stable id, such as {@code secure-boot-off}} */
    public String id() {
        return id;
    }

    /** {@return what to do, in a sentence or more} */
    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return id;
    }
}
