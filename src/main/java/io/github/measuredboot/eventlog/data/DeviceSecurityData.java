package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import java.util.List;

/**
 * What firmware measured of a device by SPDM ({@code DEVICE_SECURITY_EVENT_DATA}, {@code DEVICE_SECURITY_EVENT_DATA2}, PFP 1.06
 * section 10.2.7), in an EV_EFI_SPDM_FIRMWARE_BLOB or EV_EFI_SPDM_FIRMWARE_CONFIG event.
 *
 * @param version 1 or 2
 * @param fields the fields
 */
public record DeviceSecurityData(Bytes raw, int version, List<Field> fields) implements EventData {
    public DeviceSecurityData {
        fields = List.copyOf(fields);
    }
}
