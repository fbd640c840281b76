package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;

final class Exact {
    private Exact() {}

    static void end(ByteCursor cursor) throws MalformedDataException {
        if (cursor.remaining() > 0) {
            throw cursor.fault("end", cursor.remaining() + " bytes follow the structure");
        }
    }
}
