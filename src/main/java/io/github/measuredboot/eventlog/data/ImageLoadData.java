package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.ImageLoadEvent;
import java.util.List;

/**
 * Where a PE image was loaded from and to ({@code UEFI_IMAGE_LOAD_EVENT}, PFP section 10.2.3), in an EV_EFI_BOOT_SERVICES_APPLICATION,
 * EV_EFI_BOOT_SERVICES_DRIVER or EV_EFI_RUNTIME_SERVICES_DRIVER event. The digest is the Authenticode digest of the image: it covers none
 * of these data, the device path included.
 */
public record ImageLoadData(Bytes raw, ImageLoadEvent imageLoad) implements EventData {
    @Override
    public List<Field> fields() {
        return imageLoad.fields(0);
    }
}
