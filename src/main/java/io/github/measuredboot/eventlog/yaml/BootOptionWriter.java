package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.DevicePaths;
import java.io.IOException;

/** EFI_LOAD_OPTION. */
final class BootOptionWriter {
    private static final int DESCRIPTION = 6;

    private BootOptionWriter() {}

    static boolean write(Yaml out, Bytes data, DevicePaths form) throws IOException {
        int end = descriptionEnd(data);
        if (end < 0) {
            return false;
        }
        out.line("    VariableData:")
                .line("      Enabled: ", (data.u32(0) & 1) != 0 ? "'Yes'" : "'No'")
                .line("      FilePathListLength: ", data.u16(4))
                .line("      Description: ", Scalars.doubleQuoted(description(data, end)));
        Bytes paths = data.from(end + 2);
        PathText.write(out, "      DevicePath: ", paths, paths, form);
        return true;
    }

    private static int descriptionEnd(Bytes data) {
        for (int at = DESCRIPTION; at + 2 <= data.length(); at += 2) {
            if (data.u16(at) == 0) {
                return at;
            }
        }
        return -1;
    }

    /** tpm2_eventlog leaves out what is not ASCII. */
    private static String description(Bytes data, int end) {
        StringBuilder text = new StringBuilder();
        for (int at = DESCRIPTION; at < end; at += 2) {
            if (data.u16(at) < 0x80) {
                text.append((char) data.u16(at));
            }
        }
        return text.toString();
    }
}
