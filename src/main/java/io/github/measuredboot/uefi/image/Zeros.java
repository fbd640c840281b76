package io.github.measuredboot.uefi.image;

import java.security.MessageDigest;

final class Zeros {
    private static final byte[] BLOCK = new byte[1 << 16];

    private Zeros() {}

    static void update(MessageDigest digest, long count) {
        for (long left = count; left > 0; left -= BLOCK.length) {
            digest.update(BLOCK, 0, (int) Math.min(left, BLOCK.length));
        }
    }
}
