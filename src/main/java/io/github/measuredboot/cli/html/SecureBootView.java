package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.cli.html.View.Certificate;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.cli.html.View.Statement;
import io.github.measuredboot.cli.html.View.Vouch;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chain of Secure Boot: the keys, and which of them vouched for which image. */
final class SecureBootView {
    private static final int MAX_MODES = 16;
    private static final int MAX_KEYS = 16;
    private static final int MAX_CERTIFICATES = 24;
    private static final int MAX_IMAGES = 60;
    private static final int MAX_OTHERS = 30;

    private final Marks marks;

    private SecureBootView(Marks marks) {
        this.marks = marks;
    }

    static View.SecureBoot of(Marks marks) {
        SecureBootView view = new SecureBootView(marks);
        BootSummary summary = marks.summary();
        SecureBoot secureBoot = summary.secureBoot();
        List<LoadedImage> images = new ArrayList<>();
        long ofFirmware = 0;
        for (LoadedImage image : summary.images()) {
            if (image.claim().claimedValue().isFirmwareResident()) {
                ofFirmware++;
            } else {
                images.add(image);
            }
        }
        return new View.SecureBoot(
                Shown.of(secureBoot.modes(), MAX_MODES, view::mode),
                Shown.of(secureBoot.databases(), MAX_KEYS, view::key),
                Shown.of(images, MAX_IMAGES, view::vouch),
                ofFirmware,
                secureBoot.authorities().stream()
                        .anyMatch(authority -> authority.claimedValue().isSignature()),
                view.others(secureBoot));
    }

    /** Whether Secure Boot is on, as far as there is one answer. */
    static Statement state(Marks marks) {
        SecureBoot secureBoot = marks.summary().secureBoot();
        Optional<Boolean> covered = secureBoot.coveredMode(KnownVariable.SECURE_BOOT);
        Optional<Boolean> value = covered.or(() -> secureBoot.claimedMode(KnownVariable.SECURE_BOOT));
        return secureBoot.modes().stream()
                .filter(mode -> mode.claimedValue().variable() == KnownVariable.SECURE_BOOT)
                .findFirst()
                .map(mode -> new Statement(
                        value.map(on -> on ? "on" : "off").orElse("not clear"),
                        List.of(),
                        value.isPresent() ? marks.of(mode) : Marks.CLAIMED,
                        event(mode)))
                .orElse(new Statement("not measured", List.of(), Marks.CLAIMED, ""));
    }

    private static String event(Claim<?> claim) {
        return "event " + claim.eventNumber();
    }

    private Statement mode(Claim<SecureBoot.Mode> mode) {
        SecureBoot.Mode value = mode.claimedValue();
        return new Statement(
                value.variable().pattern() + ": " + (value.enabled() ? "on" : "off"),
                List.of(),
                marks.of(mode),
                event(mode));
    }

    private View.Key key(Claim<SecureBoot.Database> database) {
        SecureBoot.Database value = database.claimedValue();
        return new View.Key(
                value.variable().pattern(),
                Words.contents(value),
                Shown.of(
                        value.certificates(),
                        MAX_CERTIFICATES,
                        certificate -> Words.certificate(certificate.subject())),
                marks.of(database),
                event(database));
    }

    private Vouch vouch(LoadedImage image) {
        Optional<Authority> authority = image.claimedAuthority().map(Claim::claimedValue);
        String path = image.claim().claimedValue().devicePath().map(Words::path).orElse("malformed event data");
        return new Vouch(
                authority.map(SecureBootView::voucher),
                authority.map(Authority::name).orElse(""),
                path.isEmpty() ? "from memory, without a path" : path,
                path.isEmpty() ? image.claim().claimedValue().type().label() + " from memory" : Words.file(path),
                Words.digest(image.digest().map(Claim::claimedValue)),
                image.digest().map(marks::word).orElse(Marks.CLAIMED),
                "event " + image.eventNumber());
    }

    private static Certificate voucher(Authority authority) {
        return authority.certificates().isEmpty()
                ? new Certificate("a hash in " + authority.name(), "")
                : Words.certificate(authority.certificates().get(0).subject());
    }

    private Shown<Statement> others(SecureBoot secureBoot) {
        List<Statement> others = new ArrayList<>();
        long more = 0;
        for (Claim<Authority> authority : secureBoot.authorities()) {
            if (others.size() < MAX_OTHERS) {
                String setting = Words.setting(authority.claimedValue());
                others.add(new Statement(
                        authority.claimedValue().name() + (setting.isEmpty() ? "" : ": " + setting),
                        List.of(),
                        marks.word(authority),
                        event(authority)));
            } else {
                more++;
            }
        }
        for (Claim<KnownVariable> late : secureBoot.late()) {
            if (others.size() < MAX_OTHERS) {
                others.add(new Statement(
                        late.claimedValue().pattern() + ", after the separator: nothing about this boot",
                        List.of(),
                        marks.late(),
                        event(late)));
            } else {
                more++;
            }
        }
        return new Shown<>(others, more);
    }
}
