package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;

/**
 * An encrypted credential, in the file format that {@code tpm2_activatecredential -i} takes: a magic number, a version, a
 * TPM2B_ID_OBJECT and a TPM2B_ENCRYPTED_SECRET.
 *
 * @param idObject the HMAC (TPM2B) and the encrypted secret, at most 1024 bytes
 * @param encryptedSecret the encrypted seed, at most 1024 bytes
 */
public record CredentialBlob(Bytes idObject, Bytes encryptedSecret) {
    private static final long MAGIC = 0xbadcc0deL;
    private static final long VERSION = 1;
    private static final int MAX_SIZE = 1024;

    /** @throws IllegalArgumentException if a part is too long */
    public CredentialBlob {
        if (idObject.length() > MAX_SIZE || encryptedSecret.length() > MAX_SIZE) {
            throw new IllegalArgumentException("a part has more than " + MAX_SIZE + " bytes");
        }
    }

    /**
     * Decodes a file.
     *
     * @param bytes the file
     * @return the credential, sharing the bytes
     * @throws MalformedDataException if it is not such a file
     */
    public static CredentialBlob decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, "credential");
        if (cursor.u32be("magic") != MAGIC) {
            throw cursor.fault("magic", "is not badcc0de");
        }
        if (cursor.u32be("version") != VERSION) {
            throw cursor.fault("version", "is not 1");
        }
        Bytes idObject = part(cursor, "TPM2B_ID_OBJECT");
        Bytes encryptedSecret = part(cursor, "TPM2B_ENCRYPTED_SECRET");
        if (cursor.remaining() > 0) {
            throw cursor.fault("end", cursor.remaining() + " bytes are left over");
        }
        return new CredentialBlob(idObject, encryptedSecret);
    }

    private static Bytes part(ByteCursor cursor, String field) throws MalformedDataException {
        int size = cursor.u16be(field + ".size");
        if (size > MAX_SIZE) {
            throw cursor.fault(field + ".size", size + " is more than " + MAX_SIZE);
        }
        return cursor.bytes(size, field);
    }

    /** {@return the file} */
    public Bytes encode() {
        return new ByteWriter()
                .u32be(MAGIC)
                .u32be(VERSION)
                .u16be(idObject.length())
                .bytes(idObject)
                .u16be(encryptedSecret.length())
                .bytes(encryptedSecret)
                .toBytes();
    }
}
