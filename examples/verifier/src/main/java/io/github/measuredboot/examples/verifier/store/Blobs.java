package io.github.measuredboot.examples.verifier.store;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Contents by their SHA-256. */
public final class Blobs {
    private Blobs() {}

    public static String hash(byte[] content) {
        return HashAlgorithm.SHA256.hash(Bytes.wrap(content)).orElseThrow().toHex();
    }

    /** {@return the hash of a content, which is stored now if it was not} */
    public static String put(Handle handle, byte[] content) {
        String hash = hash(content);
        put(handle, hash, content);
        return hash;
    }

    /** Stores a content by its hash, if it was not. */
    public static void put(Handle handle, String hash, byte[] content) {
        handle.execute(
                "INSERT INTO blob (sha256, content) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM blob WHERE sha256 = ?)",
                hash,
                content,
                hash);
    }

    public static Optional<byte[]> find(Handle handle, String hash) {
        return handle.select("SELECT content FROM blob WHERE sha256 = ?", hash)
                .mapTo(byte[].class)
                .findOne();
    }

    /** Removes what nothing refers to. A foreign key fails whoever refers to it at the same time; they try again. */
    public static int sweep(Handle handle) {
        return handle.execute(
                "DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM attestation WHERE log_sha256 = blob.sha256)"
                        + " AND NOT EXISTS (SELECT 1 FROM attestation WHERE userspace_sha256 = blob.sha256)"
                        + " AND NOT EXISTS (SELECT 1 FROM attestation WHERE verdict_sha256 = blob.sha256)"
                        + " AND NOT EXISTS (SELECT 1 FROM reference_state WHERE reference_state.sha256 = blob.sha256)");
    }
}
