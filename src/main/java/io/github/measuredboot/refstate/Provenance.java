package io.github.measuredboot.refstate;

import io.github.measuredboot.internal.text.Printable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a reference state comes from. Texts have at most {@link #MAX_TEXT} characters, none of them a control character.
 *
 * @param source what it was made from, such as the name of a machine
 * @param tool what made it, with its version
 * @param logName what the log was called
 * @param logDigests digests of the whole log
 * @param created when it was created, in the years 0 to 9999
 */
public record Provenance(
        Optional<String> source,
        Optional<String> tool,
        Optional<String> logName,
        DigestSet logDigests,
        Optional<Instant> created) {
    /** The maximum number of characters of a text. */
    public static final int MAX_TEXT = 1000;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    public Provenance {
        Consumer<String> check = Provenance::checkText;
        source.ifPresent(check);
        tool.ifPresent(check);
        logName.ifPresent(check);
        if (created.isPresent()
                && (created.get().isBefore(FIRST) || created.get().isAfter(LAST))) {
            throw new IllegalArgumentException("the time is not in the years 0 to 9999");
        }
    }

    private static void checkText(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("the text has " + text.length() + " characters, more than " + MAX_TEXT);
        }
        if (!Printable.of(text).equals(text)) {
            throw new IllegalArgumentException("the text has control characters");
        }
    }
}
