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
 * Gathers what events say about Secure Boot: by their place before or after the separator and by what their digest covers. The type
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

    private final Claims statements;
    private final List<Claim<SecureBoot.Mode>> modes = new ArrayList<>();
    private final List<Claim<SecureBoot.Database>> databases = new ArrayList<>();
    private final List<Claim<Authority>> authorities = new ArrayList<>();
    private final List<Claim<KnownVariable>> late = new ArrayList<>();

    SecureBootBuilder(Claims statements) {
        this.statements = statements;
    }

    private interface Statement {
        <T> Claim<T> of(T value);
    }

    /** Takes an event, and returns the authority that it is. */
    Optional<Claim<Authority>> add(CheckedEvent event) {
        if (!statements.registers().isSecureBoot(event.event().pcrIndex())) {
            return Optional.empty();
        }
        Optional<VariableEventData> entry =
                event.claimedCoveredBytes(statements.bank()).flatMap(SecureBootBuilder::authority);
        if (statements.phase(event) == Phase.OS_PRESENT && entry.isPresent()) {
            return addAfterSeparator(event, entry.get());
        }
        Optional<VariableEventData> variable =
                event.claimedCoveredVariable(statements.bank(), EventType.EV_EFI_VARIABLE_DRIVER_CONFIG);
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
        Statement covered = new Statement() {
            @Override
            public <T> Claim<T> of(T value) {
                return statements.covered(event, value);
            }
        };
        Optional<KnownVariable> known = entry.known().filter(SecureBootBuilder::isLate);
        if (known.isPresent()) {
            late.add(covered.of(known.get()));
            return Optional.empty();
        }
        return addAuthority(covered, entry);
    }

    private Optional<Claim<Authority>> addBeforeSeparator(
            CheckedEvent event, VariableEventData variable, VariableEventData entry) {
        Statement covered = new Statement() {
            @Override
            public <T> Claim<T> of(T value) {
                return statements.phase(event) == Phase.PRE_OS
                        ? statements.covered(event, value)
                        : claimed(event, variable, value);
            }
        };
        Optional<KnownVariable> known = variable.known();
        boolean added = known.isPresent() && addVariable(covered, variable, known.get());
        return !added && entry.content() instanceof VariableContent.Authority
                ? addAuthority(covered, entry)
                : Optional.empty();
    }

    private Optional<Claim<Authority>> addClaimed(CheckedEvent event, VariableEventData data) {
        Statement claimed = new Statement() {
            @Override
            public <T> Claim<T> of(T value) {
                return claimed(event, data, value);
            }
        };
        if (data.isAuthority()) {
            return addAuthority(claimed, data);
        }
        if (statements.phase(event) != Phase.OS_PRESENT) {
            data.known().ifPresent(known -> addVariable(claimed, data, known));
        }
        return Optional.empty();
    }

    private static boolean isLate(KnownVariable known) {
        return MODES.contains(known) || NO_AUTHORITIES.contains(known);
    }

    private boolean addVariable(Statement statement, VariableEventData data, KnownVariable known) {
        if (MODES.contains(known) && data.content() instanceof VariableContent.Flag flag) {
            return modes.add(statement.of(new SecureBoot.Mode(known, flag.enabled())));
        }
        return DATABASES.contains(known)
                && data.content() instanceof VariableContent.Signatures signatures
                && databases.add(statement.of(new SecureBoot.Database(known, signatures.database())));
    }

    private Optional<Claim<Authority>> addAuthority(Statement statement, VariableEventData data) {
        VariableData variable = data.variable();
        Claim<Authority> authority =
                statement.of(new Authority(variable.variableName(), variable.unicodeName(), data.content()));
        authorities.add(authority);
        return Optional.of(authority);
    }

    /** The name counts: the value of one variable must not be taken for that of another. */
    private <T> Claim<T> claimed(CheckedEvent event, VariableEventData data, T value) {
        VariableData variable = data.variable();
        int length = variable.dataOffset() + variable.data().length();
        return statements.claimedByType(event, value, 0, length);
    }

    SecureBoot build() {
        return new SecureBoot(modes, databases, authorities, late);
    }
}
