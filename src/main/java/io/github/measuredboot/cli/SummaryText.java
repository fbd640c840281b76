package io.github.measuredboot.cli;

import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.BootOptions;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.BootVariable;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.Phase;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.boot.WindowsBoot;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The page of {@code measuredboot summary}. */
final class SummaryText {
    private static final int LONGEST_DIGEST = 64;
    private static final List<String> CLAIMED_LEGEND = List.of(
            "No PCR value was given, and all of this is what the log claims: --pcrs and --quote say what is proved of it.",
            "  covered   by the digest of event [n]: proved once the PCR is",
            "  late      covered, but not before a separator: an operating system can measure there as well",
            "  claimed   only the log says so",
            "  REFUTED   the digest is that of something else",
            "  measured  the digest of something that is not in the log");
    private static final List<String> VERIFIED_LEGEND = List.of(
            "  proved    by the digest of event [n], and a quote proves its PCR",
            "  asserted  by the digest of event [n], if the PCR value that was given is true",
            "  claimed   only the log says so, or the PCR is not reproduced",
            "  REFUTED   the digest is that of something else",
            "What is late is not before a separator: an operating system can measure there as well.");

    private final BootSummary summary;
    private final List<String> lines = new ArrayList<>();

    private SummaryText(BootSummary summary) {
        this.summary = summary;
    }

    static List<String> of(String name, EventLog log, BootSummary summary) {
        SummaryText text = new SummaryText(summary);
        text.heading(name, log);
        text.firmware();
        text.secureBoot();
        text.bootOptions();
        text.images();
        text.loaders();
        text.phases();
        summary.windows().ifPresent(text::windows);
        return text.lines;
    }

    private void heading(String name, EventLog log) {
        lines.add(String.format(
                "%s: %s, %d events, bank %s of %s%s",
                name,
                log.format(),
                log.events().size(),
                summary.bank(),
                log.algorithms().stream().map(HashAlgorithm::name).collect(Collectors.joining(" ")),
                isConfidentialVm() ? ", registers of a confidential VM instead of PCRs" : ""));
        summary.verified().ifPresentOrElse(this::verifiedHeading, () -> lines.addAll(CLAIMED_LEGEND));
    }

    private void verifiedHeading(VerifiedLog verified) {
        Map<PcrProof, String> pcrs = new EnumMap<>(PcrProof.class);
        new TreeSet<>(verified.claims().log().events().stream()
                        .filter(Event::isMeasured)
                        .map(event -> (int) event.pcrIndex())
                        .toList())
                .forEach(pcr -> pcrs.merge(verified.proof(pcr), String.valueOf(pcr), (some, one) -> some + " " + one));
        lines.add("PCRs with events: " + pcrs(pcrs, PcrProof.QUOTED, "proved") + ", "
                + pcrs(pcrs, PcrProof.ASSERTED, "asserted") + ", " + pcrs(pcrs, PcrProof.UNPROVED, "not reproduced"));
        lines.addAll(VERIFIED_LEGEND);
    }

    private static String pcrs(Map<PcrProof, String> pcrs, PcrProof proof, String word) {
        return word + " " + pcrs.getOrDefault(proof, "none");
    }

    private String register(long index) {
        return isConfidentialVm() ? MeasurementRegisters.CC_MEASUREMENT_REGISTERS.name(index) : String.valueOf(index);
    }

    private boolean isConfidentialVm() {
        return summary.registers() == MeasurementRegisters.CC_MEASUREMENT_REGISTERS;
    }

    private void firmware() {
        group("Firmware");
        for (Claim<FirmwareData.Version> version : summary.firmwareVersions()) {
            FirmwareData.Version value = version.claimedValue();
            String text = value.text().isEmpty() ? value.raw() + " (no text)" : value.text();
            add(version, "version: " + text);
        }
        for (MeasuredConstant alarming :
                List.of(MeasuredConstant.DMA_PROTECTION_DISABLED, MeasuredConstant.UEFI_DEBUG_MODE)) {
            summary.actions(alarming)
                    .forEach(action -> add(action, action.claimedValue().text()));
        }
        end();
    }

    private void secureBoot() {
        group("Secure Boot");
        SecureBoot secureBoot = summary.secureBoot();
        for (Claim<SecureBoot.Mode> mode : secureBoot.modes()) {
            SecureBoot.Mode value = mode.claimedValue();
            add(mode, value.variable().pattern() + ": " + (value.enabled() ? "on" : "off"));
        }
        for (Claim<SecureBoot.Database> database : secureBoot.databases()) {
            SecureBoot.Database value = database.claimedValue();
            add(database, value.variable().pattern() + ": " + contents(value));
            value.certificates().forEach(certificate -> detail(certificate.subject()));
        }
        for (Claim<Authority> authority : secureBoot.authorities()) {
            add(authority, authority(authority.claimedValue()));
        }
        for (Claim<KnownVariable> variable : secureBoot.late()) {
            add(variable, variable.claimedValue().pattern() + ", after the separator: nothing about this boot");
        }
        end();
    }

    private static String contents(SecureBoot.Database database) {
        int certificates = database.certificates().size();
        int others = database.size() - certificates;
        List<String> parts = new ArrayList<>();
        if (certificates > 0) {
            parts.add(certificates + (certificates == 1 ? " certificate" : " certificates"));
        }
        if (others > 0) {
            parts.add(others + (others == 1 ? " other entry" : " other entries"));
        }
        return parts.isEmpty() ? "empty" : String.join(", ", parts);
    }

    private static String authority(Authority authority) {
        if (authority.content() instanceof VariableContent.Sbat sbat) {
            return authority.name() + ": " + sbat.level().text().strip();
        }
        if (authority.content() instanceof VariableContent.Flag flag) {
            return authority.name() + ": " + (flag.enabled() ? "on" : "off");
        }
        String subjects = authority.certificates().stream()
                .map(Certificate.Summary::subject)
                .collect(Collectors.joining("; "));
        String prefix = authority.content() instanceof VariableContent.Authority ? "accepted by " : "";
        return prefix + authority.name() + ": " + (subjects.isEmpty() ? "no certificate" : subjects);
    }

    private void bootOptions() {
        group("Boot options");
        BootOptions options = summary.bootOptions();
        options.taken().ifPresent(taken -> {
            String basis = taken.claimedValue().basis() == BootOptions.Basis.BOOT_CURRENT
                    ? " (BootCurrent)"
                    : " (its path leads to the loader)";
            add(taken, "taken: " + taken.claimedValue().option() + basis);
        });
        for (BootVariable<BootOrder> order : options.orders()) {
            String numbers = order.content().claimedValue().options().stream()
                    .map(number -> String.format("%04X", number))
                    .collect(Collectors.joining(", "));
            add(order.content(), name(order) + numbers);
        }
        options.next().forEach(next -> add(next.content(), name(next) + number(next)));
        options.current().forEach(current -> add(current.content(), name(current) + number(current)));
        for (BootVariable<LoadOption> option : options.options()) {
            LoadOption value = option.content().claimedValue();
            add(option.content(), name(option) + value.description() + (value.isActive() ? "" : " (inactive)"));
            value.filePathList().forEach(path -> detail(text(path)));
        }
        end();
    }

    private static String number(BootVariable<Integer> variable) {
        return BootOrder.variableName(variable.content().claimedValue());
    }

    private static String name(BootVariable<?> variable) {
        String claimed = variable.name().coverage() == Coverage.COVERED ? "" : " (a name not covered)";
        return variable.name().claimedValue() + claimed + ": ";
    }

    private void images() {
        group("Images, in the order of the log");
        boolean anyAuthority = summary.secureBoot().authorities().stream()
                .anyMatch(authority -> authority.claimedValue().isSignature());
        for (LoadedImage image : summary.images()) {
            line(digestMark(image.digest()), digest(image.digest()), image.eventNumber());
            LoadedImage.Description claim = image.claim().claimedValue();
            String place = claim.devicePath().map(SummaryText::text).orElse("malformed event data");
            String when = image.phase() == Phase.PRE_OS ? ", before the separator" : "";
            String where = claim.isFirmwareResident() ? ", in the firmware" : "";
            detail("claimed: " + claim.type().label() + where + when + ", "
                    + (place.isEmpty() ? "without a path" : place));
            if (image.claimedAuthority().isPresent()) {
                Claim<Authority> authority = image.claimedAuthority().get();
                detail("claimed: " + authority(authority.claimedValue()) + " [" + authority.eventNumber() + "]");
            } else if (anyAuthority && !claim.isFirmwareResident()) {
                detail("by which authority it was accepted is not known");
            }
        }
        end();
    }

    private void loaders() {
        group("Command lines");
        for (CommandLine line : summary.commandLines()) {
            line.text().ifPresent(text -> add(text, line.source().label() + ": " + text.claimedValue()));
            if (line.text().isEmpty()) {
                line(
                        digestMark(line.digest()),
                        line.source().label() + ": only its digest, " + digest(line.digest()),
                        line.eventNumber());
            }
        }
        end();
        group("Sections of the unified kernel image");
        summary.ukiSections().forEach(this::object);
        end();
        group("Files and other objects");
        summary.objects().forEach(this::object);
        end();
    }

    private void object(MeasuredObject object) {
        add(object.name(), object.name().claimedValue() + "  " + digest(object.digest()));
    }

    private void phases() {
        group("Phases");
        Map<String, List<String>> separators = new LinkedHashMap<>();
        summary.separators()
                .forEach(separator -> separators
                        .computeIfAbsent(
                                String.format("%-8s ", mark(separator)) + "separator " + separator.claimedValue()
                                        + ": ",
                                key -> new ArrayList<>())
                        .add(register(separator.register()) + " [" + separator.eventNumber() + "]"));
        String register = isConfidentialVm() ? "" : "PCR ";
        separators.forEach((kind, places) -> lines.add("  " + kind + register + String.join(", ", places)));
        summary.actions().forEach(action -> add(action, action.claimedValue().text()));
        end();
    }

    private void windows(WindowsBoot windows) {
        group("Windows");
        Map<String, List<Claim<WindowsBoot.Setting>>> settings = new LinkedHashMap<>();
        windows.settings()
                .forEach(setting -> settings.computeIfAbsent(
                                windowsMark(setting) + setting.claimedValue(), key -> new ArrayList<>())
                        .add(setting));
        settings.values().forEach(same -> {
            WindowsBoot.Setting setting = same.get(0).claimedValue();
            line(
                    windowsMark(same.get(0)),
                    setting.type().fieldName() + ": " + setting.value(),
                    same.get(0).eventNumber());
        });
        windows.stated(windows.state().elamDrivers())
                .forEach(driver -> line(
                        windowsMark(driver),
                        "early-launch driver: "
                                + driver.claimedValue().keyName().orElse("(no name)"),
                        driver.eventNumber()));
        windows.stated(windows.state().siPolicies())
                .forEach(policy -> line(
                        windowsMark(policy), "policy: " + policy.claimedValue().policyName(), policy.eventNumber()));
        detail(windows.state().modules().size() + " modules, listed by measuredboot events");
        end();
    }

    private String windowsMark(Claim<?> statement) {
        return lateMark(statement, statement.phase() == Phase.CLOSED);
    }

    private String lateMark(Claim<?> statement, boolean isLate) {
        if (!isLate) {
            return mark(statement);
        }
        return summary.verified().isEmpty() ? "late" : mark(statement) + ", late:";
    }

    private void group(String title) {
        lines.add("");
        lines.add(title);
    }

    /** A group without lines is left out. */
    private void end() {
        int last = lines.size() - 1;
        if (!lines.get(last).startsWith(" ")) {
            lines.remove(last);
            lines.remove(last - 1);
        }
    }

    private void add(Claim<?> statement, String text) {
        boolean late = statement.phase() != Phase.PRE_OS
                && statement.coverage() == Coverage.COVERED
                && summary.registers().isFirmware(statement.register());
        line(lateMark(statement, late), text, statement.eventNumber());
    }

    private void line(String mark, String text, int eventNumber) {
        lines.add(String.format("  %-8s %s  [%d]", mark, Printable.of(text), eventNumber));
    }

    private void detail(String text) {
        lines.add("             " + Printable.of(text));
    }

    private String mark(Claim<?> statement) {
        return switch (statement.coverage()) {
            case COVERED -> coveredMark(statement.pcrProof(), "covered");
            case NOT_COVERED, NEVER_MEASURED -> "claimed";
            case CONTRADICTED -> "REFUTED";
        };
    }

    private String digestMark(Optional<Claim<Digest>> digest) {
        return digest.filter(stated -> stated.coverage() == Coverage.COVERED)
                .map(stated -> coveredMark(stated.pcrProof(), "measured"))
                .orElse("claimed");
    }

    private String coveredMark(PcrProof proof, String markWithoutValues) {
        if (summary.verified().isEmpty()) {
            return markWithoutValues;
        }
        return switch (proof) {
            case QUOTED -> "proved";
            case ASSERTED -> "asserted";
            case UNPROVED -> "claimed";
        };
    }

    private static String digest(Optional<Claim<Digest>> digest) {
        return digest.map(Claim::claimedValue).map(SummaryText::shortened).orElse("no digest in this bank");
    }

    private static String shortened(Digest digest) {
        String hex = digest.value().toHex();
        return digest.algorithm() + ":"
                + (hex.length() <= LONGEST_DIGEST ? hex : hex.substring(0, LONGEST_DIGEST) + "...");
    }

    private static String text(DevicePath path) {
        return path.toText(DevicePathTextForm.UEFI);
    }
}
