package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.refstate.ReferenceState.Signature;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.Certificate;
import java.security.MessageDigest;

/** One line for a person about an entry of a signature database. */
public final class SignatureText {
    private SignatureText() {}

    /**
     * Describes an entry.
     *
     * @param signature the entry
     * @return the subject of a certificate and its fingerprint, or the hash, and the owner
     */
    public static String of(Signature signature) {
        return name(signature.data()) + ", owner " + signature.owner();
    }

    private static String name(Bytes data) {
        if (data.length() == HashAlgorithm.SHA256.digestSize()) {
            return "hash " + data.toHex();
        }
        if (Certificate.decode(data, 0) instanceof Certificate.Summary certificate) {
            return certificate.subject() + ", certificate with SHA-256 "
                    + certificate.sha256Fingerprint().toHex();
        }
        return data.length() + " bytes with SHA-256 " + sha256(data).toHex();
    }

    private static Bytes sha256(Bytes data) {
        MessageDigest digest = HashAlgorithm.SHA256.newMessageDigest().orElseThrow();
        data.update(digest);
        return Bytes.wrap(digest.digest());
    }
}
