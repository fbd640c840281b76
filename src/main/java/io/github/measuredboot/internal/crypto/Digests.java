package io.github.measuredboot.internal.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.jcajce.provider.digest.SM3;

/** The one place that knows where a hash function's implementation comes from. */
public final class Digests {
    public static final String SM3 = "SM3";

    private Digests() {}

    /** An instance by its JCA name, without any provider being registered; empty where this JVM has none. */
    public static Optional<MessageDigest> find(String jcaName) {
        if (jcaName.equals(SM3)) {
            return Optional.of(new SM3.Digest());
        }
        try {
            return Optional.of(MessageDigest.getInstance(jcaName));
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }
}
