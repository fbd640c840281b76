package io.github.measuredboot.cli;

import io.github.measuredboot.boot.Authority;
import io.github.measuredboot.boot.BootOptions;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.BootVariable;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.boot.WindowsBoot;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.LoadOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code measuredboot summary} prints: the story in a sentence, then a screen, or with {@code -v} all. */
final class SummaryText {
    private static final int HEIGHT = 39;

    private final BootSummary summary;
    private final SummaryMarks marks;
    private final boolean all;
    private final boolean anyAuthority;
    private final Screen screen = new Screen();
    private List<String> lines = new ArrayList<>();

    private SummaryText(SummaryMarks marks, boolean all) {
        this.summary = marks.summary();
        this.marks = marks;
        this.all = all;
        this.anyAuthority = summary.secureBoot().authorities().stream()
                .anyMatch(authority -> authority.claimedValue().isSignature());
    }

    static List<String> of(String name, EventLog log, SummaryMarks marks, boolean all) {
        SummaryText text = new SummaryText(marks, all);
        List<String> page = new ArrayList<>();
        page.addAll(text.heading(name, log));
        text.group("Firmware", 2, 4, text::firmware);
        text.group("Secure Boot", 10, 12, text::secureBoot);
        text.group("Boot options", 3, 4, text::bootOptions);
        text.group("Images, in the order of the log", 5, 8, text::images);
        text.group("Command lines", 2, 4, text::commandLines);
        text.group("Sections of the unified kernel image", 2, 4, text::sections);
        text.group("Files and other objects", 3, 8, text::objects);
        text.group("Dynamic launch", 2, 6, () -> text.launch(log));
        text.group("Phases", 3, 6, text::phases);
        text.summary.windows().ifPresent(windows -> text.group("Windows", 4, 8, () -> text.windows(windows)));
        page.addAll(all ? text.screen.all() : text.screen.fitted(HEIGHT - page.size()));
        return page;
    }

    private void group(String title, int fewest, int most, Runnable content) {
        lines = new ArrayList<>();
        content.run();
        screen.add(title, fewest, most, lines);
    }

    private List<String> heading(String name, EventLog log) {
        List<String> heading = new ArrayList<>();
        heading.add(String.format(
                "%s: %s, %d %s, bank %s of %s%s",
                InputFile.called(name),
                log.format(),
                log.events().size(),
                log.events().size() == 1 ? "event" : "events",
                summary.bank(),
                log.algorithms().isEmpty()
                        ? "none"
                        : log.algorithms().stream().map(HashAlgorithm::name).collect(Collectors.joining(" ")),
                isConfidentialVm() ? ", registers of a confidential VM instead of PCRs" : ""));
        heading.add(basis());
        if (all) {
            heading.addAll(marks.legend());
        }
        return heading;
    }

    private String basis() {
        if (marks.onlyClaimed()) {
            return "Only the header of the log, which nothing measures, says that these are no PCRs: all is claimed, without --cc-registers.";
        }
        return summary.verified()
                .map(SummaryText::proofs)
                .orElse(
                        all
                                ? "No PCR value was given, and all of this is what the log claims: --pcrs and --quote say what is proved of it."
                                : "No PCR value was given: what is covered by the digest of an event [n] is as true as its PCR, the rest only claimed.");
    }

    private static String proofs(VerifiedLog verified) {
        Map<PcrProof, List<Integer>> pcrs = new EnumMap<>(PcrProof.class);
        new TreeSet<>(verified.claims().log().events().stream()
                        .filter(Event::isMeasured)
                        .map(event -> (int) event.pcrIndex())
                        .toList())
                .forEach(pcr -> pcrs.computeIfAbsent(verified.proof(pcr), proof -> new ArrayList<>())
                        .add(pcr));
        return "PCRs with events: " + pcrs(pcrs, PcrProof.QUOTED, "proved") + "; "
                + pcrs(pcrs, PcrProof.ASSERTED, "asserted") + "; " + pcrs(pcrs, PcrProof.UNPROVED, "not reproduced");
    }

    private static String pcrs(Map<PcrProof, List<Integer>> pcrs, PcrProof proof, String word) {
        return word + " " + (pcrs.containsKey(proof) ? PcrRanges.of(pcrs.get(proof)) : "none");
    }

    private boolean isConfidentialVm() {
        return summary.registers() == MeasurementRegisters.CC_MEASUREMENT_REGISTERS;
    }

    private void firmware() {
        for (Claim<FirmwareData.Version> version : summary.firmwareVersions()) {
            add(version, "version: " + SummaryWords.version(version.claimedValue()));
        }
        for (MeasuredConstant alarming :
                List.of(MeasuredConstant.DMA_PROTECTION_DISABLED, MeasuredConstant.UEFI_DEBUG_MODE)) {
            summary.actions(alarming)
                    .forEach(action -> add(action, action.claimedValue().text()));
        }
    }

    private void secureBoot() {
        SecureBoot secureBoot = summary.secureBoot();
        for (Claim<SecureBoot.Mode> mode : secureBoot.modes()) {
            SecureBoot.Mode value = mode.claimedValue();
            add(mode, value.variable().pattern() + ": " + (value.enabled() ? "on" : "off"));
        }
        for (Claim<SecureBoot.Database> database : secureBoot.databases()) {
            SecureBoot.Database value = database.claimedValue();
            add(database, value.variable().pattern() + ": " + SummaryWords.contents(value, !all));
            if (all) {
                value.certificates().forEach(certificate -> detail(certificate.subject()));
            }
        }
        for (Claim<Authority> authority : secureBoot.authorities()) {
            add(authority, authority(authority.claimedValue()));
        }
        for (Claim<KnownVariable> variable : secureBoot.late()) {
            add(variable, variable.claimedValue().pattern() + ", after the separator: nothing about this boot");
        }
    }

    private String authority(Authority authority) {
        return SummaryWords.authority(authority, all);
    }

    private void bootOptions() {
        BootOptions options = summary.bootOptions();
        options.taken().ifPresent(taken -> {
            String basis = taken.claimedValue().basis() == BootOptions.Basis.BOOT_CURRENT
                    ? " (BootCurrent)"
                    : " (its path leads to the loader)";
            add(
                    taken,
                    "taken: " + taken.claimedValue().option()
                            + description(taken.claimedValue().option()) + basis);
        });
        for (BootVariable<BootOrder> order : options.orders()) {
            String numbers = order.content().claimedValue().options().stream()
                    .map(number -> String.format("%04X", number))
                    .collect(Collectors.joining(", "));
            add(order.content(), name(order) + (numbers.isEmpty() ? "empty" : numbers));
        }
        options.next().forEach(next -> add(next.content(), name(next) + number(next)));
        options.current().forEach(current -> add(current.content(), name(current) + number(current)));
        for (BootVariable<LoadOption> option : options.options()) {
            LoadOption value = option.content().claimedValue();
            add(option.content(), name(option) + value.description().strip() + (value.isActive() ? "" : " (inactive)"));
            if (all) {
                value.filePathList().forEach(path -> detail(SummaryWords.path(path)));
            }
        }
    }

    private String description(String option) {
        return summary.bootOptions().options().stream()
                .filter(candidate -> candidate.name().claimedValue().equals(option))
                .findFirst()
                .map(candidate ->
                        " " + candidate.content().claimedValue().description().strip())
                .orElse("");
    }

    private static String number(BootVariable<Integer> variable) {
        return BootOrder.variableName(variable.content().claimedValue());
    }

    private static String name(BootVariable<?> variable) {
        String claimed = variable.name().coverage() == Coverage.COVERED ? "" : " (claimed name)";
        return variable.name().claimedValue() + claimed + ": ";
    }

    private void images() {
        List<LoadedImage> images = summary.images();
        for (int from = 0, to; from < images.size(); from = to) {
            for (to = from + 1; !all && to < images.size() && isOneLine(images.get(from), images.get(to)); to++) {}
            if (to - from > 1) {
                drivers(images.subList(from, to));
            } else {
                image(images.get(from));
            }
        }
    }

    /** Drivers of which no certificate is known are of little interest one by one. */
    private boolean isOneLine(LoadedImage first, LoadedImage next) {
        return isPlainDriver(first)
                && isPlainDriver(next)
                && first.phase() == next.phase()
                && marks.ofDigest(first.digest()).equals(marks.ofDigest(next.digest()));
    }

    private static boolean isPlainDriver(LoadedImage image) {
        return image.claim().claimedValue().type() != LoadedImage.Type.APPLICATION
                && image.claimedAuthority().isEmpty();
    }

    private void drivers(List<LoadedImage> drivers) {
        lines.add(String.format(
                "  %-8s digests claimed to be of %d drivers%s  [%s]",
                marks.ofDigest(drivers.get(0).digest()),
                drivers.size(),
                SummaryWords.when(drivers.get(0)),
                PcrRanges.of(drivers.stream().map(LoadedImage::eventNumber).toList())));
    }

    private void image(LoadedImage image) {
        LoadedImage.Description claim = image.claim().claimedValue();
        String what = claim.type().label() + (claim.isFirmwareResident() ? " in the firmware" : "")
                + SummaryWords.when(image) + ", ";
        String digest = SummaryWords.digest(image.digest(), all);
        String mark = marks.ofDigest(image.digest());
        if (!all) {
            String by = image.claimedAuthority()
                    .map(authority -> ", " + authority(authority.claimedValue()))
                    .orElse(isAuthorityMissing(claim) ? ", by which authority is not known" : "");
            line(mark, digest + "; claimed: " + what + SummaryWords.shortPlace(claim) + by, image.eventNumber());
            return;
        }
        line(mark, digest, image.eventNumber());
        detail("claimed: " + what + SummaryWords.place(claim));
        if (image.claimedAuthority().isPresent()) {
            Claim<Authority> authority = image.claimedAuthority().get();
            detail("claimed: " + authority(authority.claimedValue()) + " [" + authority.eventNumber() + "]");
        } else if (isAuthorityMissing(claim)) {
            detail("by which authority it was accepted is not known");
        }
    }

    private boolean isAuthorityMissing(LoadedImage.Description image) {
        return anyAuthority && !image.isFirmwareResident();
    }

    private void commandLines() {
        for (CommandLine line : summary.commandLines()) {
            line.text().ifPresent(text -> add(text, line.source().label() + ": " + text.claimedValue()));
            if (line.text().isEmpty()) {
                line(
                        marks.ofDigest(line.digest()),
                        line.source().label() + ": only its digest, " + SummaryWords.digest(line.digest(), all),
                        line.eventNumber());
            }
        }
    }

    private void sections() {
        if (all) {
            summary.ukiSections().forEach(this::object);
            return;
        }
        Map<String, List<MeasuredObject>> byMark = new LinkedHashMap<>();
        summary.ukiSections()
                .forEach(section -> byMark.computeIfAbsent(marks.withPhase(section.name()), mark -> new ArrayList<>())
                        .add(section));
        byMark.forEach((mark, sections) -> joined(
                mark,
                "",
                sections.stream().map(section -> section.name().claimedValue()).toList(),
                sections.stream().map(MeasuredObject::eventNumber).toList()));
    }

    private void objects() {
        List<MeasuredObject> objects = summary.objects();
        List<MeasuredObject> shown = all
                ? objects
                : objects.stream().filter(SummaryWords::isOfInterest).toList();
        shown.forEach(this::object);
        int left = objects.size() - shown.size();
        if (left > 0) {
            lines.add("           and " + left + (left == 1 ? " module or picture" : " modules, lists and pictures")
                    + " of GRUB, which -v shows");
        }
    }

    private void object(MeasuredObject object) {
        add(object.name(), object.name().claimedValue() + "  " + SummaryWords.digest(object.digest(), all));
    }

    private void launch(EventLog log) {
        Map<Integer, List<Event>> byPcr = new TreeMap<>();
        for (Event event : log.events()) {
            if (LaunchStarts.isOfLaunch(event)) {
                byPcr.computeIfAbsent((int) event.pcrIndex(), pcr -> new ArrayList<>())
                        .add(event);
            }
        }
        byPcr.forEach((pcr, events) -> joined(
                "claimed",
                "PCR " + pcr + ": ",
                events.stream().map(event -> event.claimedType().name()).toList(),
                events.stream().map(Event::number).toList()));
    }

    private void phases() {
        Map<String, List<Claim<SeparatorData.Kind>>> separators = new LinkedHashMap<>();
        summary.separators()
                .forEach(separator -> separators
                        .computeIfAbsent(
                                String.format("  %-8s ", marks.of(separator))
                                        + SummaryWords.separators(separator.claimedValue()),
                                key -> new ArrayList<>())
                        .add(separator));
        separators.forEach((words, same) -> lines.add(words + ": " + places(same)));
        Map<String, List<Integer>> actions = new LinkedHashMap<>();
        summary.actions().stream()
                .sorted(Comparator.comparing(
                        action -> !all && action.claimedValue().constant().isEmpty()))
                .forEach(action -> actions.computeIfAbsent(
                                String.format(
                                        "  %-8s %s",
                                        marks.withPhase(action),
                                        Printable.of(action.claimedValue().text())),
                                key -> new ArrayList<>())
                        .add(action.eventNumber()));
        actions.forEach((text, events) -> lines.add(text + "  [" + PcrRanges.of(events) + "]"));
    }

    private String places(List<Claim<SeparatorData.Kind>> separators) {
        boolean ofPcrs = !isConfidentialVm();
        if (!all) {
            return (ofPcrs
                            ? "PCR "
                                    + PcrRanges.of(separators.stream()
                                            .map(claim -> (int) claim.register())
                                            .toList())
                            : separators.stream()
                                    .map(claim -> summary.registers().name(claim.register()))
                                    .distinct()
                                    .collect(Collectors.joining(", ")))
                    + "  ["
                    + PcrRanges.of(separators.stream().map(Claim::eventNumber).toList()) + "]";
        }
        return separators.stream()
                .map(separator -> (ofPcrs
                                ? String.valueOf(separator.register())
                                : summary.registers().name(separator.register()))
                        + " [" + separator.eventNumber() + "]")
                .collect(Collectors.joining(", ", ofPcrs ? "PCR " : "", ""));
    }

    private void windows(WindowsBoot windows) {
        Map<String, Map<String, List<Integer>>> settings = new LinkedHashMap<>();
        for (Claim<WindowsBoot.Setting> setting : windows.settings()) {
            WindowsBoot.Setting value = setting.claimedValue();
            settings.computeIfAbsent(marks.ofWindows(setting), mark -> new LinkedHashMap<>())
                    .computeIfAbsent(value.type().fieldName() + ": " + value.value(), text -> new ArrayList<>())
                    .add(setting.eventNumber());
        }
        settings.forEach((mark, texts) -> {
            if (all) {
                texts.forEach((text, events) -> line(mark, text, events.get(0)));
            } else {
                joined(
                        mark,
                        "",
                        List.copyOf(texts.keySet()),
                        texts.values().stream().flatMap(List::stream).toList());
            }
        });
        windows.stated(windows.state().elamDrivers())
                .forEach(driver -> line(
                        marks.ofWindows(driver),
                        "early-launch driver: "
                                + driver.claimedValue().keyName().orElse("(no name)"),
                        driver.eventNumber()));
        policies(windows);
        int modules = windows.state().modules().size();
        lines.add(
                "           " + modules + (modules == 1 ? " module" : " modules") + ", which the command events lists");
    }

    private void policies(WindowsBoot windows) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Map<String, List<Integer>> events = new LinkedHashMap<>();
        windows.stated(windows.state().siPolicies()).forEach(policy -> {
            if (all) {
                line(marks.ofWindows(policy), "policy: " + policy.claimedValue().policyName(), policy.eventNumber());
                return;
            }
            String mark = marks.ofWindows(policy);
            names.computeIfAbsent(mark, key -> new ArrayList<>())
                    .add(policy.claimedValue().policyName());
            events.computeIfAbsent(mark, key -> new ArrayList<>()).add(policy.eventNumber());
        });
        names.forEach((mark, texts) ->
                joined(mark, "policies: ", texts.stream().distinct().toList(), events.getOrDefault(mark, List.of())));
    }

    private void add(Claim<?> statement, String text) {
        line(marks.withPhase(statement), text, statement.eventNumber());
    }

    private void line(String mark, String text, int eventNumber) {
        lines.add(String.format("  %-8s %s  [%d]", mark, Printable.of(text), eventNumber));
    }

    /** Short statements of one mark, as many in a line as it has room for. */
    private void joined(String mark, String title, List<String> texts, List<Integer> events) {
        List<String> rows = SummaryWords.rows(texts);
        for (int i = 0; i < rows.size(); i++) {
            String place = i == rows.size() - 1 ? "  [" + PcrRanges.of(new TreeSet<>(events)) + "]" : ",";
            lines.add(String.format("  %-8s %s%s", mark, i == 0 ? title : "", Printable.of(rows.get(i)) + place));
        }
    }

    private void detail(String text) {
        lines.add("             " + Printable.of(text));
    }
}
