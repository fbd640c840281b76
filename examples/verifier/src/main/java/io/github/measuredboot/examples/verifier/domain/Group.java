package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.examples.verifier.domain.RequestRefusedException.Reason;
import io.github.measuredboot.examples.verifier.store.Groups.GroupRow;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A group of machines and its policy.
 *
 * @param name its name
 * @param trust who vouches for the endorsement keys of its machines
 * @param reference whose reference states its machines are judged by
 * @param secureBootRequired whether Secure Boot must be on
 * @param bank the bank that is quoted
 */
public record Group(String name, Trust trust, Reference reference, boolean secureBootRequired, HashAlgorithm bank) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** All that a policy may judge and that stays as it is while a system runs: not 10 (IMA) and 15 (the system's identity). */
    private static final List<Integer> QUOTED = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14);

    /** Who vouches for an endorsement key. */
    public enum Trust {
        /** The manufacturer of the TPM, by a certificate. */
        CERTIFICATE,
        /** An operator, who has listed the key. */
        ALLOW_LIST,
        /** Nobody: a machine is taken as it comes, and kept to its first key. */
        FIRST_USE
    }

    /** Whose reference state a machine is judged by. */
    public enum Reference {
        /** The states that an operator gave to the group. */
        OPERATOR,
        /** The state of the machine's own first attestation. */
        FIRST_USE
    }

    /**
     * Checks.
     *
     * @param name its name
     * @param trust who vouches for the endorsement keys of its machines
     * @param reference whose reference states its machines are judged by
     * @param secureBootRequired whether Secure Boot must be on
     * @param bank the bank that is quoted
     */
    public Group {
        requireName(name);
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new RequestRefusedException(
                    Reason.INVALID, "a name has 1 to 63 lower-case letters, digits and hyphens");
        }
    }

    /** {@return the PCRs to quote} */
    public PcrSelection pcrs() {
        return new PcrSelection(List.of(new PcrSelection.Bank(bank, QUOTED)));
    }

    static Group of(GroupRow row) {
        return new Group(
                row.name(),
                value(Trust.class, row.trust()),
                value(Reference.class, row.reference()),
                row.secureBootRequired(),
                bank(row.bank()));
    }

    GroupRow toRow() {
        return new GroupRow(name, id(trust), id(reference), secureBootRequired, bank.name());
    }

    /** {@return a bank by its name} */
    public static HashAlgorithm bank(String name) {
        return HashAlgorithm.byName(name)
                .filter(HashAlgorithm::isStandard)
                .orElseThrow(() -> new RequestRefusedException(Reason.INVALID, "no such bank"));
    }

    /** {@return the name of a constant in JSON and in the database} */
    public static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the constant of a name} */
    public static <E extends Enum<E>> E value(Class<E> type, String id) {
        for (E constant : type.getEnumConstants()) {
            if (id(constant).equals(id)) {
                return constant;
            }
        }
        throw new RequestRefusedException(Reason.INVALID, "not one of the values of " + type.getSimpleName());
    }
}
