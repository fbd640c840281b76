package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The firmware of a machine, by what a reproduced PCR 0 proves: the bank, the startup locality, and the digests before the
 * separator in their order. Types, versions and vendors are claims, and count for nothing.
 *
 * <p>PCR 2 does not count: the option ROMs of cards vary between machines of one firmware. What is extended after the separator does
 * not count: any later software can, and it must not be able to take a machine out of sight. It makes the machine an outlier.
 */
final class FirmwareCluster {
    private static final int FIRMWARE_PCR = 0;

    private FirmwareCluster() {}

    /** {@return the bank and a hash; empty if PCR 0 is not reproduced or has no events before its separator} */
    static Optional<String> of(VerifiedLog log) {
        List<VerifiedEvent> firmware = log.beforeSeparator(FIRMWARE_PCR);
        if (firmware.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest key = HashAlgorithm.SHA256.newMessageDigest().orElseThrow();
        key.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(log.bank().id())
                .putInt(log.startupLocality().orElseThrow())
                .flip());
        firmware.forEach(event -> event.digest().update(key));
        return Optional.of(log.bank().name() + "-" + HexFormat.of().formatHex(key.digest()));
    }
}
