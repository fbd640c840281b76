package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.boot.WindowsBoot;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.cli.html.View.Stage;
import io.github.measuredboot.cli.html.View.Statement;
import io.github.measuredboot.cli.html.View.Step;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What happened in a boot, stage by stage: steps of one kind that follow each other are one. */
final class Timeline {
    private static final int MAX_OF_A_KIND = 60;
    private static final int MAX_STATEMENTS = 12;
    private static final int NO_EVENT = Integer.MAX_VALUE;

    private record Moment(int event, String title, Statement statement, long more) {}

    private final BootSummary summary;
    private final Marks marks;
    private final Stages stages;
    private final RegisterNames names;
    private final List<Moment> moments = new ArrayList<>();

    private Timeline(BootInput boot, Stages stages) {
        this.summary = boot.summary();
        this.marks = Marks.of(boot);
        this.stages = stages;
        this.names = RegisterNames.of(summary);
    }

    static List<Stage> of(BootInput boot, Stages stages) {
        Timeline timeline = new Timeline(boot, stages);
        timeline.firmware();
        timeline.loaders();
        boot.summary().windows().ifPresent(timeline::windows);
        boot.evidence().replay().userspaceLog().ifPresent(log -> timeline.userspace(log.records(), boot.evidence()));
        return timeline.stages();
    }

    private interface Show<T> {
        void add(String title, T one, long more);
    }

    private <T> void add(String title, List<T> all, Show<T> show) {
        int shown = Math.min(all.size(), MAX_OF_A_KIND);
        for (int i = 0; i < shown; i++) {
            show.add(title, all.get(i), i == shown - 1 ? all.size() - shown : 0);
        }
    }

    private void claim(String title, Claim<?> claim, String text, List<String> details, long more) {
        moment(claim.eventNumber(), title, text, details, marks.of(claim), more);
    }

    private void moment(int event, String title, String text, List<String> details, Label mark, long more) {
        moments.add(new Moment(event, title, new Statement(text, details, mark, "event " + event), more));
    }

    private void firmware() {
        add(
                "Firmware version",
                summary.firmwareVersions(),
                (title, version, more) -> claim(
                        title,
                        version,
                        version.claimedValue().text().isEmpty()
                                ? version.claimedValue().raw() + " (no text)"
                                : version.claimedValue().text(),
                        List.of(),
                        more));
        add("Secure Boot", summary.secureBoot().modes(), (title, mode, more) -> {
            SecureBoot.Mode value = mode.claimedValue();
            claim(title, mode, value.variable().pattern() + " " + (value.enabled() ? "on" : "off"), List.of(), more);
        });
        add(
                "Secure Boot keys",
                summary.secureBoot().databases(),
                (title, database, more) -> claim(
                        title,
                        database,
                        database.claimedValue().variable().pattern() + ": " + Words.contents(database.claimedValue()),
                        List.of(),
                        more));
        separators();
        add(
                "Firmware says",
                summary.actions(),
                (title, action, more) -> moment(
                        action.eventNumber(),
                        title,
                        action.claimedValue().text(),
                        List.of(),
                        action.claimedValue().constant().isPresent() ? marks.word(action) : marks.of(action),
                        more));
    }

    /** Separators of one kind that follow each other are one line. */
    private void separators() {
        List<Claim<SeparatorData.Kind>> all = summary.separators();
        for (int from = 0, to; from < all.size() && from < MAX_OF_A_KIND; from = to) {
            Claim<SeparatorData.Kind> first = all.get(from);
            for (to = from + 1; to < all.size() && isLike(first, all.get(to), to - from); to++) {}
            List<Claim<SeparatorData.Kind>> same = all.subList(from, to);
            String kind = first.claimedValue() == SeparatorData.Kind.NORMAL ? "" : " (" + first.claimedValue() + ")";
            String registers = names.registers()
                    .names(same.stream()
                            .limit(MAX_STATEMENTS)
                            .map(Claim::register)
                            .toList());
            moments.add(new Moment(
                    first.eventNumber(),
                    first.claimedValue() == SeparatorData.Kind.WINDOWS
                            ? "Windows closes its PCRs"
                            : "Firmware hands over",
                    new Statement(
                            (same.size() == 1 ? "separator of " : "separators of ") + registers + kind,
                            List.of(),
                            marks.of(first),
                            same.size() == 1
                                    ? "event " + first.eventNumber()
                                    : "events " + first.eventNumber() + " to "
                                            + same.get(same.size() - 1).eventNumber()),
                    Math.max(0, same.size() - MAX_STATEMENTS)));
        }
    }

    private boolean isLike(Claim<SeparatorData.Kind> first, Claim<SeparatorData.Kind> other, int distance) {
        return other.claimedValue() == first.claimedValue()
                && other.eventNumber() == first.eventNumber() + distance
                && marks.of(other).equals(marks.of(first));
    }

    private void loaders() {
        add("Image loaded", summary.images(), this::image);
        add("Command line", summary.commandLines(), this::commandLine);
        add("UKI section measured", summary.ukiSections(), this::object);
        add("File or object measured", summary.objects(), this::object);
    }

    private void image(String title, LoadedImage image, long more) {
        LoadedImage.Description claim = image.claim().claimedValue();
        String path = claim.devicePath().map(Words::path).orElse("malformed event data");
        String from = claim.isFirmwareResident() ? "from the firmware" : path.isEmpty() ? "from memory" : path;
        String file = path.isEmpty() ? claim.type().label() : Words.file(path);
        moment(
                image.eventNumber(),
                claim.isFirmwareResident() ? "Firmware's own image loaded" : title,
                file,
                file.equals(from)
                        ? List.of(Words.shortDigest(image.digest().map(Claim::claimedValue)))
                        : List.of(from, Words.shortDigest(image.digest().map(Claim::claimedValue))),
                digestMark(image.digest()),
                more);
    }

    private void commandLine(String title, CommandLine line, long more) {
        moment(
                line.eventNumber(),
                title,
                line.text()
                        .map(Claim::claimedValue)
                        .orElseGet(() -> "only its digest: "
                                + Words.shortDigest(line.digest().map(Claim::claimedValue))),
                List.of(line.source().label()),
                line.text().map(marks::word).orElseGet(() -> digestMark(line.digest())),
                more);
    }

    private void object(String title, MeasuredObject object, long more) {
        moment(
                object.eventNumber(),
                title,
                object.name().claimedValue(),
                List.of(Words.shortDigest(object.digest().map(Claim::claimedValue))),
                marks.word(object.name()),
                more);
    }

    private Label digestMark(Optional<? extends Claim<?>> digest) {
        return digest.map(marks::word).orElse(Marks.CLAIMED);
    }

    private void windows(WindowsBoot windows) {
        LinkedHashMap<String, Claim<WindowsBoot.Setting>> settings = new LinkedHashMap<>();
        for (Claim<WindowsBoot.Setting> setting : windows.settings()) {
            settings.putIfAbsent(
                    setting.claimedValue().type().fieldName() + ": "
                            + setting.claimedValue().value(),
                    setting);
        }
        add(
                "Windows",
                List.copyOf(settings.values()),
                (title, setting, more) -> moment(
                        setting.eventNumber(),
                        title,
                        setting.claimedValue().type().fieldName() + ": "
                                + setting.claimedValue().value(),
                        List.of(),
                        marks.word(setting),
                        more));
        add(
                "Windows early-launch driver",
                windows.stated(windows.state().elamDrivers()),
                (title, driver, more) -> moment(
                        driver.eventNumber(),
                        title,
                        driver.claimedValue().keyName().orElse("(no name)"),
                        List.of(),
                        marks.word(driver),
                        more));
        add(
                "Windows module",
                windows.stated(windows.state().modules()),
                (title, module, more) -> moment(
                        module.eventNumber(),
                        title,
                        module.claimedValue().filePath().orElseGet(() -> "a module without a path"),
                        module.claimedValue().authenticodeHash().stream()
                                .map(hash -> Words.shortened(hash.toHex()))
                                .toList(),
                        marks.word(module),
                        more));
    }

    private void userspace(List<CelRecord> records, ReplayedLog evidence) {
        add("Userspace measured", records, (title, one, more) -> {
            if (one.content() instanceof CelRecord.Content.Systemd systemd) {
                boolean covered = one.stringCheck(summary.bank())
                        .filter(CelRecord.StringCheck.MATCHES::equals)
                        .isPresent();
                Optional<Integer> pcr = one.register() instanceof CelRecord.Register.Pcr register
                        ? Optional.of(register.index())
                        : Optional.empty();
                PcrProof proof =
                        pcr.map(index -> evidence.proof(summary.bank(), index)).orElse(PcrProof.UNPROVED);
                moments.add(new Moment(
                        NO_EVENT,
                        title,
                        new Statement(
                                systemd.string().orElse("(no text)"),
                                systemd.eventType().stream().toList(),
                                covered ? marks.covered(proof) : Marks.CLAIMED,
                                pcr.map(index -> "PCR " + index).orElse("NV index")),
                        more));
            }
        });
    }

    private List<Stage> stages() {
        moments.sort(Comparator.comparingInt(Moment::event));
        List<Stage> all = new ArrayList<>();
        for (int stage = 0; stage < Stages.TITLES.size(); stage++) {
            List<Step> steps = steps(stage);
            long events = stages.end(stage) - (long) stages.begin(stage);
            if (events > 0 || !steps.isEmpty()) {
                all.add(new Stage(stages.title(stage), stages.hint(stage), events, steps));
            }
        }
        return all;
    }

    private List<Step> steps(int stage) {
        List<Step> steps = new ArrayList<>();
        List<Statement> same = new ArrayList<>();
        long more = 0;
        String title = "";
        for (Moment moment : moments) {
            if (stages.of(moment.event()) == stage) {
                if (!moment.title().equals(title)) {
                    addStep(steps, title, same, more);
                    same = new ArrayList<>();
                    more = 0;
                    title = moment.title();
                }
                same.add(moment.statement());
                more += moment.more();
            }
        }
        addStep(steps, title, same, more);
        return steps;
    }

    private static void addStep(List<Step> steps, String title, List<Statement> same, long more) {
        if (!same.isEmpty()) {
            Shown<Statement> shown = Shown.of(same, MAX_STATEMENTS);
            steps.add(new Step(title, new Shown<>(shown.items(), shown.more() + more)));
        }
    }
}
