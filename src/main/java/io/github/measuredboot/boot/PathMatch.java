package io.github.measuredboot.boot;

import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathNode;
import io.github.measuredboot.uefi.devicepath.EndNode;
import io.github.measuredboot.uefi.devicepath.MediaNode;
import java.util.Collections;
import java.util.List;

/** Whether a boot option leads to an image, by the nodes of their paths. */
final class PathMatch {
    private static final int MAX_NODES = 64;

    private PathMatch() {}

    /**
     * How well an option leads to an image: better if its path goes on to the end of the image's, and then better the more nodes it has.
     * All nodes of the option must be in the path of the image: at its start, or anywhere for a short-form option. An image of which only
     * the file is logged has the option that ends in that file. Otherwise 0, as for paths that are longer than any real one.
     */
    static int length(DevicePath option, DevicePath image) {
        List<DevicePathNode> wanted = withoutEnd(option);
        List<DevicePathNode> path = withoutEnd(image);
        if (wanted.isEmpty() || path.isEmpty() || wanted.size() > MAX_NODES || path.size() > MAX_NODES) {
            return 0;
        }
        boolean shortForm = wanted.get(0) instanceof MediaNode.HardDrive || wanted.get(0) instanceof MediaNode.FilePath;
        if (startsWith(path, wanted) || (shortForm && Collections.indexOfSubList(path, wanted) > 0)) {
            return endsWith(path, wanted) ? MAX_NODES + wanted.size() : wanted.size();
        }
        return path.get(0) instanceof MediaNode.FilePath && endsWith(wanted, path) ? path.size() : 0;
    }

    private static boolean startsWith(List<DevicePathNode> path, List<DevicePathNode> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    private static boolean endsWith(List<DevicePathNode> path, List<DevicePathNode> end) {
        return path.size() >= end.size()
                && path.subList(path.size() - end.size(), path.size()).equals(end);
    }

    private static List<DevicePathNode> withoutEnd(DevicePath path) {
        List<DevicePathNode> nodes = path.nodes();
        return !nodes.isEmpty() && nodes.get(nodes.size() - 1) instanceof EndNode
                ? nodes.subList(0, nodes.size() - 1)
                : nodes;
    }
}
