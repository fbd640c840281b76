package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.DevicePaths;
import java.io.IOException;

/** UEFI_IMAGE_LOAD_EVENT. */
final class ImageWriter {
    private static final int DEVICE_PATH = 32;

    private ImageWriter() {}

    static boolean write(Yaml out, Bytes data, DevicePaths form) throws IOException {
        if (data.length() < DEVICE_PATH) {
            return false;
        }
        long pathLength = data.u64(24);
        out.line("  Event:")
                .hexLine("    ImageLocationInMemory: ", data.u64(0))
                .line("    ImageLengthInMemory: ", data.u64(8))
                .hexLine("    ImageLinkTimeAddress: ", data.u64(16))
                .line("    LengthOfDevicePath: ", pathLength);
        Bytes rest = data.from(DEVICE_PATH);
        boolean fits = Long.compareUnsigned(pathLength, rest.length()) <= 0;
        PathText.write(out, "    DevicePath: ", rest, fits ? rest.slice(0, (int) pathLength) : rest, form);
        return true;
    }
}
