package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;

/** SPDM_MEASUREMENT_BLOCK and certificate chains are those of DMTF DSP0274. */
final class DeviceSecurityDecoder {
    private static final String SIGNATURE_1 = "SPDM Device Sec";
    private static final String SIGNATURE_2 = "SPDM Device Sec2";
    private static final int PCI = 1;
    private static final int USB = 2;
    private static final int MEASUREMENT_BLOCK = 0;
    private static final int CERTIFICATE_CHAIN = 1;

    private DeviceSecurityDecoder() {}

    static EventData decode(Bytes raw, long offset) throws MalformedDataException {
        FieldReader reader = new FieldReader(raw, offset, "DEVICE_SECURITY_EVENT_DATA");
        int version = read(reader);
        return new DeviceSecurityData(raw, version, reader.fields());
    }

    static int read(FieldReader reader) throws MalformedDataException {
        String signature = reader.signature();
        switch (signature) {
            case SIGNATURE_1 -> readVersion1(reader);
            case SIGNATURE_2 -> readVersion2(reader);
            default -> throw reader.fault("signature", "is neither '" + SIGNATURE_1 + "' nor '" + SIGNATURE_2 + "'");
        }
        reader.rest("trailing");
        return signature.equals(SIGNATURE_1) ? 1 : 2;
    }

    private static void readVersion1(FieldReader reader) throws MalformedDataException {
        reader.u16("version");
        reader.u16("length");
        reader.hexU32("spdmHashAlgo");
        long deviceType = reader.u32("deviceType");
        readMeasurementBlock(reader);
        readDeviceContext(reader, deviceType);
    }

    private static void readVersion2(FieldReader reader) throws MalformedDataException {
        reader.u16("version");
        reader.u8("authState");
        reader.u8("reserved");
        reader.u32("length");
        long deviceType = reader.u32("deviceType");
        long subHeaderType = reader.u32("subHeaderType");
        long subHeaderLength = reader.u32("subHeaderLength");
        reader.hexU64("subHeaderUid");
        long pathLength = reader.u64("devicePathLength");
        Bytes path = reader.bytes(pathLength, "devicePath");
        reader.add(Field.text(
                "devicePathText",
                DevicePath.decode(path).toText(DevicePathTextForm.UEFI),
                reader.position() - path.length(),
                path.length()));
        readSubHeader(reader, subHeaderType, subHeaderLength);
        readDeviceContext(reader, deviceType);
    }

    private static void readSubHeader(FieldReader reader, long type, long length) throws MalformedDataException {
        int start = reader.position();
        if (type == MEASUREMENT_BLOCK && length >= 8) {
            reader.u16("spdmVersion");
            reader.u8("spdmMeasurementBlockCount");
            reader.u8("subHeaderReserved");
            reader.hexU32("spdmMeasurementHashAlgo");
        } else if (type == CERTIFICATE_CHAIN && length >= 8) {
            reader.u16("spdmVersion");
            reader.u8("spdmSlotId");
            reader.u8("subHeaderReserved");
            reader.hexU32("spdmHashAlgo");
        }
        reader.bytes(length - (reader.position() - start), "subHeaderData");
    }

    private static void readMeasurementBlock(FieldReader reader) throws MalformedDataException {
        reader.u8("measurementIndex");
        reader.u8("measurementSpecification");
        reader.bytes(reader.u16("measurementSize"), "measurement");
    }

    private static void readDeviceContext(FieldReader reader, long deviceType) throws MalformedDataException {
        if (deviceType == PCI) {
            reader.u16("pciVersion");
            reader.u16("pciLength");
            reader.hexU16("vendorId");
            reader.hexU16("deviceId");
            reader.u8("revisionId");
            reader.bytes(3, "classCode");
            reader.hexU16("subsystemVendorId");
            reader.hexU16("subsystemId");
        } else if (deviceType == USB) {
            reader.u16("usbVersion");
            reader.u16("usbLength");
            reader.rest("usbDescriptors");
        }
    }
}
