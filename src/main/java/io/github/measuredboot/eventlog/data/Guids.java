package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;

final class Guids {
    private Guids() {}

    static Field field(String name, Guid guid, int offset) {
        String known = KnownGuids.name(guid).map(text -> " (" + text + ")").orElse("");
        return Field.text(name, guid + known, offset, Guid.SIZE);
    }
}
