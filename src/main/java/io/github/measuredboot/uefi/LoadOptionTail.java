package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.List;
import java.util.Optional;

/**
 * What some firmware measures of a load option, seen on an Intel desktop with AMI's firmware: it leaves out Attributes and
 * FilePathListLength at the start, and two bytes at the end. The option on the machine is an ordinary {@link LoadOption}.
 *
 * @param encoded the bytes that are measured
 * @param description the name for a person, every UTF-16 unit up to the NUL
 * @param filePath what is loaded; its End node may be cut off after type and subtype
 * @param rest what follows the path: further paths and the optional data, two bytes short
 */
public record LoadOptionTail(Bytes encoded, String description, DevicePath filePath, Bytes rest) {
    private static final long DEFINED_ATTRIBUTES =
            LoadOption.ACTIVE | LoadOption.FORCE_RECONNECT | LoadOption.HIDDEN | LoadOption.CATEGORY;

    /**
     * Recognizes the tail of a load option.
     *
     * @param data what was measured as the content of a Boot#### variable
     * @return the tail; empty if the data are a load option without reserved attributes, or if they do not begin with a
     *     description without control characters and a well-formed path
     */
    public static Optional<LoadOptionTail> recognize(Bytes data) {
        int size = Char16Text.indexOfNul(data);
        if (size <= 0 || isLoadOption(data)) {
            return Optional.empty();
        }
        String description = Utf16.decode(data.slice(0, size));
        DevicePath path = DevicePath.decode(data.from(size + Character.BYTES));
        boolean isPath = path.fault().isEmpty() && path.nodes().size() > 1;
        return isPath && description.chars().noneMatch(Character::isISOControl)
                ? Optional.of(new LoadOptionTail(data, description, path, path.trailing()))
                : Optional.empty();
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encoded, offset, "EFI_LOAD_OPTION", cursor -> {
            Char16Text.readTerminated(cursor, "description");
            int length = cursor.remaining() - rest.length();
            cursor.plainBytes(length, "devicePath");
            cursor.text("devicePath", filePath.toText(DevicePathTextForm.UEFI), length);
            cursor.rest("rest");
        });
    }

    private static boolean isLoadOption(Bytes data) {
        try {
            LoadOption option = LoadOption.decode(data, 0);
            return option.fault().isEmpty() && (option.attributes() & ~DEFINED_ATTRIBUTES) == 0;
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
