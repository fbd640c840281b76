package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.examples.verifier.domain.Group;
import io.github.measuredboot.examples.verifier.web.View.When;
import io.github.measuredboot.policy.AttestationRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Words for values. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String symbol(Status status) {
        return switch (status) {
            case PASS -> "✔";
            case FAIL -> "✖";
            case TIMEOUT -> "?";
            case PENDING -> "…";
        };
    }

    static String css(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static When when(Instant at, Instant now) {
        return new When(at.truncatedTo(ChronoUnit.SECONDS).toString(), TIME.format(at), ago(Duration.between(at, now)));
    }

    private static String ago(Duration age) {
        if (age.toSeconds() < 1) {
            return "just now";
        }
        return age.toMinutes() < 2
                ? counted(age.toSeconds(), "second") + " ago"
                : age.toHours() < 2
                        ? counted(age.toMinutes(), "minute") + " ago"
                        : age.toDays() < 2
                                ? counted(age.toHours(), "hour") + " ago"
                                : counted(age.toDays(), "day") + " ago";
    }

    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static String identity(String id) {
        return switch (IdentityLevel.byId(id).orElse(IdentityLevel.UNKNOWN)) {
            case PROVED_BY_EK -> "It is in the TPM of its endorsement key, which was vouched for.";
            case PROVED_BY_CERTIFICATE -> "It is in a TPM, as a certificate says.";
            case ASSERTED ->
                "It belongs to its endorsement key. That was taken as it came: nothing proves that it is in a TPM.";
            case UNKNOWN -> "Nobody vouches for it.";
        };
    }

    static String trust(Group.Trust trust) {
        return switch (trust) {
            case CERTIFICATE -> "the manufacturer of the TPM, by a certificate";
            case ALLOW_LIST -> "an operator, by a list of keys";
            case FIRST_USE -> "nobody: any TPM is taken, and kept to";
        };
    }

    static String reference(Group.Reference reference) {
        return switch (reference) {
            case OPERATOR -> "the states that an operator accepted";
            case FIRST_USE -> "the state of each machine’s own first boot";
        };
    }
}
