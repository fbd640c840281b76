package io.github.measuredboot.refstate;

import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.PcrBank;

/**
 * A digest that systemd extends into a PCR, as its log says.
 *
 * @param pcr the PCR, 0 to 23
 * @param digest the digest in one bank
 */
public record UserspaceDigest(int pcr, Digest digest) {
    public UserspaceDigest {
        if (pcr < 0 || pcr >= PcrBank.PCR_COUNT) {
            throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (PcrBank.PCR_COUNT - 1));
        }
        DigestSet.requireStandard(digest.algorithm());
    }
}
