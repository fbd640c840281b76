package io.github.measuredboot.internal.json;

import static java.util.Map.entry;

import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.GptData;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.MalformedEventData;
import io.github.measuredboot.eventlog.data.OpaqueEventData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.StructureData;
import io.github.measuredboot.eventlog.data.TaggedData;
import io.github.measuredboot.eventlog.data.TextData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.eventlog.data.WindowsData;
import java.util.Map;
import java.util.Objects;

/** What the kinds of event data and of variables are called in JSON; a {@link StructureData} has its name itself. */
public final class StructureNames {
    static final Map<Class<?>, String> NAMES = Map.ofEntries(
            entry(FirmwareData.Blob.class, "firmware-blob"),
            entry(FirmwareData.DescribedBlob.class, "firmware-blob2"),
            entry(FirmwareData.Handoff.class, "handoff-tables"),
            entry(FirmwareData.DescribedHandoff.class, "handoff-tables2"),
            entry(FirmwareData.Version.class, "version"),
            entry(FirmwareData.Named.class, "named-data"),
            entry(FirmwareData.CompactHash.class, "compact-hash"),
            entry(SeparatorData.class, "separator"),
            entry(TextData.class, "text"),
            entry(IplData.class, "ipl"),
            entry(VariableEventData.class, "variable"),
            entry(ImageLoadData.class, "image-load"),
            entry(GptData.class, "gpt"),
            entry(TaggedData.class, "tagged"),
            entry(WindowsData.class, "windows"),
            entry(OpaqueEventData.class, "opaque"),
            entry(MalformedEventData.class, "malformed"),
            entry(VariableContent.Flag.class, "flag"),
            entry(VariableContent.Signatures.class, "signatures"),
            entry(VariableContent.Authority.class, "authority"),
            entry(VariableContent.Order.class, "order"),
            entry(VariableContent.OptionNumber.class, "option-number"),
            entry(VariableContent.Option.class, "option"),
            entry(VariableContent.OptionTail.class, "option-tail"),
            entry(VariableContent.Sbat.class, "sbat"),
            entry(VariableContent.Opaque.class, "opaque"),
            entry(VariableContent.Malformed.class, "malformed"));

    private StructureNames() {}

    public static String of(EventData data) {
        if (data instanceof StructureData structure) {
            return structure.id();
        }
        return Objects.requireNonNull(NAMES.get(data.getClass()), data.getClass()::toString);
    }

    public static String of(VariableContent content) {
        return Objects.requireNonNull(NAMES.get(content.getClass()), content.getClass()::toString);
    }
}
