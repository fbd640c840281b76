package io.github.measuredboot.boot;

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

/** Gathers what events say about Secure Boot. Used by one thread. */
final class SecureBootStory {
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

    private final Statements statements;
    private final List<Stated<SecureBoot.Mode>> modes = new ArrayList<>();
    private final List<Stated<SecureBoot.Database>> databases = new ArrayList<>();
    private final List<Stated<Authority>> authorities = new ArrayList<>();

    SecureBootStory(Statements statements) {
        this.statements = statements;
    }

    /** Takes a variable, and tells whether it is an authority. */
    Optional<Stated<Authority>> add(CheckedEvent event, VariableEventData data) {
        if (!statements.registers().isSecureBoot(event.event().pcrIndex())) {
            return Optional.empty();
        }
        if (data.isAuthority()) {
            VariableData variable = data.variable();
            Authority authority = new Authority(variable.variableName(), variable.unicodeName(), data.content());
            Stated<Authority> stated = stated(event, data, authority);
            authorities.add(stated);
            return Optional.of(stated);
        }
        data.known().ifPresent(known -> addVariable(event, data, known));
        return Optional.empty();
    }

    private void addVariable(CheckedEvent event, VariableEventData data, KnownVariable known) {
        if (MODES.contains(known) && data.content() instanceof VariableContent.Flag flag) {
            modes.add(stated(event, data, new SecureBoot.Mode(known, flag.enabled())));
        } else if (DATABASES.contains(known) && data.content() instanceof VariableContent.Signatures signatures) {
            databases.add(stated(event, data, new SecureBoot.Database(known, signatures.database())));
        }
    }

    /** The name counts: the value of one variable must not be taken for that of another. */
    private <T> Stated<T> stated(CheckedEvent event, VariableEventData data, T value) {
        VariableData variable = data.variable();
        return statements.of(
                event, value, 0, variable.dataOffset() + variable.data().length());
    }

    SecureBoot tell() {
        return new SecureBoot(modes, databases, authorities);
    }
}
