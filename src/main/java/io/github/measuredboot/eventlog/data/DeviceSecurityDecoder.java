package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;

/** SPDM_MEASUREMENT_BLOCK and certificate chains are those of DMTF DSP0274. */
final class DeviceSecurityDecoder {
    private static final String SIGNATURE_1 = "SPDM Device Sec";
    private static final String SIGNATURE_2 = "SPDM Device Sec2";
    private static final int SIGNATURE_SIZE = 16;
    private static final int PCI = 1;
    private static final int USB = 2;
    private static final int MEASUREMENT_BLOCK = 0;
    private static final int CERTIFICATE_CHAIN = 1;

    private DeviceSecurityDecoder() {}

    static void read(ByteCursor cursor) throws MalformedDataException {
        String signature = cursor.latin1(SIGNATURE_SIZE, "signature");
        switch (signature) {
            case SIGNATURE_1 -> readVersion1(cursor);
            case SIGNATURE_2 -> readVersion2(cursor);
            default -> throw cursor.fault("signature", "is neither '" + SIGNATURE_1 + "' nor '" + SIGNATURE_2 + "'");
        }
        cursor.rest("trailing");
    }

    private static void readVersion1(ByteCursor cursor) throws MalformedDataException {
        cursor.u16("version");
        cursor.u16("length");
        cursor.hex32("spdmHashAlgo");
        long deviceType = cursor.u32("deviceType");
        readMeasurementBlock(cursor);
        readDeviceContext(cursor, deviceType);
    }

    private static void readVersion2(ByteCursor cursor) throws MalformedDataException {
        cursor.u16("version");
        cursor.u8("authState");
        cursor.u8("reserved");
        cursor.u32("length");
        long deviceType = cursor.u32("deviceType");
        long subHeaderType = cursor.u32("subHeaderType");
        long subHeaderLength = cursor.u32("subHeaderLength");
        cursor.hex64("subHeaderUid");
        long pathLength = cursor.u64("devicePathLength");
        Bytes path = cursor.bytes(pathLength, "devicePath");
        cursor.text("devicePathText", DevicePath.decode(path).toText(DevicePathTextForm.UEFI), path.length());
        readSubHeader(cursor, subHeaderType, subHeaderLength);
        readDeviceContext(cursor, deviceType);
    }

    private static void readSubHeader(ByteCursor cursor, long type, long length) throws MalformedDataException {
        int start = cursor.position();
        if (type == MEASUREMENT_BLOCK && length >= 8) {
            cursor.u16("spdmVersion");
            cursor.u8("spdmMeasurementBlockCount");
            cursor.u8("subHeaderReserved");
            cursor.hex32("spdmMeasurementHashAlgo");
        } else if (type == CERTIFICATE_CHAIN && length >= 8) {
            cursor.u16("spdmVersion");
            cursor.u8("spdmSlotId");
            cursor.u8("subHeaderReserved");
            cursor.hex32("spdmHashAlgo");
        }
        cursor.bytes(length - (cursor.position() - start), "subHeaderData");
    }

    private static void readMeasurementBlock(ByteCursor cursor) throws MalformedDataException {
        cursor.u8("measurementIndex");
        cursor.u8("measurementSpecification");
        cursor.bytes(cursor.u16("measurementSize"), "measurement");
    }

    private static void readDeviceContext(ByteCursor cursor, long deviceType) throws MalformedDataException {
        if (deviceType == PCI) {
            cursor.u16("pciVersion");
            cursor.u16("pciLength");
            cursor.hex16("vendorId");
            cursor.hex16("deviceId");
            cursor.u8("revisionId");
            cursor.bytes(3, "classCode");
            cursor.hex16("subsystemVendorId");
            cursor.hex16("subsystemId");
        } else if (deviceType == USB) {
            cursor.u16("usbVersion");
            cursor.u16("usbLength");
            cursor.rest("usbDescriptors");
        }
    }
}
