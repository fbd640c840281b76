package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.recognition.RecognizedText;
import io.github.measuredboot.tpm.HashAlgorithm;

/**
 * Intel publishes no layouts of the events of a dynamic launch: these are the ones that real logs have, so data with another layout are
 * not a fault. They are shown as they are.
 */
final class LaunchDecoder {
    private static final String ID = "dynamic-launch";

    private LaunchDecoder() {}

    static EventData decode(Bytes raw, EventType type) {
        try {
            ByteCursor cursor = ByteCursor.recording(raw, 0, type.name());
            switch (type.layout()) {
                case HASH_AND_FLAGS -> hashAndFlags(cursor);
                case U32 -> cursor.hex32("value");
                case NV_INDEXES -> cursor.items("nvIndexes", LaunchDecoder::nvIndexes);
                case LAUNCH_TEXT -> text(cursor, raw);
                default -> {
                    if (RecognizedText.certainly(raw).isPresent()) {
                        text(cursor, raw);
                    }
                    cursor.rest("data");
                }
            }
            cursor.requireEnd();
            return new StructureData(raw, ID, type.name(), cursor.fields());
        } catch (MalformedDataException e) {
            return new StructureData(raw, ID, type.name(), new OpaqueEventData(raw).fields());
        }
    }

    private static void hashAndFlags(ByteCursor cursor) throws MalformedDataException {
        int size = cursor.remaining() - Integer.BYTES;
        if (HashAlgorithm.standard().stream().noneMatch(algorithm -> algorithm.digestSize() == size)) {
            throw cursor.fault("hash", "has " + size + " bytes");
        }
        cursor.bytes(size, "hash");
        cursor.hex32("flags");
    }

    private static void text(ByteCursor cursor, Bytes raw) throws MalformedDataException {
        RecognizedText text = RecognizedText.of(raw).orElseThrow(() -> cursor.fault("text", "is in no known encoding"));
        cursor.plainBytes(raw.length(), "text");
        cursor.text("text", text.text(), raw.length());
    }

    private static void nvIndexes(ByteCursor cursor) throws MalformedDataException {
        while (cursor.remaining() > 0) {
            cursor.structure("nvIndex", LaunchDecoder::nvIndex);
        }
    }

    private static void nvIndex(ByteCursor cursor) throws MalformedDataException {
        int defined = cursor.plain8("defined");
        if (defined > 1) {
            throw cursor.fault("defined", "is " + defined);
        }
        cursor.note("defined", new FieldValue.Flag(defined == 1), Byte.BYTES);
        if (defined == 1) {
            nvPublic(cursor);
        }
    }

    /** TPMS_NV_PUBLIC (TPM 2.0 Part 2, 13.5), big-endian. */
    private static void nvPublic(ByteCursor cursor) throws MalformedDataException {
        cursor.hex32be("nvIndex");
        cursor.hex16be("nameAlg");
        cursor.hex32be("attributes");
        int size = Short.toUnsignedInt(Short.reverseBytes((short) cursor.plain16("authPolicySize")));
        cursor.bytes(size, "authPolicy");
        cursor.u16be("dataSize");
    }
}
