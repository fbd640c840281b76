package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.GptData;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.TaggedData;
import io.github.measuredboot.eventlog.data.TextData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.List;

/** What an event claims to measure, in a few words. */
final class EventDescription {
    private EventDescription() {}

    static String of(CheckedEvent event) {
        EventData data = event.claimedData();
        if (data instanceof SeparatorData) {
            return "separator";
        }
        if (data instanceof ImageLoadData image) {
            return image.imageLoad().devicePath().toText(DevicePathTextForm.UEFI);
        }
        if (data instanceof VariableEventData variable) {
            return variable.variable().unicodeName();
        }
        if (data instanceof TextData text) {
            return text.text();
        }
        if (data instanceof IplData ipl) {
            return ipl.text();
        }
        if (data instanceof FirmwareData.Version version) {
            return "S-CRTM version " + version.text();
        }
        if (data instanceof FirmwareData.Named named) {
            return named.name();
        }
        if (data instanceof FirmwareData.DescribedBlob blob) {
            return blob.description();
        }
        if (data instanceof FirmwareData.DescribedHandoff tables) {
            return tables.description();
        }
        if (data instanceof GptData gpt) {
            return "partition table of disk " + gpt.table().header().diskGuid();
        }
        if (data instanceof TaggedData tagged) {
            return firstText(tagged.fields());
        }
        return "";
    }

    private static String firstText(List<Field> fields) {
        for (Field field : fields) {
            FieldValue value = field.value();
            String text = value instanceof FieldValue.Text leaf
                    ? leaf.text()
                    : value instanceof FieldValue.Items items
                            ? firstText(items.items())
                            : value instanceof FieldValue.Structure structure ? firstText(structure.fields()) : "";
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
