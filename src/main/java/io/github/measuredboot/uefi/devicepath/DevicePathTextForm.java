package io.github.measuredboot.uefi.devicepath;

import java.util.List;

/** The forms of a device path's text. None of them keeps every byte of every path. */
public enum DevicePathTextForm {
    /** The text form of the UEFI specification (10.6.1) as EDK2 prints it, with nothing shortened. */
    UEFI(UefiText.FORMATS),

    /** The same, shortened for a display: EDK2 with both DisplayOnly and AllowShortcuts. It cannot be parsed back. */
    UEFI_DISPLAY(UefiDisplayText.FORMATS),

    /**
     * The text that libefivar 39 prints, with the exceptions that the package documentation lists: it ends with the first
     * instance, and it cannot be parsed back.
     */
    EFIVAR(EfivarText.FORMATS);

    @SuppressWarnings("ImmutableEnumChecker") // filled once, in a static initializer
    private final NodeFormats formats;

    DevicePathTextForm(NodeFormats formats) {
        this.formats = formats;
    }

    String format(DevicePath path) {
        NodeText text = new NodeText(this != EFIVAR);
        List<DevicePathNode> nodes = path.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            DevicePathNode node = nodes.get(i);
            boolean stopsLibefivar = node.type() == EndNode.TYPE && i > 0;
            if (DevicePathDecoder.isEntireEnd(node) || (this == EFIVAR && stopsLibefivar)) {
                break;
            }
            if (node instanceof EndNode) {
                text.append(",");
            } else {
                text.append(i > 0 ? "/" : "");
                formats.append(node, text);
            }
        }
        return text.toString();
    }
}
