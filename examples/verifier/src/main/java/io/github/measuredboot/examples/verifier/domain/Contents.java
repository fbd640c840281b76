package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.examples.verifier.store.Blobs;
import org.jdbi.v3.core.Handle;

/**
 * Contents that attestations refer to. One that was stored is not stored again while it is remembered. Memory may be wrong, as
 * contents that nothing refers to are swept: a foreign key then fails the transaction, and its next attempt relies on nothing.
 */
final class Contents {
    private static final int MOST = 4096;

    private final Recent<Boolean> stored = Recent.ofNumber(MOST);

    void put(Handle handle, String sha256, byte[] content, boolean isFirstAttempt) {
        if (!isFirstAttempt || stored.find(sha256).isEmpty()) {
            Blobs.put(handle, sha256, content);
            handle.afterCommit(() -> stored.put(sha256, true));
        }
    }
}
