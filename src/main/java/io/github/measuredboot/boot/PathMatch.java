package io.github.measuredboot.boot;

import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathNode;
import io.github.measuredboot.uefi.devicepath.EndNode;
import io.github.measuredboot.uefi.devicepath.MediaNode;
import java.util.List;

/** Whether a boot option leads to an image, by the nodes of their paths. */
final class PathMatch {
    private PathMatch() {}

    /** The number of nodes of the option, if all of them stand in the path: at its start, or anywhere for a short-form option; else 0. */
    static int length(DevicePath option, DevicePath image) {
        List<DevicePathNode> wanted = withoutEnd(option);
        List<DevicePathNode> path = withoutEnd(image);
        if (wanted.isEmpty()) {
            return 0;
        }
        boolean shortForm =
                wanted.get(0) instanceof MediaNode.HardDrive || wanted.get(0) instanceof MediaNode.FilePath;
        int lastStart = shortForm ? path.size() - wanted.size() : 0;
        for (int start = 0; start <= lastStart; start++) {
            if (start + wanted.size() <= path.size()
                    && path.subList(start, start + wanted.size()).equals(wanted)) {
                return wanted.size();
            }
        }
        return 0;
    }

    private static List<DevicePathNode> withoutEnd(DevicePath path) {
        List<DevicePathNode> nodes = path.nodes();
        return !nodes.isEmpty() && nodes.get(nodes.size() - 1) instanceof EndNode
                ? nodes.subList(0, nodes.size() - 1)
                : nodes;
    }
}
