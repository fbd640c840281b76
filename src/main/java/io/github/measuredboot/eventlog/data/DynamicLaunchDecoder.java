package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.TxtEventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Intel publishes no layouts: these are the ones that real logs have, so that other data are no fault. They are shown as they
 * are.
 */
final class DynamicLaunchDecoder {
    /** nvIndex, nameAlg, attributes, and the size of authPolicy. */
    private static final int NV_PUBLIC_FIXED_SIZE = 12;

    private DynamicLaunchDecoder() {}

    static DynamicLaunchData decode(Bytes raw, TxtEventType type) {
        return new DynamicLaunchData(raw, type, raw.isEmpty() ? List.of() : fields(raw, type.layout()));
    }

    private static List<Field> fields(Bytes raw, TxtEventType.Layout layout) {
        Optional<List<Field>> fields = switch (layout) {
            case BINARY -> Optional.empty();
            case HASH_AND_FLAGS -> hashAndFlags(raw);
            case U32 -> u32(raw);
            case NV_INDEXES -> nvIndexes(raw);
            case TEXT -> text(raw);
        };
        return fields.orElseGet(() -> new OpaqueEventData(raw).fields());
    }

    private static Optional<List<Field>> hashAndFlags(Bytes raw) {
        int size = raw.length() - Integer.BYTES;
        return size == HashAlgorithm.SHA1.digestSize() || size == HashAlgorithm.SHA256.digestSize()
                ? Optional.of(List.of(
                        Field.binary("hash", raw.slice(0, size), 0),
                        Field.hexadecimal("flags", raw.u32(size), size, Integer.BYTES)))
                : Optional.empty();
    }

    private static Optional<List<Field>> u32(Bytes raw) {
        return raw.length() == Integer.BYTES
                ? Optional.of(List.of(Field.hexadecimal("value", raw.u32(0), 0, Integer.BYTES)))
                : Optional.empty();
    }

    private static Optional<List<Field>> text(Bytes raw) {
        Bytes text = Texts.beforeNul(raw);
        return Texts.isPrintableAscii(text)
                ? Optional.of(List.of(new TextData(raw).fields().get(0)))
                : Optional.empty();
    }

    private static Optional<List<Field>> nvIndexes(Bytes raw) {
        List<Field> indexes = new ArrayList<>();
        int at = 0;
        while (at < raw.length()) {
            boolean defined = raw.u8(at) == 1;
            int size = defined ? nvPublicSize(raw, at + 1) : 0;
            if (raw.u8(at) > 1 || size < 0) {
                return Optional.empty();
            }
            List<Field> fields = new ArrayList<>();
            fields.add(Field.flag("defined", defined, at, 1));
            if (defined) {
                fields.addAll(nvPublic(raw, at + 1, size));
            }
            indexes.add(Field.structure("nvIndex", fields, at, 1 + size));
            at += 1 + size;
        }
        return Optional.of(List.of(Field.items("nvIndexes", indexes, 0, raw.length())));
    }

    private static int nvPublicSize(Bytes raw, int at) {
        if (raw.length() - at < NV_PUBLIC_FIXED_SIZE) {
            return -1;
        }
        int size = NV_PUBLIC_FIXED_SIZE + bigEndian16(raw, at + NV_PUBLIC_FIXED_SIZE - Short.BYTES) + Short.BYTES;
        return raw.length() - at < size ? -1 : size;
    }

    /** TPMS_NV_PUBLIC (TPM 2.0 Part 2, 13.5), big-endian. */
    private static List<Field> nvPublic(Bytes raw, int at, int size) {
        int policyAt = at + NV_PUBLIC_FIXED_SIZE;
        int dataSizeAt = at + size - Short.BYTES;
        return List.of(
                Field.hexadecimal("nvIndex", bigEndian32(raw, at), at, Integer.BYTES),
                Field.hexadecimal("nameAlg", bigEndian16(raw, at + 4), at + 4, Short.BYTES),
                Field.hexadecimal("attributes", bigEndian32(raw, at + 6), at + 6, Integer.BYTES),
                Field.binary("authPolicy", raw.slice(policyAt, dataSizeAt - policyAt), policyAt),
                Field.unsigned("dataSize", bigEndian16(raw, dataSizeAt), dataSizeAt, Short.BYTES));
    }

    private static int bigEndian16(Bytes raw, int at) {
        return raw.u8(at) << Byte.SIZE | raw.u8(at + 1);
    }

    private static long bigEndian32(Bytes raw, int at) {
        return (long) bigEndian16(raw, at) << Short.SIZE | bigEndian16(raw, at + Short.BYTES);
    }
}
