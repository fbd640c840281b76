package io.github.measuredboot.windows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;

class SipaFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void decodesAnyBytes(byte[] input) {
        SipaChecks.check(Bytes.wrap(input));
    }
}
