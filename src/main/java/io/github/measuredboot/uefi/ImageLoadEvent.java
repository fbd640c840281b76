package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.List;
import java.util.Optional;

/**
 * UEFI_IMAGE_LOAD_EVENT (PFP 10.2.3): the data of the EV_EFI_BOOT_SERVICES_APPLICATION, EV_EFI_BOOT_SERVICES_DRIVER and
 * EV_EFI_RUNTIME_SERVICES_DRIVER events, with fields of 64 bits. The digest of these events is that of the image: it covers nothing in
 * here.
 *
 * <p>If {@code lengthOfDevicePath} is more than there is, the path is read from all the bytes that are there: see {@link
 * #fault()}.
 *
 * @param imageLocationInMemory the physical address
 * @param imageLengthInMemory in bytes
 * @param imageLinkTimeAddress the address for which the image was linked
 * @param lengthOfDevicePath what the event says
 * @param devicePath where the image came from; without any node for an image that came from memory
 * @param trailing bytes after the path
 */
public record ImageLoadEvent(
        long imageLocationInMemory,
        long imageLengthInMemory,
        long imageLinkTimeAddress,
        long lengthOfDevicePath,
        DevicePath devicePath,
        Bytes trailing) {
    /** The size of what precedes the device path, in bytes. */
    public static final int HEADER_SIZE = 4 * Long.BYTES;

    private static final String STRUCTURE = "UEFI_IMAGE_LOAD_EVENT";

    public ImageLoadEvent {
        if (!devicePath.trailing().isEmpty()) {
            trailing = new ByteWriter()
                    .bytes(devicePath.trailing())
                    .bytes(trailing)
                    .toBytes();
            devicePath = DevicePath.decode(devicePath.encode());
        }
    }

    /**
     * Makes the event of an image.
     *
     * @param imageLocationInMemory the physical address
     * @param imageLengthInMemory in bytes
     * @param imageLinkTimeAddress the address for which the image was linked
     * @param devicePath where the image came from
     * @return the event
     */
    public static ImageLoadEvent of(
            long imageLocationInMemory, long imageLengthInMemory, long imageLinkTimeAddress, DevicePath devicePath) {
        return new ImageLoadEvent(
                imageLocationInMemory,
                imageLengthInMemory,
                imageLinkTimeAddress,
                devicePath.size(),
                devicePath,
                Bytes.EMPTY);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if there are fewer than 32 bytes
     */
    public static ImageLoadEvent decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    private static ImageLoadEvent read(ByteCursor cursor) throws MalformedDataException {
        long imageLocationInMemory = cursor.hex64("imageLocationInMemory");
        long imageLengthInMemory = cursor.u64("imageLengthInMemory");
        long imageLinkTimeAddress = cursor.hex64("imageLinkTimeAddress");
        long lengthOfDevicePath = cursor.plain64("LengthOfDevicePath");
        boolean exceeds = Long.compareUnsigned(lengthOfDevicePath, cursor.remaining()) > 0;
        Bytes path = cursor.plainBytes(exceeds ? cursor.remaining() : lengthOfDevicePath, "DevicePath");
        DevicePath devicePath = DevicePath.decode(path);
        ImageLoadEvent event = new ImageLoadEvent(
                imageLocationInMemory,
                imageLengthInMemory,
                imageLinkTimeAddress,
                lengthOfDevicePath,
                devicePath,
                cursor.rest());
        int pathLength = event.devicePath.size() + event.trailing.length();
        if (cursor.isRecording()) {
            cursor.text("devicePath", devicePath.toText(DevicePathTextForm.UEFI), pathLength);
            event.fault().ifPresent(fault -> cursor.text("fault", fault.message(), pathLength));
        }
        return event;
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, ImageLoadEvent::read);
    }

    /** {@return the event data} */
    public Bytes encode() {
        return new ByteWriter()
                .u64(imageLocationInMemory)
                .u64(imageLengthInMemory)
                .u64(imageLinkTimeAddress)
                .u64(lengthOfDevicePath)
                .bytes(devicePath.encode())
                .bytes(trailing)
                .toBytes();
    }

    /**
     * {@return the first thing that is wrong with the event: its length is not the path's, or the path has a fault, whose offset counts
     * from the start of the event data; empty if nothing is wrong, as when there is no path at all}
     */
    public Optional<Fault> fault() {
        int size = devicePath.size();
        if (lengthOfDevicePath != size || !trailing.isEmpty()) {
            return Optional.of(new Fault(
                    HEADER_SIZE - Long.BYTES,
                    STRUCTURE,
                    "LengthOfDevicePath",
                    "is " + Long.toUnsignedString(lengthOfDevicePath) + ", the path has " + size + " bytes and "
                            + trailing.length() + " follow it"));
        }
        return size == 0 ? Optional.empty() : devicePath.fault().map(fault -> fault.shifted(HEADER_SIZE));
    }

    /** {@return whether the path is that of a file in a firmware volume, {@code Fv(...)/FvFile(...)}} */
    public boolean isFirmwareResident() {
        return devicePath.isFirmwareResident();
    }
}
