package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.util.List;
import java.util.Optional;

/**
 * A UEFI variable ({@code UEFI_VARIABLE_DATA}, PFP section 10.2.6), in one of the EV_EFI_VARIABLE and EV_EFI_SPDM_DEVICE types.
 *
 * @param raw the data
 * @param variable the structure
 * @param claimedType the type that the event claims: it says whether the value is that of the variable, or the entry of the
 *     database that an image was accepted by
 */
public record VariableEventData(Bytes raw, VariableData variable, EventType claimedType) implements EventData {
    /** {@return the variable, if both its vendor GUID and its name are known} */
    public Optional<KnownVariable> known() {
        return KnownVariable.of(variable.variableName(), variable.unicodeName());
    }

    /** {@return whether the value is the entry of a database that an image was accepted by} */
    public boolean isAuthority() {
        return claimedType.equals(EventType.EV_EFI_VARIABLE_AUTHORITY)
                || claimedType.equals(EventType.EV_EFI_SPDM_DEVICE_AUTHORITY);
    }

    /** {@return the value, decoded anew with each call} */
    public VariableContent content() {
        return known().map(known -> isAuthority() ? known.authorityContent() : known.content())
                .map(content -> VariableContentDecoder.decode(content, variable.data(), variable.dataOffset()))
                .orElseGet(() -> new VariableContent.Opaque(variable.data()));
    }

    @Override
    public List<EventField> fields() {
        return VariableFields.of(this);
    }
}
