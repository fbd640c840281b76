package io.github.measuredboot.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a person can do about what a {@link Diagnosis} found, or should know about it. */
public enum Hint {
    /** Nothing was compared with a TPM. */
    NO_PCR_VALUES(
            "no-pcr-values",
            "No PCR values were given: the log is taken at its word. Compare it with the TPM of its machine."),
    /** There is no quote. */
    VALUES_NOT_PROVED("values-not-proved", "No quote proves the PCR values: what is said here is as true as they are."),
    /** There is a quote, but the verdict stands on more. */
    NOT_ALL_QUOTED(
            "not-all-quoted",
            "The quote does not prove all PCRs that the verdict stands on: judge the bank that it is over, or ask for a"
                    + " quote over PCR 0 to 5 and 7 of the judged bank."),
    /** Nothing to compare with. */
    NO_REFERENCE_STATE(
            "no-reference-state",
            "There is no reference state: save one while the machine is known to be good, then it can be compared."),
    /** No bank can be judged. */
    NO_COMMON_BANK(
            "no-common-bank",
            "The reference state, the log and the PCR values share no bank that the TPM extends: make the state from a log"
                    + " with such a bank."),
    /** Log and values do not belong together. */
    OTHER_BOOT(
            "other-boot",
            "The log gives none of the required PCR values: it is of another boot or another machine. Read both again, one"
                    + " right after the other."),
    /** Some values are not those of the log. */
    PCRS_NOT_REPRODUCED(
            "pcrs-not-reproduced",
            "The log does not give some of the required PCR values: it was changed or cut, or something was measured that"
                    + " it does not tell. See the explanation of each PCR; what these PCRs hold cannot be trusted."),
    /** Firmware and platform key are others. */
    OTHER_MACHINE(
            "other-machine",
            "Firmware and platform key are all others: the reference state was probably saved by another machine."),
    /** The firmware is another one. */
    FIRMWARE_CHANGED(
            "firmware-changed",
            "The firmware is not the pinned one. If it was updated, check the update against the vendor's release, then make"
                    + " a new reference state. If nobody updated it, its code was replaced: do not trust the machine."),
    /** The state has no firmware. */
    FIRMWARE_NOT_PINNED(
            "firmware-not-pinned",
            "The reference state pins no firmware, so that none is accepted: make it from the log of a good boot."),
    /** Another UKI was started. */
    UKI_CHANGED(
            "uki-changed",
            "The UKI is not the pinned one. If a new one was installed, compare its digest with that of the build's output,"
                    + " as measuredboot predict prints it, then make a new reference state."),
    /** The state names no image before the UKI. */
    LOADER_NOT_PINNED(
            "loader-not-pinned",
            "An image that the reference state does not name runs before the UKI. If it is the known boot loader, make the"
                    + " state in the full form: the field's form has no place for it."),
    /** Another image runs before the UKI. */
    BOOT_CHAIN_CHANGED(
            "boot-chain-changed",
            "Other images than the pinned ones run around the UKI. If the boot loader was updated, check it against its"
                    + " release, then make a new reference state."),
    /** The kernel inside the UKI is another one. */
    KERNEL_CHANGED(
            "kernel-changed",
            "The UKI is the pinned one, but the kernel that it starts is not, or was not measured: that happens where the"
                    + " state was made with Secure Boot off and it is now on, or the other way round. If so, make a new"
                    + " reference state; if not, something else was started."),
    /** The state does not name the kernel. */
    KERNEL_NOT_PINNED(
            "kernel-not-pinned",
            "The kernel that the UKI starts is not pinned by its own digest, only by that of the UKI: a state in the full"
                    + " form pins both."),
    /** Secure Boot is off. */
    SECURE_BOOT_OFF(
            "secure-boot-off",
            "Secure Boot is off: turn it on in the firmware's setup, or accept expressly that it is off."),
    /** PK, KEK or db have entries that are not pinned. */
    KEYS_CHANGED(
            "keys-changed",
            "PK, KEK or db have entries that are not pinned. If Secure Boot keys were rotated or a vendor's db update came,"
                    + " make a new reference state; if not, somebody else may decide what boots."),
    /** An image was accepted by a key that is not pinned. */
    AUTHORITY_UNKNOWN(
            "authority-unknown",
            "An image was accepted by an entry that is not in the pinned db: find out who signed it."),
    /** The revocation list lost entries. */
    DBX_ROLLBACK(
            "dbx-rollback",
            "dbx lacks pinned entries: what was revoked may boot again. Install the current dbx update."),
    /** The revocation list grew. */
    DBX_GREW(
            "dbx-grew",
            "dbx has entries that the reference state does not pin, which is accepted: make a new reference state, so that"
                    + " losing them is found."),
    /** What systemd measures is required, and its log is missing. */
    USERSPACE_LOG_MISSING(
            "userspace-log-missing",
            "What is required cannot be judged without the log of what systemd measures: it is needed,"
                    + " /run/log/systemd/tpm2-measure.log."),
    /** Systemd measured something else. */
    USERSPACE_CHANGED(
            "userspace-changed",
            "systemd measured something else than what is pinned, or had not come as far, or came further."),
    /** There are events that no rule names. */
    UNEXPECTED_EVENT(
            "unexpected-event",
            "There are events that no rule names. If the vendor's firmware measures them, write a policy that names them."),
    /** Something else is not as the specification has it. */
    OTHER_RULES(
            "other-rules",
            "Other rules are not met or cannot be judged: see the findings. An error separator tells that firmware stopped"
                    + " measuring."),
    /** The UKI of the log is not clear. */
    UKI_NOT_CLEAR(
            "uki-not-clear",
            "Which image of the log is the UKI is not clear, so that no state can be made of it for comparison."),
    /** The states do not cover the same. */
    OTHER_COVERAGE(
            "other-coverage",
            "One state pins what the other does not: make both in the same form from logs with the same banks.");

    private final String code;
    private final String sentence;

    Hint(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return a name that stays, such as {@code secure-boot-off}} */
    public String code() {
        return code;
    }

    /** {@return what to do, for a person} */
    public String sentence() {
        return sentence;
    }

    /**
     * What to do about the difference of two reference states.
     *
     * @param difference the difference
     * @return the hints, in the order of the constants
     */
    public static List<Hint> of(ReferenceStateDiff difference) {
        Set<Hint> hints = EnumSet.noneOf(Hint.class);
        for (ReferenceStateDiff.Category category : difference.categories()) {
            hints.add(
                    switch (category) {
                        case FIRMWARE_UPDATE -> FIRMWARE_CHANGED;
                        case KEY_ROTATION -> KEYS_CHANGED;
                        case DBX_UPDATE -> DBX_GREW;
                        case DBX_ROLLBACK -> DBX_ROLLBACK;
                        case UKI_CHANGED -> UKI_CHANGED;
                        case BOOT_CHAIN_CHANGED -> BOOT_CHAIN_CHANGED;
                        case USERSPACE_CHANGED -> USERSPACE_CHANGED;
                        case OTHER_COVERAGE -> OTHER_COVERAGE;
                    });
        }
        return List.copyOf(hints);
    }
}
