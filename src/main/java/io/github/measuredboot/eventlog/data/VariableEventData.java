package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A UEFI variable ({@code UEFI_VARIABLE_DATA}, PFP section 10.2.6), in one of the EV_EFI_VARIABLE and EV_EFI_SPDM_DEVICE types. */
public final class VariableEventData implements EventData {
    private final Bytes raw;
    private final VariableData variable;
    private final EventType claimedType;
    private final Optional<KnownVariable> known;
    private @Nullable VariableContent content; // a race computes it twice

    /**
     * Creates the data of an event.
     *
     * @param raw the data
     * @param variable the structure
     * @param claimedType the type that the event claims: it decides how the value of a signature database is decoded
     */
    public VariableEventData(Bytes raw, VariableData variable, EventType claimedType) {
        this.raw = raw;
        this.variable = variable;
        this.claimedType = claimedType;
        this.known = KnownVariable.of(variable.variableName(), variable.unicodeName());
    }

    @Override
    public Bytes raw() {
        return raw;
    }

    /** {@return the structure} */
    public VariableData variable() {
        return variable;
    }

    /** {@return the type that the event claims} */
    public EventType claimedType() {
        return claimedType;
    }

    /** {@return the variable, if both its vendor GUID and its name are known} */
    public Optional<KnownVariable> known() {
        return known;
    }

    /** {@return whether the value is the database entry that an image was accepted by, not the whole database} */
    public boolean isAuthority() {
        return claimedType.layout() == EventType.Layout.AUTHORITY;
    }

    /** {@return the decoded value} */
    public VariableContent content() {
        VariableContent decoded = content;
        if (decoded == null) {
            decoded = known.map(name -> isAuthority() ? name.authorityContent() : name.content())
                    .map(kind -> VariableContentDecoder.decode(kind, variable.data(), variable.dataOffset()))
                    .orElseGet(() -> new VariableContent.Opaque(variable.data()));
            content = decoded;
        }
        return decoded;
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(variable.fields(0));
        fields.addAll(content().fields(variable.dataOffset()));
        Bytes trailing = variable.trailing();
        if (!trailing.isEmpty()) {
            fields.add(Field.binary("trailing", trailing, raw.length() - trailing.length()));
        }
        return fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VariableEventData that
                && raw.equals(that.raw)
                && variable.equals(that.variable)
                && claimedType.equals(that.claimedType);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return "VariableEventData[" + variable.unicodeName() + ", " + raw.length() + " bytes, " + claimedType + "]";
    }
}
