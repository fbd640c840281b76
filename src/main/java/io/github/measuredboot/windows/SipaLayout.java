package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.Utf16;
import java.util.Optional;

/** How the data of a type are laid out. */
enum SipaLayout {
    CONTAINER,
    FLAG,
    U8,
    U32,
    HEX32,
    U64,
    HEX64,
    U32_U64,
    TEXT,
    BYTES,
    REVOCATION_LIST,
    SI_POLICY,
    SI_POLICY_SIGNER,
    VSM_IDK,
    SBCP_INFO,
    KSR_SIGNATURE;

    /** The value, which is all of the data if there is a fault. */
    record Decoded(FieldValue value, Optional<Fault> fault) {}

    private static final int RSA = 1;
    private static final int SBCP_VERSION = 1;
    private static final int SBCP_HEADER_SIZE = 20;

    static Decoded decode(SipaElement.Leaf leaf) {
        Optional<SipaEventType> known = leaf.knownType();
        if (known.isEmpty() && !SipaElement.Container.isContainer(leaf.type())) {
            return new Decoded(new FieldValue.Binary(leaf.data()), Optional.empty());
        }
        String structure = known.map(SipaEventType::specificationName).orElse("SIPAEVENT");
        ByteCursor cursor = ByteCursor.recordingAt(leaf.data(), leaf.offset() + SipaElement.HEADER_SIZE, structure);
        try {
            FieldValue value =
                    known.map(SipaEventType::layout).orElse(CONTAINER).read(cursor);
            if (cursor.remaining() > 0) {
                throw cursor.fault("taggedEventData", cursor.remaining() + " bytes are left over");
            }
            return new Decoded(value, Optional.empty());
        } catch (MalformedDataException e) {
            return new Decoded(new FieldValue.Binary(leaf.data()), Optional.of(e.fault()));
        }
    }

    private FieldValue read(ByteCursor cursor) throws MalformedDataException {
        return switch (this) {
            case CONTAINER ->
                throw cursor.fault("taggedEventID", "is a container nested more than " + SipaTree.MAX_DEPTH + " deep");
            case FLAG -> flag(cursor);
            case U8 -> new FieldValue.Unsigned(cursor.u8("value"));
            case U32 -> new FieldValue.Unsigned(cursor.u32("value"));
            case U64 -> new FieldValue.Unsigned(cursor.u64("value"));
            case HEX32 -> new FieldValue.Hexadecimal(cursor.u32("value"));
            case HEX64 -> new FieldValue.Hexadecimal(cursor.u64("value"));
            case U32_U64 -> cursor.remaining() == Long.BYTES ? U64.read(cursor) : U32.read(cursor);
            case TEXT -> new FieldValue.Text(text(cursor, cursor.remaining(), "value"));
            case BYTES -> new FieldValue.Binary(cursor.rest());
            case REVOCATION_LIST -> structure(cursor, SipaLayout::revocationList);
            case SI_POLICY -> structure(cursor, SipaLayout::siPolicy);
            case SI_POLICY_SIGNER -> structure(cursor, SipaLayout::siPolicySigner);
            case VSM_IDK -> structure(cursor, SipaLayout::vsmIdkInfo);
            case SBCP_INFO -> structure(cursor, SipaLayout::sbcpInfo);
            case KSR_SIGNATURE -> structure(cursor, SipaLayout::ksrSignature);
        };
    }

    private static FieldValue structure(ByteCursor cursor, ByteCursor.Reader reader) throws MalformedDataException {
        reader.read(cursor);
        return new FieldValue.Structure(cursor.fields());
    }

    private static FieldValue flag(ByteCursor cursor) throws MalformedDataException {
        int value = cursor.u8("value");
        if (value > 1) {
            throw cursor.fault("value", value + " is neither 0 nor 1");
        }
        return new FieldValue.Flag(value == 1);
    }

    /** UTF-16 without the NUL at its end. */
    private static String text(ByteCursor cursor, long length, String field) throws MalformedDataException {
        if (length % Character.BYTES != 0) {
            throw cursor.fault(field, "UTF-16 text cannot have " + length + " bytes");
        }
        String text = Utf16.decode(cursor.plainBytes(length, field));
        String shown = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
        return cursor.text(field, shown, (int) length);
    }

    private static void revocationList(ByteCursor cursor) throws MalformedDataException {
        cursor.u64("creationTime");
        long digestLength = cursor.u32("digestLength");
        cursor.hex16("hashAlgId");
        cursor.bytes(digestLength, "digest");
    }

    private static void siPolicy(ByteCursor cursor) throws MalformedDataException {
        cursor.hex64("policyVersion");
        int policyNameLength = cursor.u16("policyNameLength");
        cursor.hex16("hashAlgId");
        long digestLength = cursor.u32("digestLength");
        text(cursor, policyNameLength, "policyName");
        cursor.bytes(digestLength, "digest");
    }

    private static void siPolicySigner(ByteCursor cursor) throws MalformedDataException {
        cursor.u32("rootId");
        long certificatesLength = cursor.u32("certificatesLength");
        int certificatesCount = cursor.u16("certificatesCount");
        int policyNameLength = cursor.u16("policyNameLength");
        int ekusLength = cursor.u16("ekusLength");
        int ekusCount = cursor.u16("ekusCount");
        text(cursor, policyNameLength, "policyName");
        items(cursor, "ekus", ekusLength, ekusCount, "eku", SipaLayout::extendedKeyUsage);
        items(cursor, "certificates", certificatesLength, certificatesCount, "certificate", SipaLayout::certificate);
    }

    /** A count of structures that must fill a number of bytes. */
    private static void items(
            ByteCursor cursor, String name, long length, int count, String itemName, ByteCursor.Reader reader)
            throws MalformedDataException {
        if (length > cursor.remaining()) {
            throw cursor.fault(name, "needs " + length + " bytes, " + cursor.remaining() + " are left");
        }
        int end = cursor.position() + (int) length;
        cursor.items(name, items -> {
            for (int i = 0; i < count; i++) {
                items.structure(itemName, reader);
                if (cursor.position() > end) {
                    throw cursor.fault(name, "are longer than " + length + " bytes");
                }
            }
            if (cursor.position() < end) {
                throw cursor.fault(name, (end - cursor.position()) + " bytes are left over");
            }
        });
    }

    private static void extendedKeyUsage(ByteCursor cursor) throws MalformedDataException {
        cursor.bytes(cursor.u8("length"), "identifier");
    }

    private static void certificate(ByteCursor cursor) throws MalformedDataException {
        int publisherLength = cursor.u16("publisherCommonNameLength");
        int issuerLength = cursor.u16("issuerCommonNameLength");
        cursor.hex32("hashAlgId");
        int digestLength = cursor.u16("digestLength");
        text(cursor, publisherLength, "publisherCommonName");
        text(cursor, issuerLength, "issuerCommonName");
        cursor.bytes(digestLength, "digest");
    }

    private static void vsmIdkInfo(ByteCursor cursor) throws MalformedDataException {
        requireConstant(cursor, "keyAlgId", RSA);
        cursor.u32("keyBitLength");
        long publicExpLengthBytes = cursor.u32("publicExpLengthBytes");
        long modulusSizeBytes = cursor.u32("modulusSizeBytes");
        cursor.bytes(publicExpLengthBytes, "publicExponent");
        cursor.bytes(modulusSizeBytes, "modulus");
    }

    private static void sbcpInfo(ByteCursor cursor) throws MalformedDataException {
        requireConstant(cursor, "payloadVersion", SBCP_VERSION);
        requireConstant(cursor, "varDataOffset", SBCP_HEADER_SIZE);
        cursor.hex16("hashAlgId");
        int digestLength = cursor.u16("digestLength");
        cursor.hex32("options");
        cursor.u32("signersCount");
        cursor.bytes(digestLength, "digest");
    }

    private static void ksrSignature(ByteCursor cursor) throws MalformedDataException {
        cursor.hex32("signAlgId");
        long signatureLength = cursor.u32("signatureLength");
        cursor.bytes(signatureLength, "signature");
    }

    private static void requireConstant(ByteCursor cursor, String field, long expected) throws MalformedDataException {
        long found = cursor.u32(field);
        if (found != expected) {
            throw cursor.fault(field, "is " + found + ", only " + expected + " is known");
        }
    }
}
