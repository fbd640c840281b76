package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the version of systemd's stub in an image. */
final class StubVersion {
    private static final int MAX_READ = 4096;
    private static final Pattern MAGIC = Pattern.compile("#### LoaderInfo: systemd-stub (\\d{1,9})(?!\\d)");
    private static final Pattern SBAT = Pattern.compile("(?m)^systemd-stub,[^,\n]*,[^,\n]*,systemd,(\\d{1,9})(?!\\d)");

    private StubVersion() {}

    static OptionalInt find(List<PeSection> sections) {
        OptionalInt fromMagic = find(sections, ".sdmagic", MAGIC);
        return fromMagic.isPresent() ? fromMagic : find(sections, ".sbat", SBAT);
    }

    private static OptionalInt find(List<PeSection> sections, String name, Pattern pattern) {
        for (PeSection section : sections) {
            if (section.name().equals(name)) {
                Bytes data = section.rawData();
                String text = data.slice(0, Math.min(data.length(), MAX_READ)).decode(StandardCharsets.ISO_8859_1);
                Matcher matcher = pattern.matcher(text);
                if (matcher.find()) {
                    return OptionalInt.of(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return OptionalInt.empty();
    }
}
