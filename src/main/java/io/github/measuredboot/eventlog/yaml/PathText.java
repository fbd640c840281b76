package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.DevicePaths;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathNode;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import io.github.measuredboot.uefi.devicepath.MediaNode;
import java.io.IOException;
import java.util.stream.Collectors;

/** A device path: its bytes or, if libefivar takes it, its text. */
final class PathText {
    private static final int HEADER = 4;
    private static final int END = 0x7f;

    private PathText() {}

    static void write(Yaml out, String key, Bytes raw, Bytes path, DevicePaths form) throws IOException {
        int size = form == DevicePaths.RAW ? -1 : sizeOfText(path);
        if (size < 0) {
            out.bytesLine(key + "'", raw, "'");
        } else {
            out.line(key, Scalars.singleQuoted(text(DevicePath.decode(path.slice(0, size)), form)));
        }
    }

    private static String text(DevicePath path, DevicePaths form) {
        if (form == DevicePaths.PRETTY_39) {
            return path.toText(DevicePathTextForm.EFIVAR);
        }
        return path.nodes().stream().map(PathText::textBefore39).collect(Collectors.joining("/"));
    }

    private static String textBefore39(DevicePathNode node) {
        String text = DevicePath.decode(node.encoded()).toText(DevicePathTextForm.EFIVAR);
        return node instanceof MediaNode.FilePath ? "File(" + text + ")" : text;
    }

    /** How many bytes libefivar makes a text of, or -1 if it reports an error. */
    private static int sizeOfText(Bytes path) {
        int at = 0;
        while (at < path.length()) {
            int rest = path.length() - at;
            if (rest < HEADER || path.u16(at + 2) > rest) {
                return at == 0 ? -1 : at;
            }
            if (path.u16(at + 2) < HEADER) {
                return -1;
            }
            if (at > 0 && path.u8(at) == END) {
                return at;
            }
            at += path.u16(at + 2);
        }
        return at;
    }
}
