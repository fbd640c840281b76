package io.github.measuredboot.internal.uefi;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;

/** GUIDs as fields of structures. */
public final class GuidFields {
    private GuidFields() {}

    public static Guid plain(ByteCursor cursor, String field) throws MalformedDataException {
        return Guid.of(cursor.plainBytes(Guid.SIZE, field));
    }

    public static Guid read(ByteCursor cursor, String field) throws MalformedDataException {
        Guid guid = plain(cursor, field);
        if (cursor.isRecording()) {
            cursor.text(field, guid.toString(), Guid.SIZE);
        }
        return guid;
    }

    /** The field has the GUID's name too, if it is known. */
    public static Guid readNamed(ByteCursor cursor, String field) throws MalformedDataException {
        Guid guid = plain(cursor, field);
        if (cursor.isRecording()) {
            String name = KnownGuids.name(guid).map(text -> " (" + text + ")").orElse("");
            cursor.text(field, guid + name, Guid.SIZE);
        }
        return guid;
    }
}
