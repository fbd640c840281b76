package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Arrays;

/** The values that PCRs have before anything is extended (TCG PC Client Platform TPM Profile, section 4.6). */
record InitialPcrValues(int startupLocality, DynamicPcrStart dynamicPcrStart) {
    byte[] of(HashAlgorithm algorithm, int pcr) {
        byte[] value = new byte[algorithm.digestSize()];
        if (pcr == 0) {
            value[value.length - 1] = (byte) startupLocality;
        } else if (DynamicPcrStart.applies(pcr)) {
            Arrays.fill(value, dynamicPcrStart.filler());
        }
        return value;
    }

    boolean isInitial(int pcr, Bytes value) {
        if (pcr == 0) {
            int last = value.length() - 1;
            return value.u8(last) == startupLocality && value.slice(0, last).isFilledWith(0);
        }
        return value.isFilledWith(DynamicPcrStart.applies(pcr) ? dynamicPcrStart.filler() & 0xff : 0);
    }

    Bytes bytes(HashAlgorithm algorithm, int pcr) {
        return Bytes.wrap(of(algorithm, pcr));
    }
}
