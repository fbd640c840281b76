package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.TextData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;

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
        return "";
    }
}
