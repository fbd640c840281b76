package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One way in which a digest may cover event data, and the quirk that this would be. */
record CoverageRule(DigestRule rule, Optional<DigestQuirk> quirk, int offset, int length) {
    static final CoverageRule OUTSIDE_THE_LOG = new CoverageRule(DigestRule.OUTSIDE_THE_LOG, Optional.empty(), 0, 0);
    static final CoverageRule ERROR_VALUE = new CoverageRule(DigestRule.ERROR_VALUE, Optional.empty(), 0, 0);

    static final CoverageRule NAMED_SEPARATOR =
            quirk(DigestQuirk.SEPARATOR_WITH_NAME, DigestRule.SEPARATOR_OF_ONES, 0, 0);

    private static final Bytes ONES = Bytes.parseHex("ffffffff");
    private static final Bytes ONE = Bytes.parseHex("01000000");
    private static final Bytes NUL = Bytes.parseHex("00");
    private static final Bytes WIDE_NUL = Bytes.parseHex("0000");

    static CoverageRule of(DigestRule rule, int offset, int length) {
        return new CoverageRule(rule, Optional.empty(), offset, length);
    }

    static CoverageRule quirk(DigestQuirk quirk, DigestRule rule, int offset, int length) {
        return new CoverageRule(rule, Optional.of(quirk), offset, length);
    }

    static CoverageRule whole(Bytes raw) {
        return of(DigestRule.WHOLE_DATA, 0, raw.length());
    }

    boolean isFollowed(Bytes expected, Bytes raw, HashComparison comparison) {
        return comparison.isHash(expected, measured(raw), suffix());
    }

    private Bytes measured(Bytes raw) {
        return switch (rule) {
            case ERROR_VALUE -> ONE;
            case SEPARATOR_OF_ONES -> ONES;
            case TEXT_IN_UTF8 -> Bytes.encode(raw.decode(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
            default -> raw.slice(offset, length);
        };
    }

    private Bytes suffix() {
        return switch (rule) {
            case TEXT_AND_NUL -> NUL;
            case TEXT_AND_WIDE_NUL -> WIDE_NUL;
            default -> Bytes.EMPTY;
        };
    }
}
