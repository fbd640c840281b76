package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.Event;
import java.util.List;

/**
 * The data of an event, decoded by the type that the event claims. No digest covers that type, and many digests cover something other
 * than the data: what is read here is a claim, until a {@link io.github.measuredboot.eventlog.check.DigestCheck} says which bytes a
 * digest covers.
 */
public sealed interface EventData
        permits StructureData,
                FirmwareData,
                SeparatorData,
                TextData,
                IplData,
                VariableEventData,
                ImageLoadData,
                GptData,
                TaggedData,
                WindowsData,
                OpaqueEventData,
                MalformedEventData {
    /**
     * Decodes the data of an event. This never fails: data that break the structure of their type are a {@link MalformedEventData}, and
     * data of a type without a known structure are an {@link OpaqueEventData}.
     *
     * @param event the event
     * @return the data
     */
    static EventData decode(Event event) {
        return EventDecoder.decode(event);
    }

    /** {@return the event data, a window into the log} */
    Bytes raw();

    /**
     * {@return all fields for display and reports, in the order of the structure, each with the place of its bytes in {@link
     * #raw()}}
     */
    List<Field> fields();
}
