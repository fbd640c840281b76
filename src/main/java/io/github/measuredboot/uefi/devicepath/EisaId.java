package io.github.measuredboot.uefi.devicepath;

import java.util.HexFormat;

/** Compressed EISA ids: three letters of five bits, then a 16-bit number (ACPI 6.5, 6.1.5). */
final class EisaId {
    static final int PCI_ROOT = 0x0a03;
    static final int PCIE_ROOT = 0x0a08;

    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final int PNP_VENDOR = 0x41d0;
    private static final int LETTER_BITS = 5;
    private static final int LETTER_MASK = 0x1f;

    private EisaId() {}

    static long pnp(int number) {
        return ((long) number << Short.SIZE) | PNP_VENDOR;
    }

    static int vendor(long id) {
        return (int) id & 0xffff;
    }

    static int number(long id) {
        return (int) (id >>> Short.SIZE) & 0xffff;
    }

    static boolean isPnp(long id) {
        return vendor(id) == PNP_VENDOR;
    }

    static String text(long id) {
        int vendor = vendor(id);
        String letters = String.valueOf(
                new char[] {letter(vendor >> (2 * LETTER_BITS)), letter(vendor >> LETTER_BITS), letter(vendor)});
        return letters + UPPER.toHexDigits((short) number(id));
    }

    static int vendor(char first, char second, char third) {
        return (bits(first) << (2 * LETTER_BITS)) | (bits(second) << LETTER_BITS) | bits(third);
    }

    private static int bits(char letter) {
        return (letter - '@') & LETTER_MASK;
    }

    private static char letter(int bits) {
        return (char) ('@' + (bits & LETTER_MASK));
    }
}
