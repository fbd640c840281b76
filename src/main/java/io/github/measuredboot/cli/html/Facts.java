package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootOptions;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.BootVariable;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.cli.html.View.Fact;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.cli.html.View.Statement;
import io.github.measuredboot.uefi.LoadOption;
import java.util.ArrayList;
import java.util.List;

/** What one wants to know about a boot first. */
final class Facts {
    private static final int MAX = 4;

    private final BootSummary summary;
    private final Marks marks;

    private Facts(Marks marks) {
        this.summary = marks.summary();
        this.marks = marks;
    }

    static List<Fact> of(Marks marks) {
        Facts facts = new Facts(marks);
        List<Fact> all = new ArrayList<>();
        all.add(new Fact("Firmware", false, facts.firmware()));
        all.add(new Fact("Secure Boot", false, Shown.of(List.of(SecureBootView.state(marks)), 1)));
        all.add(new Fact("Boot option", false, facts.option()));
        all.add(new Fact("Images booted", false, facts.images()));
        all.add(new Fact("Command line", true, facts.commandLines()));
        return all.stream().filter(fact -> !fact.statements().isEmpty()).toList();
    }

    private Shown<Statement> firmware() {
        return Shown.of(
                summary.firmwareVersions(),
                MAX,
                version -> new Statement(
                        version.claimedValue().text().isEmpty()
                                ? version.claimedValue().raw() + " (no text)"
                                : version.claimedValue().text(),
                        List.of(),
                        marks.of(version),
                        event(version)));
    }

    private Shown<Statement> option() {
        return Shown.of(
                summary.bootOptions().taken().stream().toList(),
                1,
                taken -> new Statement(
                        taken.claimedValue().option()
                                + summary.bootOptions().options().stream()
                                        .filter(option -> option.name()
                                                .claimedValue()
                                                .equals(taken.claimedValue().option()))
                                        .findFirst()
                                        .map((BootVariable<LoadOption> option) -> " "
                                                + option.content()
                                                        .claimedValue()
                                                        .description())
                                        .orElse(""),
                        List.of(
                                taken.claimedValue().basis() == BootOptions.Basis.BOOT_CURRENT
                                        ? "BootCurrent"
                                        : "its path leads to the loader"),
                        marks.of(taken),
                        event(taken)));
    }

    private Shown<Statement> images() {
        List<LoadedImage> booted = summary.images().stream()
                .filter(image -> image.claim().claimedValue().type() == LoadedImage.Type.APPLICATION
                        && !image.claim().claimedValue().isFirmwareResident())
                .toList();
        return Shown.of(
                booted,
                MAX,
                image -> new Statement(
                        image.claim()
                                .claimedValue()
                                .devicePath()
                                .map(Words::path)
                                .map(path -> path.isEmpty() ? "from memory" : Words.file(path))
                                .orElse("malformed event data"),
                        List.of(Words.shortDigest(image.digest().map(Claim::claimedValue))),
                        image.digest().map(marks::word).orElse(Marks.CLAIMED),
                        "event " + image.eventNumber()));
    }

    private Shown<Statement> commandLines() {
        List<CommandLine> texts = summary.commandLines().stream()
                .filter(line -> line.text().isPresent())
                .toList();
        return Shown.of(
                texts.isEmpty() ? summary.commandLines() : texts,
                MAX,
                line -> new Statement(
                        line.text()
                                .map(Claim::claimedValue)
                                .orElseGet(() -> "only its digest: "
                                        + Words.shortDigest(line.digest().map(Claim::claimedValue))),
                        List.of(line.source().label()),
                        line.text()
                                .map(marks::word)
                                .orElseGet(() -> line.digest().map(marks::word).orElse(Marks.CLAIMED)),
                        "event " + line.eventNumber()));
    }

    private static String event(Claim<?> claim) {
        return "event " + claim.eventNumber();
    }
}
