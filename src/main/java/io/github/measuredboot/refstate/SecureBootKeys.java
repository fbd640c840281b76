package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of the Secure Boot variables. Their order and repetitions are kept, but mean nothing.
 *
 * @param pk the platform key
 * @param kek the key exchange keys
 * @param db what may boot
 * @param dbx what may not boot
 */
public record SecureBootKeys(List<Signature> pk, List<Signature> kek, List<Signature> db, List<Signature> dbx) {
    /** No keys. */
    public static final SecureBootKeys EMPTY = new SecureBootKeys(List.of(), List.of(), List.of(), List.of());

    /** The variables whose content is judged: SecureBoot, PK, KEK, db and dbx. */
    public static final Set<KnownVariable> JUDGED = Collections.unmodifiableSet(EnumSet.of(
            KnownVariable.SECURE_BOOT, KnownVariable.PK, KnownVariable.KEK, KnownVariable.DB, KnownVariable.DBX));

    /** The variables that hold keys: PK, KEK, db and dbx. */
    public static final List<KnownVariable> DATABASES =
            List.of(KnownVariable.PK, KnownVariable.KEK, KnownVariable.DB, KnownVariable.DBX);

    public SecureBootKeys {
        pk = List.copyOf(pk);
        kek = List.copyOf(kek);
        db = List.copyOf(db);
        dbx = List.copyOf(dbx);
    }

    /**
     * {@return the entries of a variable}
     *
     * @param variable one of {@link #DATABASES}
     * @throws IllegalArgumentException if it is another variable
     */
    public List<Signature> of(KnownVariable variable) {
        return switch (variable) {
            case PK -> pk;
            case KEK -> kek;
            case DB -> db;
            case DBX -> dbx;
            default -> throw new IllegalArgumentException(variable + " holds no keys");
        };
    }

    /**
     * Whether an event measures the entry of db by which an image was accepted, and that entry is in a database.
     *
     * @param db the entries of the database
     * @param event the event
     * @return true if so; false otherwise, including if the digest does not cover such an entry
     */
    public static boolean isAuthorityOf(Collection<Signature> db, VerifiedEvent event) {
        Optional<VariableEventData> variable = event.coveredAuthority();
        if (variable.isEmpty()
                || !variable.get().known().equals(Optional.of(KnownVariable.DB))
                || !(variable.get().content() instanceof VariableContent.Authority authority)) {
            return false;
        }
        AuthoritySignature entry = authority.signature();
        return !entry.signature().isEmpty()
                && db.stream()
                        .anyMatch(pinned -> pinned.data().equals(entry.signature())
                                && entry.signatureOwner()
                                        .map(pinned.owner()::equals)
                                        .orElse(true));
    }
}
