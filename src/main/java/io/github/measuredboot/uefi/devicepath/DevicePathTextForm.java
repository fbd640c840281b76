package io.github.measuredboot.uefi.devicepath;

import java.util.List;

/** The forms of a device path's text. None of them keeps every byte of every path. */
public enum DevicePathTextForm {
    /** The text form of the UEFI specification (10.6.1) as EDK2 prints it, with nothing shortened. */
    UEFI(UefiText.FULL),

    /** The same, shortened for a display: EDK2 with both DisplayOnly and AllowShortcuts. It cannot be parsed back. */
    UEFI_DISPLAY(UefiText.DISPLAY),

    /**
     * The text that libefivar 39 prints, but where it reads outside of a node or drops digits or characters by mistake. It
     * cannot be parsed back.
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
            if (nodes.get(i) instanceof EndNode end) {
                boolean stops = end.isEntire() || (this == EFIVAR && i > 0);
                if (stops) {
                    break;
                }
                text.append(",");
            } else {
                text.append(i > 0 ? "/" : "");
                formats.append(nodes.get(i), text);
            }
        }
        return text.toString();
    }
}
