package io.github.measuredboot.replay;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Arrays;

/** The values that PCRs have after TPM2_Startup (TCG PC Client Platform TPM Profile, section 4.6). */
final class InitialPcrValues {
    private static final int FIRST_DRTM_PCR = 17;
    private static final int LAST_DRTM_PCR = 22;

    private InitialPcrValues() {}

    static byte[] of(HashAlgorithm algorithm, int pcr, int startupLocality) {
        byte[] value = new byte[algorithm.digestSize()];
        if (pcr == 0) {
            value[value.length - 1] = (byte) startupLocality;
        } else if (pcr >= FIRST_DRTM_PCR && pcr <= LAST_DRTM_PCR) {
            Arrays.fill(value, (byte) 0xff);
        }
        return value;
    }
}
