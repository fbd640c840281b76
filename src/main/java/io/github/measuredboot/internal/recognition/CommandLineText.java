package io.github.measuredboot.internal.recognition;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells the command line of a kernel from other text by the parameters that kernels are started with. */
public final class CommandLineText {
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]+");
    private static final int MAX_WORDS = 256;

    /** Words that are parameters of Linux with {@code =} after them. */
    private static final Set<String> WITH_VALUE = Set.of(
            "BOOT_IMAGE",
            "root",
            "rootflags",
            "rootfstype",
            "rootwait",
            "init",
            "initrd",
            "console",
            "resume",
            "cryptdevice",
            "luks.uuid",
            "ip",
            "nfsroot",
            "zfs",
            "loglevel",
            "crashkernel",
            "mem",
            "selinux",
            "security",
            "lsm",
            "ima_policy",
            "rd.luks.uuid",
            "rd.lvm.lv",
            "net.ifnames",
            "systemd.unit",
            "cros_efi",
            "dm",
            "usrhash",
            "roothash",
            "intel_iommu",
            "iommu",
            "video",
            "vga",
            "pci",
            "acpi",
            "efi",
            "earlyprintk",
            "panic",
            "mitigations",
            "tsc",
            "hvc_iucv",
            "boot",
            "overlay",
            "fsck.mode",
            "apparmor",
            "audit",
            "nvme",
            "cgroup_enable",
            "transparent_hugepage");

    /** Words that are parameters by themselves, two of which make a command line. */
    private static final Set<String> ALONE = Set.of(
            "ro",
            "rw",
            "quiet",
            "splash",
            "debug",
            "nomodeset",
            "single",
            "rhgb",
            "rootwait",
            "rescue",
            "text",
            "nosplash");

    private CommandLineText() {}

    /**
     * Whether a text reads like the command line of a kernel.
     *
     * @param text the text
     * @return true if one of its words is a parameter of Linux with a value, or two are parameters by themselves
     */
    public static boolean isCommandLine(String text) {
        int alone = 0;
        for (String word : BLANK.split(text.strip(), MAX_WORDS)) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals > 0 && (WITH_VALUE.contains(name) || name.startsWith("rd.") || name.startsWith("systemd."))) {
                return true;
            }
            alone += equals < 0 && ALONE.contains(word) ? 1 : 0;
        }
        return alone >= 2;
    }
}
