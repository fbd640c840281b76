package io.github.measuredboot.attest.systemd;

import io.github.measuredboot.attest.NvReading;
import io.github.measuredboot.bytes.Bytes;

/**
 * The certified value of an NvPCR, and what the log says about it.
 *
 * @param name systemd's name for it
 * @param reading the value, as the TPM has certified it
 * @param replayed the value that the records of the log give
 * @param records how many records of the log are about it
 * @param isInitialized whether PCR 9, proved by the quote, holds systemd's record of the initialization of exactly this index
 *     before the separator that ends this phase of the boot, and the index can be written only under its policy. The index is
 *     then the one that systemd defined in this boot, and not one that was made later with the same handle, as far as the
 *     initrd and the policy are those that the other PCRs prove
 */
public record NvPcrValue(String name, NvReading reading, Bytes replayed, int records, boolean isInitialized) {
    /** {@return whether the records of the log give the certified value, so that the digests of all of them are proved} */
    public boolean isReproduced() {
        return replayed.equals(reading.contents());
    }
}
