package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;

/** GUIDs as text. */
final class Guids {
    static final int SIZE = 16;

    private Guids() {}

    static String text(Bytes data, int at) {
        return Guid.at(data, at).toString();
    }
}
