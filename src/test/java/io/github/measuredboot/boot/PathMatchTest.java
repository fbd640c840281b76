package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.uefi.devicepath.DevicePath;
import org.junit.jupiter.api.Test;

class PathMatchTest {
    private static final String DISK = "PciRoot(0x0)/Pci(0x17,0x0)/Sata(0x0,0x0,0x0)";
    private static final String FILE =
            "HD(1,GPT,CD189F45-7319-491F-9937-BA0D6111B731,0x800,0x219800)/\\EFI\\ubuntu\\shimx64.efi";

    private static int length(String option, String image) throws Exception {
        return PathMatch.length(DevicePath.parse(option), DevicePath.parse(image));
    }

    @Test
    void anOptionThatNamesTheFileIsBetterThanThatOfItsDisk() throws Exception {
        int disk = length(DISK, DISK + "/" + FILE);
        int file = length(FILE, DISK + "/" + FILE);
        assertEquals(3, disk);
        assertTrue(file > disk, file + " nodes");
        assertTrue(length(DISK + "/" + FILE, DISK + "/" + FILE) > file, "the whole path is the best");
    }

    @Test
    void othersDoNotMatch() throws Exception {
        assertEquals(0, length("HD(2,GPT,CD189F45-7319-491F-9937-BA0D6111B731,0x800,0x219800)", DISK + "/" + FILE));
        assertEquals(0, length(DISK + "/" + FILE, DISK));
    }
}
