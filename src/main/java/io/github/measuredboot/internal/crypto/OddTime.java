package io.github.measuredboot.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times in forms that certificates must not have: without seconds, with fractions, with an offset or without a zone (taken for UTC). */
final class OddTime {
    private static final Pattern UTC =
            Pattern.compile("(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})?([.,]\\d+)?(Z|[+-]\\d{4})?");
    private static final Pattern GENERALIZED =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})?(\\d{2})?([.,]\\d+)?(Z|[+-]\\d{4})?");
    private static final int LAST_YEAR_OF_UTC_TIME = 49;

    private OddTime() {}

    static Optional<Instant> read(Der.Value value) {
        String text = new String(value.content(), StandardCharsets.ISO_8859_1).strip();
        boolean isUtc = value.tag() == Der.UTC_TIME && UTC.matcher(text).matches();
        Matcher parts = (isUtc ? UTC : GENERALIZED).matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            int year = number(parts, 1);
            LocalDateTime local = LocalDateTime.of(
                    isUtc ? year + (year <= LAST_YEAR_OF_UTC_TIME ? 2000 : 1900) : year,
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    number(parts, 6));
            return Optional.of(local.toInstant(offset(parts.group(8))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        return zone == null || zone.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
    }
}
