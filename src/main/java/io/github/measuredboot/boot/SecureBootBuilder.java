package io.github.measuredboot.boot;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers the Secure Boot variables and authorities: by their place before or after the separator and by what their digest covers. The type
 * counts only for what is claimed. Used by one thread.
 */
final class SecureBootBuilder {
    private static final Set<KnownVariable> MODES = EnumSet.of(
            KnownVariable.SECURE_BOOT,
            KnownVariable.SETUP_MODE,
            KnownVariable.AUDIT_MODE,
            KnownVariable.DEPLOYED_MODE,
            KnownVariable.VENDOR_KEYS);
    private static final Set<KnownVariable> DATABASES = EnumSet.of(
            KnownVariable.PK,
            KnownVariable.KEK,
            KnownVariable.DB,
            KnownVariable.DBX,
            KnownVariable.DBT,
            KnownVariable.DBR);
    private static final Set<KnownVariable> NO_AUTHORITIES =
            EnumSet.of(KnownVariable.PK, KnownVariable.KEK, KnownVariable.DBX);

    private final Claims claims;
    private final List<Claim<SecureBoot.Mode>> modes = new ArrayList<>();
    private final List<Claim<SecureBoot.Database>> databases = new ArrayList<>();
    private final List<Claim<Authority>> authorities = new ArrayList<>();
    private final List<Claim<KnownVariable>> late = new ArrayList<>();

    SecureBootBuilder(Claims claims) {
        this.claims = claims;
    }

    /** Takes an event, and returns the authority that it is. */
    Optional<Claim<Authority>> add(CheckedEvent event) {
        if (!claims.registers().isSecureBoot(event.event().pcrIndex())) {
            return Optional.empty();
        }
        Optional<VariableEventData> entry =
                event.claimedCoveredBytes(claims.bank()).flatMap(SecureBootBuilder::authority);
        if (claims.phase(event) == Phase.OS_PRESENT && entry.isPresent()) {
            return addAfterSeparator(event, entry.get());
        }
        Optional<VariableEventData> variable =
                event.claimedCoveredVariable(claims.bank(), EventType.EV_EFI_VARIABLE_DRIVER_CONFIG);
        if (variable.isPresent() && entry.isPresent()) {
            return addBeforeSeparator(event, variable.get(), entry.get());
        }
        return event.claimedData() instanceof VariableEventData claimed ? addClaimed(event, claimed) : Optional.empty();
    }

    /** Bytes after the structure do no harm: old versions of shim measure some. */
    private static Optional<VariableEventData> authority(Bytes covered) {
        try {
            VariableData variable = VariableData.decode(covered, 0);
            return Optional.of(new VariableEventData(covered, variable, EventType.EV_EFI_VARIABLE_AUTHORITY));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    private Optional<Claim<Authority>> addAfterSeparator(CheckedEvent event, VariableEventData entry) {
        Optional<KnownVariable> known = entry.known().filter(SecureBootBuilder::isLate);
        if (known.isPresent()) {
            late.add(claims.covered(event, known.get()));
            return Optional.empty();
        }
        return addAuthority(claims.covered(event, entry));
    }

    private Optional<Claim<Authority>> addBeforeSeparator(
            CheckedEvent event, VariableEventData variable, VariableEventData entry) {
        Claim<VariableEventData> claim =
                claims.phase(event) == Phase.PRE_OS ? claims.covered(event, variable) : claimed(event, variable);
        boolean added = variable.known().isPresent()
                && addVariable(claim, variable.known().get());
        return !added && entry.content() instanceof VariableContent.Authority
                ? addAuthority(claim.with(entry))
                : Optional.empty();
    }

    private Optional<Claim<Authority>> addClaimed(CheckedEvent event, VariableEventData data) {
        if (data.isAuthority()) {
            return addAuthority(claimed(event, data));
        }
        if (claims.phase(event) != Phase.OS_PRESENT) {
            data.known().ifPresent(known -> addVariable(claimed(event, data), known));
        }
        return Optional.empty();
    }

    private static boolean isLate(KnownVariable known) {
        return MODES.contains(known) || NO_AUTHORITIES.contains(known);
    }

    private boolean addVariable(Claim<VariableEventData> claim, KnownVariable known) {
        VariableContent content = claim.claimedValue().content();
        if (MODES.contains(known) && content instanceof VariableContent.Flag flag) {
            return modes.add(claim.with(new SecureBoot.Mode(known, flag.enabled())));
        }
        return DATABASES.contains(known)
                && content instanceof VariableContent.Signatures signatures
                && databases.add(claim.with(new SecureBoot.Database(known, signatures.database())));
    }

    private Optional<Claim<Authority>> addAuthority(Claim<VariableEventData> claim) {
        VariableData variable = claim.claimedValue().variable();
        Claim<Authority> authority = claim.with(new Authority(
                variable.variableName(),
                variable.unicodeName(),
                claim.claimedValue().content()));
        authorities.add(authority);
        return Optional.of(authority);
    }

    /** The name counts: the value of one variable must not be taken for that of another. */
    private Claim<VariableEventData> claimed(CheckedEvent event, VariableEventData data) {
        VariableData variable = data.variable();
        return claims.claimedByType(
                event, data, 0, variable.dataOffset() + variable.data().length());
    }

    SecureBoot build() {
        return new SecureBoot(modes, databases, authorities, late);
    }
}
