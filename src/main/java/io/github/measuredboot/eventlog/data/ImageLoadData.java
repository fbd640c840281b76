package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a PE image was loaded from and to ({@code UEFI_IMAGE_LOAD_EVENT}, PFP section 10.2.3), in an
 * EV_EFI_BOOT_SERVICES_APPLICATION, EV_EFI_BOOT_SERVICES_DRIVER or EV_EFI_RUNTIME_SERVICES_DRIVER event. The digest is the
 * Authenticode digest of the image: it covers nothing of these data, the device path included.
 */
public record ImageLoadData(Bytes raw, ImageLoadEvent imageLoad) implements EventData {
    private static final int PATH_OFFSET = 4 * Long.BYTES;

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.hexadecimal("imageLocationInMemory", imageLoad.imageLocationInMemory(), 0, Long.BYTES));
        fields.add(Field.unsigned("imageLengthInMemory", imageLoad.imageLengthInMemory(), 8, Long.BYTES));
        fields.add(Field.hexadecimal("imageLinkTimeAddress", imageLoad.imageLinkTimeAddress(), 16, Long.BYTES));
        fields.add(Field.text(
                "devicePath",
                imageLoad.devicePath().toText(DevicePathTextForm.UEFI),
                PATH_OFFSET,
                raw.length() - PATH_OFFSET));
        imageLoad
                .fault()
                .ifPresent(fault ->
                        fields.add(Field.text("fault", fault.message(), PATH_OFFSET, raw.length() - PATH_OFFSET)));
        return fields;
    }
}
