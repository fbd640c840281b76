package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the version of systemd's stub in an image. */
final class StubVersion {
    private static final int MAX_READ = 4096;
    private static final String NUMBER = "(\\d{1,9})(?!\\d)";
    private static final Pattern MAGIC = Pattern.compile("#### LoaderInfo: systemd-stub " + NUMBER);
    private static final Pattern COMPONENT = component("systemd-stub");

    /** Up to version 254. */
    private static final Pattern OLD_COMPONENT = component("systemd");

    private StubVersion() {}

    static OptionalInt find(List<PeSection> sections) {
        return Stream.of(
                        find(sections, ".sdmagic", MAGIC),
                        find(sections, ".sbat", COMPONENT),
                        find(sections, ".sbat", OLD_COMPONENT))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** A line of SBAT: the component, perhaps that of a distribution, its generation, vendor, package and version. */
    private static Pattern component(String name) {
        return Pattern.compile("(?m)^" + name + "(?:\\.[^,\n]*)?,[^,\n]*,[^,\n]*,systemd," + NUMBER);
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
