package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.uefi.AuthoritySignature;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Secure Boot variables whose content is judged, and what a reference state keeps of them. */
public final class SecureBootVariables {
    /** SecureBoot, PK, KEK, db and dbx. */
    public static final Set<KnownVariable> JUDGED = Collections.unmodifiableSet(EnumSet.of(
            KnownVariable.SECURE_BOOT, KnownVariable.PK, KnownVariable.KEK, KnownVariable.DB, KnownVariable.DBX));

    private SecureBootVariables() {}

    /**
     * The name of a variable.
     *
     * @param variable the variable, which has no number in its name
     * @return its vendor and name
     */
    public static PinnedEvent.VariableName nameOf(KnownVariable variable) {
        return new PinnedEvent.VariableName(variable.vendorGuid(), variable.pattern());
    }

    static boolean isUsable(VariableContent content) {
        return content instanceof VariableContent.Flag || content instanceof VariableContent.Signatures;
    }

    /**
     * The entries of a database with the types of their lists. An entry without data is no key and no hash: nothing can be
     * accepted or revoked by it.
     *
     * @param database the database
     * @return the entries that have data, in their order
     */
    public static List<ReferenceState.Signature> signaturesOf(SignatureDatabase database) {
        List<ReferenceState.Signature> signatures = new ArrayList<>();
        for (SignatureList list : database.lists()) {
            list.signatures().stream()
                    .filter(entry -> !entry.signature().isEmpty())
                    .map(entry -> new ReferenceState.Signature(list.type(), entry.signatureOwner(), entry.signature()))
                    .forEach(signatures::add);
        }
        return signatures;
    }

    /**
     * Whether an event measures the entry of db by which an image was accepted, and the entry is one of a database.
     *
     * @param db the entries of the database
     * @param event the event
     * @return false also if the digest does not cover such an entry
     */
    public static boolean isAuthorityOf(Collection<ReferenceState.Signature> db, VerifiedEvent event) {
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
