package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.windows.SipaValue.Text;
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

    static SipaValue decode(SipaElement.Leaf leaf) {
        Optional<SipaEventType> known = leaf.knownType();
        if (known.isEmpty() && !SipaElement.Container.isContainer(leaf.type())) {
            return new SipaValue.Binary(leaf.data());
        }
        String structure = known.map(SipaEventType::specificationName).orElse("SIPAEVENT");
        ByteCursor cursor = new ByteCursor(leaf.data(), (long) leaf.offset() + SipaElement.HEADER_SIZE, structure);
        try {
            SipaValue value = known.map(SipaEventType::layout).orElse(CONTAINER).read(cursor);
            if (cursor.remaining() > 0) {
                throw cursor.fault("taggedEventData", cursor.remaining() + " bytes are left over");
            }
            return value;
        } catch (MalformedDataException e) {
            return new SipaValue.Malformed(leaf.data(), e.fault());
        }
    }

    private SipaValue read(ByteCursor cursor) throws MalformedDataException {
        return switch (this) {
            case CONTAINER ->
                throw cursor.fault("taggedEventID", "is a container nested more than " + SipaTree.MAX_DEPTH + " deep");
            case FLAG -> flag(cursor);
            case U8 -> new SipaValue.Unsigned(cursor.u8("value"), Byte.BYTES, false);
            case U32, HEX32 -> new SipaValue.Unsigned(cursor.u32("value"), Integer.BYTES, this == HEX32);
            case U64, HEX64 -> new SipaValue.Unsigned(cursor.u64("value"), Long.BYTES, this == HEX64);
            case U32_U64 -> cursor.remaining() == Long.BYTES ? U64.read(cursor) : U32.read(cursor);
            case TEXT -> text(cursor, cursor.remaining(), "value");
            case BYTES -> new SipaValue.Binary(cursor.rest());
            case REVOCATION_LIST -> revocationList(cursor);
            case SI_POLICY -> siPolicy(cursor);
            case SI_POLICY_SIGNER -> SiPolicySigners.read(cursor);
            case VSM_IDK -> vsmIdkInfo(cursor);
            case SBCP_INFO -> sbcpInfo(cursor);
            case KSR_SIGNATURE -> ksrSignature(cursor);
        };
    }

    private static SipaValue.Flag flag(ByteCursor cursor) throws MalformedDataException {
        int value = cursor.u8("value");
        if (value > 1) {
            throw cursor.fault("value", value + " is neither 0 nor 1");
        }
        return new SipaValue.Flag(value == 1);
    }

    static Text text(ByteCursor cursor, long length, String field) throws MalformedDataException {
        if (length % Character.BYTES != 0) {
            throw cursor.fault(field, "UTF-16 text cannot have " + length + " bytes");
        }
        return Text.of(cursor.bytes(length, field));
    }

    private static SipaValue revocationList(ByteCursor cursor) throws MalformedDataException {
        long creationTime = cursor.u64("creationTime");
        long digestLength = cursor.u32("digestLength");
        int hashAlgId = cursor.u16("hashAlgId");
        return new SipaStructure.RevocationList(creationTime, hashAlgId, cursor.bytes(digestLength, "digest"));
    }

    private static SipaValue siPolicy(ByteCursor cursor) throws MalformedDataException {
        long policyVersion = cursor.u64("policyVersion");
        int policyNameLength = cursor.u16("policyNameLength");
        int hashAlgId = cursor.u16("hashAlgId");
        long digestLength = cursor.u32("digestLength");
        Text policyName = text(cursor, policyNameLength, "policyName");
        return new SipaStructure.SiPolicy(policyVersion, hashAlgId, policyName, cursor.bytes(digestLength, "digest"));
    }

    private static SipaValue vsmIdkInfo(ByteCursor cursor) throws MalformedDataException {
        requireConstant(cursor, "keyAlgId", SipaStructure.VsmIdkInfo.RSA);
        long keyBitLength = cursor.u32("keyBitLength");
        long publicExpLengthBytes = cursor.u32("publicExpLengthBytes");
        long modulusSizeBytes = cursor.u32("modulusSizeBytes");
        Bytes publicExponent = cursor.bytes(publicExpLengthBytes, "publicExponent");
        return new SipaStructure.VsmIdkInfo(keyBitLength, publicExponent, cursor.bytes(modulusSizeBytes, "modulus"));
    }

    private static SipaValue sbcpInfo(ByteCursor cursor) throws MalformedDataException {
        requireConstant(cursor, "payloadVersion", SipaStructure.SbcpInfo.VERSION);
        requireConstant(cursor, "varDataOffset", SipaStructure.SbcpInfo.HEADER_SIZE);
        int hashAlgId = cursor.u16("hashAlgId");
        int digestLength = cursor.u16("digestLength");
        long options = cursor.u32("options");
        long signersCount = cursor.u32("signersCount");
        return new SipaStructure.SbcpInfo(hashAlgId, options, signersCount, cursor.bytes(digestLength, "digest"));
    }

    private static SipaValue ksrSignature(ByteCursor cursor) throws MalformedDataException {
        long signAlgId = cursor.u32("signAlgId");
        long signatureLength = cursor.u32("signatureLength");
        return new SipaStructure.KsrSignature(signAlgId, cursor.bytes(signatureLength, "signature"));
    }

    private static void requireConstant(ByteCursor cursor, String field, long expected) throws MalformedDataException {
        long found = cursor.u32(field);
        if (found != expected) {
            throw cursor.fault(field, "is " + found + ", only " + expected + " is known");
        }
    }
}
