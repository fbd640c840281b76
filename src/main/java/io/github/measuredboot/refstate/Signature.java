package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An EFI_SIGNATURE_DATA (UEFI 2.11, 32.4.1).
 *
 * @param type the type of its list; empty if it is not known, as in a short state
 * @param owner SignatureOwner
 * @param data SignatureData, such as a certificate in DER or a SHA-256 digest; not empty
 */
public record Signature(Optional<SignatureType> type, Guid owner, Bytes data) implements Comparable<Signature> {
    /** The order by owner and data alone. */
    public static final Comparator<Signature> BY_ENTRY =
            Comparator.comparing(Signature::owner).thenComparing(Signature::data);

    private static final Comparator<Signature> ORDER = BY_ENTRY.thenComparing(
            signature -> signature.type.map(SignatureType::ordinal).orElse(-1));

    public Signature {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("a signature without data");
        }
    }

    /**
     * The entries of a database with the types of their lists. An entry without data is neither a key nor a hash, and is left
     * out: nothing can be accepted or revoked by it.
     *
     * @param database the database
     * @return the entries that have data, in their order
     */
    public static List<Signature> allOf(SignatureDatabase database) {
        return database.lists().stream()
                .flatMap(list -> list.signatures().stream()
                        .filter(entry -> !entry.signature().isEmpty())
                        .map(entry -> new Signature(list.type(), entry.signatureOwner(), entry.signature())))
                .toList();
    }

    /** {@return a line for a person: the subject and the fingerprint of a certificate, or the hash, and the owner} */
    public String description() {
        return name() + ", owner " + owner;
    }

    private String name() {
        if (data.length() == HashAlgorithm.SHA256.digestSize()) {
            return "hash " + data.toHex();
        }
        if (Certificate.decode(data, 0) instanceof Certificate.Summary certificate) {
            return certificate.subject() + ", certificate with SHA-256 "
                    + certificate.sha256Fingerprint().toHex();
        }
        return data.length() + " bytes with SHA-256 "
                + HashAlgorithm.SHA256.hash(data).orElseThrow().toHex();
    }

    @Override
    public int compareTo(Signature other) {
        return ORDER.compare(this, other);
    }
}
