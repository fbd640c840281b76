package io.github.measuredboot.cli;

import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.Phase;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.internal.text.CommonName;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parts of a boot in words. */
final class SummaryWords {
    private static final int LONGEST_DIGEST = 64;
    private static final int SHORT_DIGEST = 12;
    private static final int SHOWN_NAMES = 3;
    private static final int LONGEST_ROW = 110;
    private static final int LONGEST_PATH = 100;
    private static final Pattern OF_GRUB_ITSELF = Pattern.compile(".*(\\.(mod|lst|pf2|png|jpe?g|tga|mo|txt)|/grubenv)");

    private SummaryWords() {}

    static String version(FirmwareData.Version version) {
        String text = version.text().strip();
        return text.isEmpty() ? version.raw() + " (no text)" : text;
    }

    static String contents(SecureBoot.Database database, boolean named) {
        int certificates = database.certificates().size();
        int others = database.size() - certificates;
        List<String> parts = new ArrayList<>();
        if (certificates > 0) {
            parts.add(certificates
                    + (certificates == 1 ? " certificate" : " certificates")
                    + (named ? names(database) : ""));
        }
        if (others > 0) {
            parts.add(others + (certificates > 0 ? " other" : "") + (others == 1 ? " entry" : " entries"));
        }
        return parts.isEmpty() ? "empty" : String.join(", ", parts);
    }

    /** The first certificates in parentheses. */
    private static String names(SecureBoot.Database database) {
        List<String> names = database.certificates().stream()
                .map(certificate -> CommonName.of(certificate.subject()))
                .toList();
        int more = names.size() - SHOWN_NAMES;
        return " (" + names.stream().limit(SHOWN_NAMES).collect(Collectors.joining("; "))
                + (more > 0 ? " and " + more + " more)" : ")");
    }

    static String authority(Authority authority, boolean inFull) {
        if (authority.content() instanceof VariableContent.Sbat sbat) {
            return authority.name() + ": " + sbat.level().text().strip().lines().collect(Collectors.joining("; "));
        }
        if (authority.content() instanceof VariableContent.Flag flag) {
            return authority.name() + ": " + (flag.enabled() ? "on" : "off");
        }
        String prefix = authority.content() instanceof VariableContent.Authority ? "accepted by " : "";
        List<String> subjects = authority.certificates().stream()
                .map(Certificate.Summary::subject)
                .map(subject -> inFull ? subject : CommonName.of(subject))
                .toList();
        return prefix + authority.name() + ": "
                + (subjects.isEmpty() ? withoutCertificate(authority) : String.join("; ", subjects));
    }

    private static String withoutCertificate(Authority authority) {
        if (authority.content() instanceof VariableContent.Signatures signatures) {
            long entries = signatures.database().lists().stream()
                    .mapToLong(list -> list.signatures().size())
                    .sum();
            return entries == 0
                    ? "empty"
                    : entries + (entries == 1 ? " hash or other entry" : " hashes and other entries");
        }
        return "no certificate";
    }

    static String when(LoadedImage image) {
        return image.phase() == Phase.PRE_OS ? ", before the separator" : "";
    }

    static String place(LoadedImage.Description image) {
        String place = image.devicePath().map(SummaryWords::path).orElse("malformed event data");
        return place.isEmpty() ? "without a path" : place;
    }

    /** The file alone, if the path has one. */
    static String shortPlace(LoadedImage.Description image) {
        String place = place(image);
        String last = place.substring(place.lastIndexOf('/') + 1);
        String shown = place.indexOf('\\') >= 0 && !last.isBlank() ? last : place;
        return shown.length() <= LONGEST_PATH ? shown : shown.substring(0, LONGEST_PATH) + "...";
    }

    /** What a person calls the image. */
    static String fileName(LoadedImage.Description image) {
        String place = shortPlace(image);
        String last = place.substring(Math.max(place.lastIndexOf('\\'), place.lastIndexOf('/')) + 1);
        return image.devicePath().isEmpty() || last.isBlank() || last.indexOf(' ') >= 0 || last.indexOf('(') >= 0
                ? "an image without a file name"
                : last;
    }

    static String path(DevicePath path) {
        return path.toText(DevicePathTextForm.UEFI);
    }

    static String digest(Optional<Claim<Digest>> digest, boolean inFull) {
        return digest.map(Claim::claimedValue)
                .map(value -> value.algorithm() + ":" + digits(value, inFull ? LONGEST_DIGEST : SHORT_DIGEST))
                .orElse("no digest in this bank");
    }

    private static String digits(Digest digest, int most) {
        String hex = digest.value().toHex();
        return hex.length() <= most ? hex : hex.substring(0, most) + (most == SHORT_DIGEST ? "…" : "...");
    }

    /** Not what GRUB always reads before its menu is shown. */
    static boolean isOfInterest(MeasuredObject object) {
        return object.kind() != MeasuredObject.Kind.GRUB_FILE
                || !OF_GRUB_ITSELF.matcher(object.name().claimedValue()).matches();
    }

    static String separators(SeparatorData.Kind kind) {
        return switch (kind) {
            case NORMAL -> "separators";
            case ERROR -> "error separators, of firmware that could not measure what it should";
            case WINDOWS -> "separators of Windows";
            case VENDOR -> "separators with data of the vendor's";
        };
    }

    /** Texts joined by commas, in rows of a bearable length. */
    static List<String> rows(List<String> texts) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        for (String text : texts) {
            if (!row.isEmpty() && row.length() + text.length() > LONGEST_ROW) {
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : ", ").append(text);
        }
        if (!row.isEmpty()) {
            rows.add(row.toString());
        }
        return rows;
    }
}
