package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.cli.html.View.Certificate;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.internal.text.CommonName;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts of a boot in words. */
final class Words {
    private static final int SHOWN_DIGITS = 16;

    private Words() {}

    /** The common name, and the whole subject where it has more. */
    static Certificate certificate(String subject) {
        String name = CommonName.of(subject);
        return new Certificate(name, name.equals(subject) ? "" : subject);
    }

    static String path(DevicePath path) {
        return path.nodes().isEmpty() ? "" : path.toText(DevicePathTextForm.UEFI);
    }

    /** The file at the end of the text of a device path. */
    static String file(String path) {
        int slash = path.lastIndexOf('/');
        String last = path.substring(slash + 1);
        return path.indexOf('\\') >= 0 && !last.isBlank() ? last : path;
    }

    static String digest(Optional<Digest> digest) {
        return digest.map(one -> one.value().toHex()).orElse("no digest in this bank");
    }

    static String shortDigest(Optional<Digest> digest) {
        return digest.map(one -> shortened(one.value().toHex())).orElseGet(() -> digest(digest));
    }

    static String shortened(String digits) {
        return digits.length() <= SHOWN_DIGITS ? digits : digits.substring(0, SHOWN_DIGITS) + "…";
    }

    static String contents(SecureBoot.Database database) {
        int certificates = database.certificates().size();
        int others = database.size() - certificates;
        List<String> parts = new ArrayList<>();
        if (certificates > 0) {
            parts.add(counted(certificates, "certificate", "certificates"));
        }
        if (others > 0) {
            parts.add(counted(others, "hash or other entry", "hashes and other entries"));
        }
        return parts.isEmpty() ? "empty" : String.join(", ", parts);
    }

    static String setting(Authority authority) {
        if (authority.content() instanceof VariableContent.Sbat sbat) {
            return sbat.level().text().strip().replace('\n', ' ');
        }
        if (authority.content() instanceof VariableContent.Flag flag) {
            return flag.enabled() ? "on" : "off";
        }
        return authority.certificates().stream()
                .map(certificate -> certificate(certificate.subject()).name())
                .collect(Collectors.joining(", "));
    }

    static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** A sentence in parts: what is between backticks has the odd indexes. */
    static List<String> codes(String sentence) {
        return List.of(sentence.split("`", -1));
    }

    /** The names of variables keep their spelling. */
    static String capital(String sentence) {
        return sentence.isEmpty() || sentence.startsWith("db")
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
