package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.recognition.RecognizedText;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * EFI_LOAD_OPTION (UEFI 3.1.3): the content of a Boot####, Driver####, SysPrep####, OsRecovery#### or PlatformRecovery#### variable.
 *
 * @param attributes the attributes, all 32 bits
 * @param description the name for a person, every UTF-16 unit up to the NUL
 * @param filePathList the paths, of which the first names what is loaded; malformed nodes are kept, see {@link #fault()}
 * @param optionalData what is passed to the loaded image
 */
public record LoadOption(long attributes, String description, List<DevicePath> filePathList, Bytes optionalData) {
    /** LOAD_OPTION_ACTIVE. */
    public static final long ACTIVE = 0x0000_0001;

    /** LOAD_OPTION_FORCE_RECONNECT. */
    public static final long FORCE_RECONNECT = 0x0000_0002;

    /** LOAD_OPTION_HIDDEN. */
    public static final long HIDDEN = 0x0000_0008;

    /** LOAD_OPTION_CATEGORY, the mask of the category's bits. */
    public static final long CATEGORY = 0x0000_1f00;

    /** LOAD_OPTION_CATEGORY_BOOT: part of the normal boot. */
    public static final long CATEGORY_BOOT = 0x0000_0000;

    /** LOAD_OPTION_CATEGORY_APP: an application that is not part of the boot. */
    public static final long CATEGORY_APP = 0x0000_0100;

    private static final String STRUCTURE = "EFI_LOAD_OPTION";
    private static final int FIXED_SIZE = Integer.BYTES + Short.BYTES;
    private static final int MAX_FILE_PATH_LIST_LENGTH = 0xffff;

    /** @throws IllegalArgumentException if the description has a NUL or the paths exceed 65535 bytes */
    public LoadOption {
        filePathList = List.copyOf(filePathList);
        if (description.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a description ends at its first NUL");
        }
        long size = filePathList.stream().mapToLong(DevicePath::size).sum();
        if (size > MAX_FILE_PATH_LIST_LENGTH) {
            throw new IllegalArgumentException("paths of " + size + " bytes, at most 65535 are possible");
        }
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if the description has no end or the path list exceeds the bytes that are there
     */
    public static LoadOption decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    private static LoadOption read(ByteCursor cursor) throws MalformedDataException {
        long attributes = cursor.hex32("attributes");
        cursor.note("active", new FieldValue.Flag((attributes & ACTIVE) != 0), Integer.BYTES);
        int filePathListLength = cursor.plain16("FilePathListLength");
        String description = Char16Text.readTerminated(cursor, "description");
        Bytes list = cursor.plainBytes(filePathListLength, "FilePathList");
        List<DevicePath> paths = DevicePath.decodeList(list);
        if (cursor.isRecording()) {
            cursor.note("filePathList", pathFields(paths, cursor.position() - list.length()), list.length());
        }
        LoadOption option = new LoadOption(attributes, description, paths, cursor.rest("optionalData"));
        option.optionalText()
                .ifPresent(text ->
                        cursor.text("optionalText", text, option.optionalData().length()));
        return option;
    }

    /** {@return the optional data if they are text, such as the command line of a kernel that firmware starts itself} */
    public Optional<String> optionalText() {
        return RecognizedText.certainly(optionalData).map(RecognizedText::text);
    }

    private static FieldValue pathFields(List<DevicePath> paths, int offset) {
        List<Field> fields = new ArrayList<>();
        int at = offset;
        for (DevicePath path : paths) {
            fields.add(Field.text("devicePath", path.toText(DevicePathTextForm.UEFI), at, path.size()));
            at += path.size();
        }
        return new FieldValue.Items(fields);
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, LoadOption::read);
    }

    /** {@return the content of the variable} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter()
                .u32(attributes)
                .u16(filePathList.stream().mapToInt(DevicePath::size).sum());
        Char16Text.write(writer, description).u16(0);
        filePathList.forEach(path -> writer.bytes(path.encode()));
        return writer.bytes(optionalData).toBytes();
    }

    /** {@return whether firmware tries the option} */
    public boolean isActive() {
        return (attributes & ACTIVE) != 0;
    }

    /** {@return whether menus leave the option out} */
    public boolean isHidden() {
        return (attributes & HIDDEN) != 0;
    }

    /** {@return whether all drivers are to be reconnected after the option has been loaded} */
    public boolean isForceReconnect() {
        return (attributes & FORCE_RECONNECT) != 0;
    }

    /** {@return {@link #CATEGORY_BOOT}, {@link #CATEGORY_APP}, or a value that is reserved} */
    public long category() {
        return attributes & CATEGORY;
    }

    /**
     * {@return the first fault of the paths, its offset counted from the start of the load option; empty if all paths are
     * well-formed}
     */
    public Optional<Fault> fault() {
        long start = FIXED_SIZE + (description.length() + 1L) * Character.BYTES;
        if (filePathList.isEmpty()) {
            return Optional.of(new Fault(start, STRUCTURE, "FilePathList", "has no device path"));
        }
        for (DevicePath path : filePathList) {
            Optional<Fault> fault = path.fault();
            if (fault.isPresent()) {
                return Optional.of(fault.get().shifted(start));
            }
            start += path.size();
        }
        return Optional.empty();
    }
}
