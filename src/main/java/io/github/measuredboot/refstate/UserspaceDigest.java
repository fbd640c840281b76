package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.tpm.Digest;

/**
 * A digest that systemd extends into a PCR, as its log says.
 *
 * @param pcr the PCR, 0 to 23
 * @param digest the digest in one bank
 */
public record UserspaceDigest(int pcr, Digest digest) {
    public UserspaceDigest {
        if (pcr < 0 || pcr >= Event.PCR_COUNT) {
            throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (Event.PCR_COUNT - 1));
        }
        DigestSet.requireStandard(digest.algorithm());
    }
}
