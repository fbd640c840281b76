package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.VariableData;
import java.util.Optional;

/** What a digest is the hash of, found without the type of its event. */
record CoveredBytes(Optional<Bytes> bytes) {
    private static final int LAST_BYTE = 1;

    static CoveredBytes of(Optional<Digest> digest, Bytes data, DigestChecker bank) {
        return new CoveredBytes(
                digest.flatMap(logged -> bank.comparing(comparison -> find(logged.value(), data, comparison))));
    }

    private static Optional<Bytes> find(Bytes expected, Bytes data, HashComparison comparison) {
        if (comparison.isHash(expected, data)) {
            return Optional.of(data);
        }
        for (int length = data.length() - 1;
                length >= data.length() - Character.BYTES && length >= 0 && data.u8(length) == 0;
                length--) {
            if (comparison.isHash(expected, data.slice(0, length))) {
                return Optional.of(data.slice(0, length));
            }
        }
        int trailing = trailingBytes(data);
        if (trailing == 0) {
            return Optional.empty();
        }
        for (int uncovered : new int[] {trailing, LAST_BYTE}) {
            Bytes covered = data.slice(0, data.length() - uncovered);
            if (comparison.isHash(expected, covered)) {
                return Optional.of(covered);
            }
        }
        return Optional.empty();
    }

    private static int trailingBytes(Bytes data) {
        try {
            return VariableData.decode(data, 0).trailing().length();
        } catch (MalformedDataException e) {
            return 0;
        }
    }

    static Optional<VariableEventData> variable(Bytes structure, EventType type) {
        try {
            VariableData variable = VariableData.decode(structure, 0);
            return variable.trailing().isEmpty()
                    ? Optional.of(new VariableEventData(structure, variable, type))
                    : Optional.empty();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }
}
