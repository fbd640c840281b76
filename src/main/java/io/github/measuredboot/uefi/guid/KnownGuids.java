package io.github.measuredboot.uefi.guid;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of widely known GUIDs: UEFI, PI and TCG, EDK2 and OVMF firmware files and volumes, GPT partition types, shim, systemd, Microsoft.
 * They are for display only. No decision of this library depends on a name, and no decision of a caller should.
 */
public final class KnownGuids {
    private static final int RADIX = 16;
    private static final int TEXT_LENGTH = 36;

    private KnownGuids() {}

    /**
     * The name of a GUID.
     *
     * @param guid any GUID
     * @return a name for display, or empty if it is not known
     */
    public static Optional<String> name(Guid guid) {
        String text = guid.toString();
        String lines = linesOf(Character.digit(text.charAt(0), RADIX));
        int low = 0;
        int high = lines.length();
        while (low < high) {
            int start = lines.lastIndexOf('\n', ((low + high) >>> 1) - 1) + 1;
            int end = lines.indexOf('\n', start);
            int order = compare(text, lines, start);
            if (order == 0) {
                return Optional.of(lines.substring(start + TEXT_LENGTH + 1, end));
            }
            if (order < 0) {
                high = start;
            } else {
                low = end + 1;
            }
        }
        return Optional.empty();
    }

    /**
     * Checks whether a GUID, perhaps read from an old reference state, is the byte-swapped form of a known one.
     *
     * @param guid the GUID as it was read
     * @return the known GUID that it is the swapped form of; empty if {@code guid} is known itself, or neither is
     */
    public static Optional<Guid> unswap(Guid guid) {
        Guid swapped = guid.byteSwapped();
        return name(swapped).isPresent() && name(guid).isEmpty() ? Optional.of(swapped) : Optional.empty();
    }

    /** {@return a new map of all names by GUID} */
    public static Map<Guid, String> all() {
        Map<Guid, String> names = new HashMap<>();
        for (int digit = 0; digit < RADIX; digit++) {
            linesOf(digit)
                    .lines()
                    .forEach(line ->
                            names.put(Guid.of(line.substring(0, TEXT_LENGTH)), line.substring(TEXT_LENGTH + 1)));
        }
        return Map.copyOf(names);
    }

    private static int compare(String text, String lines, int start) {
        for (int i = 0; i < TEXT_LENGTH; i++) {
            int order = Character.compare(text.charAt(i), lines.charAt(start + i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The lines of the GUIDs that begin with a given digit. */
    static String linesOf(int digit) {
        return switch (digit) {
            case 0x0 -> GuidNameLines.Digit0.lines();
            case 0x1 -> GuidNameLines.Digit1.lines();
            case 0x2 -> GuidNameLines.Digit2.lines();
            case 0x3 -> GuidNameLines.Digit3.lines();
            case 0x4 -> GuidNameLines.Digit4.lines();
            case 0x5 -> GuidNameLines.Digit5.lines();
            case 0x6 -> GuidNameLines.Digit6.lines();
            case 0x7 -> GuidNameLines.Digit7.lines();
            case 0x8 -> GuidNameLines.Digit8.lines();
            case 0x9 -> GuidNameLines.Digit9.lines();
            case 0xa -> GuidNameLines.DigitA.lines();
            case 0xb -> GuidNameLines.DigitB.lines();
            case 0xc -> GuidNameLines.DigitC.lines();
            case 0xd -> GuidNameLines.DigitD.lines();
            case 0xe -> GuidNameLines.DigitE.lines();
            case 0xf -> GuidNameLines.DigitF.lines();
            default -> throw new IllegalArgumentException(digit + " is not 0 to 15");
        };
    }
}
