package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;

/** The content of SecureBoot, SetupMode, AuditMode, DeployedMode and other variables of one byte that is 0 or 1 (UEFI 3.3). */
public final class BooleanVariable {
    private BooleanVariable() {}

    /**
     * Decodes the content: no bytes at all are {@code false}.
     *
     * @throws MalformedDataException for any other value, and for more than one byte
     */
    public static boolean decode(Bytes data, long offset) throws MalformedDataException {
        if (data.isEmpty()) {
            return false;
        }
        if (data.length() > 1 || data.u8(0) > 1) {
            throw new MalformedDataException(
                    new Fault(offset, "UEFI_VARIABLE_DATA", "VariableData", "is " + data + ", not 00 or 01"));
        }
        return data.u8(0) == 1;
    }

    /**
     * Encodes the content.
     *
     * @param value yes or no
     * @return one byte
     */
    public static Bytes encode(boolean value) {
        return Bytes.wrap(new byte[] {(byte) (value ? 1 : 0)});
    }
}
