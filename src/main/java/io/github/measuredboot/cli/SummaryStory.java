package io.github.measuredboot.cli;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.CommandLine.Source;
import io.github.measuredboot.boot.LoadedImage;
import io.github.measuredboot.boot.MeasuredObject;
import io.github.measuredboot.boot.Phase;
import io.github.measuredboot.boot.SecureBoot;
import io.github.measuredboot.boot.WindowsBoot;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.internal.text.CommonName;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.windows.SipaEventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A boot in one sentence: what is proved of it, what was measured after the firmware was done, and what is only claimed. */
final class SummaryStory {
    private static final int SHOWN = 3;
    private static final int LONGEST = 60;
    private static final String KERNEL = "vmlinuz";
    private static final Map<SipaEventType, String> ALARMING = Map.of(
            SipaEventType.TESTSIGNING, "test signing on",
            SipaEventType.BOOTDEBUGGING, "boot debugging on",
            SipaEventType.OSKERNELDEBUG, "kernel debugging on",
            SipaEventType.SAFEMODE, "safe mode",
            SipaEventType.WINPE, "Windows PE");

    private static final Pattern GUID = Pattern.compile("\\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}?");

    private enum Proof {
        PROVED("PROVED"),
        ASSERTED("IF THE PCR VALUES ARE TRUE"),
        LATER("MEASURED AFTER THE FIRMWARE"),
        CLAIMED("CLAIMED");

        private final String word;

        Proof(String word) {
            this.word = word;
        }
    }

    private final BootSummary summary;
    private final EventLog log;
    private final Map<Proof, List<String>> phrases = new EnumMap<>(Proof.class);

    private SummaryStory(BootSummary summary, EventLog log) {
        this.summary = summary;
        this.log = log;
    }

    static String of(BootSummary summary, EventLog log, boolean isCut) {
        SummaryStory story = new SummaryStory(summary, log);
        if (LaunchStarts.isOfLaunchAlone(log)) {
            story.say(Proof.CLAIMED, "a dynamic launch, without the boot before it");
        } else {
            story.boot();
        }
        return story.phrases.entrySet().stream()
                        .map(said -> said.getKey().word + ": " + String.join(", ", said.getValue()))
                        .collect(Collectors.joining("; "))
                + (isCut ? "; " + cut(log.events().size()) : "");
    }

    private static String cut(int events) {
        return events == 0 ? "there is no event that can be read" : "the log is malformed after event " + (events - 1);
    }

    private void boot() {
        if (summary.registers() == MeasurementRegisters.CC_MEASUREMENT_REGISTERS) {
            say(Proof.CLAIMED, "a confidential VM");
        }
        boolean named = system();
        List<String> loaders = loaders();
        if (named && !loaders.isEmpty()) {
            say(Proof.CLAIMED, "through " + list(loaders));
        } else if (!named) {
            say(
                    Proof.CLAIMED,
                    loaders.isEmpty()
                            ? "no system in the log"
                            : list(loaders) + (loaders.stream().distinct().count() == 1 ? " starts" : " start")
                                    + " a system that the log does not name");
        }
        secureBoot();
        authorities();
        summary.firmwareVersions().stream()
                .filter(version -> isText(version.claimedValue().text().strip()))
                .findFirst()
                .ifPresent(version -> say(
                        version, "firmware " + cut(version.claimedValue().text().strip())));
        if (log.events().stream().anyMatch(LaunchStarts::isOfLaunch)) {
            say(Proof.CLAIMED, "with a dynamic launch");
        }
        alarms();
    }

    /** Some firmware has a GUID for its version, which says nothing to a person. */
    private static boolean isText(String version) {
        return !version.isEmpty() && !GUID.matcher(version).matches();
    }

    /** Whether the log says which it is. */
    private boolean system() {
        Optional<WindowsBoot> windows = summary.windows();
        Optional<Claim<String>> kernel = lastText(Source.GRUB_KERNEL);
        if (windows.isPresent()) {
            say(windows.get().trees().get(0), "Windows boots");
        } else if (kernel.isPresent()) {
            String path = kernel.get().claimedValue().strip().split("\\s", 2)[0];
            say(kernel.get(), "GRUB boots " + file(path));
        } else if (!summary.ukiSections().isEmpty()) {
            say(summary.ukiSections().get(0).name(), "a unified kernel image boots");
        } else if (lastText(Source.SYSTEMD).isPresent()) {
            say(lastText(Source.SYSTEMD).get(), "systemd-boot boots a kernel");
        } else if (lastText(Source.OTHER_LOADER).isPresent()) {
            say(lastText(Source.OTHER_LOADER).get(), "a kernel boots");
        } else if (summary.commandLines().stream().anyMatch(line -> line.source() == Source.LINUX_LOAD_OPTIONS)) {
            say(Proof.CLAIMED, "Linux boots by its EFI stub");
        } else if (isKernelNamed()) {
            say(Proof.CLAIMED, "Linux boots");
        } else {
            return false;
        }
        return true;
    }

    private boolean isKernelNamed() {
        return Stream.concat(
                        summary.objects().stream().map(MeasuredObject::name).map(name -> file(name.claimedValue())),
                        loaders().stream())
                .anyMatch(name -> name.startsWith(KERNEL));
    }

    private Optional<Claim<String>> lastText(Source source) {
        return summary.commandLines().stream()
                .filter(line -> line.source() == source)
                .flatMap(line -> line.text().stream())
                .reduce((first, second) -> second);
    }

    /** Those of the attempt that went on; before the separator only where nothing else is there. */
    private List<String> loaders() {
        List<LoadedImage> applications = summary.images().stream()
                .filter(image -> image.claim().claimedValue().type() == LoadedImage.Type.APPLICATION
                        && !image.claim().claimedValue().isFirmwareResident())
                .toList();
        int lastReturn = summary.lastReturn();
        return Stream.<Predicate<LoadedImage>>of(
                        image -> image.phase() != Phase.PRE_OS && image.eventNumber() > lastReturn,
                        image -> image.phase() != Phase.PRE_OS,
                        image -> true)
                .map(wanted -> applications.stream().filter(wanted).toList())
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(image -> SummaryWords.fileName(image.claim().claimedValue()))
                .toList();
    }

    private void secureBoot() {
        List<Claim<SecureBoot.Mode>> modes = counting(KnownVariable.SECURE_BOOT);
        List<Boolean> values = modes.stream()
                .map(mode -> mode.claimedValue().enabled())
                .distinct()
                .toList();
        if (values.isEmpty()) {
            say(Proof.CLAIMED, "Secure Boot not measured");
        } else if (values.size() > 1) {
            say(Proof.CLAIMED, "Secure Boot both on and off");
        } else {
            say(modes.get(0), "Secure Boot " + (values.get(0) ? "on" : "off"));
        }
        counting(KnownVariable.SETUP_MODE).stream()
                .filter(mode -> mode.claimedValue().enabled())
                .findFirst()
                .ifPresent(mode -> say(mode, "in Setup Mode"));
    }

    /** Those that a digest covers and that were measured before the separator; if there are none, what is claimed. */
    private List<Claim<SecureBoot.Mode>> counting(KnownVariable variable) {
        List<Claim<SecureBoot.Mode>> all = summary.secureBoot().modes().stream()
                .filter(mode -> mode.claimedValue().variable() == variable)
                .toList();
        List<Claim<SecureBoot.Mode>> sound = all.stream()
                .filter(mode -> mode.coverage() == Coverage.COVERED && mode.phase() == Phase.PRE_OS)
                .toList();
        return sound.isEmpty() ? all : sound;
    }

    private void authorities() {
        Map<Proof, List<String>> names = new EnumMap<>(Proof.class);
        summary.secureBoot().authorities().stream()
                .filter(authority -> authority.claimedValue().isSignature() && authority.phase() != Phase.PRE_OS)
                .forEach(authority -> authority.claimedValue().certificates().stream()
                        .limit(1)
                        .forEach(certificate -> names.computeIfAbsent(proof(authority), proof -> new ArrayList<>())
                                .add(CommonName.of(certificate.subject()))));
        names.forEach((proof, same) -> say(proof, "images accepted by " + list(same)));
    }

    private void alarms() {
        Stream.of(MeasuredConstant.DMA_PROTECTION_DISABLED, MeasuredConstant.UEFI_DEBUG_MODE)
                .flatMap(alarming -> summary.actions(alarming).stream().limit(1))
                .forEach(action -> say(
                        action,
                        "firmware says \"" + action.claimedValue().text().strip() + "\""));
        summary.separators().stream()
                .filter(separator -> separator.claimedValue() == SeparatorData.Kind.ERROR)
                .findFirst()
                .ifPresent(separator -> say(separator, "with an error separator of the firmware"));
        summary.windows().stream()
                .flatMap(windows -> windows.settings().stream())
                .filter(setting -> ALARMING.containsKey(setting.claimedValue().type())
                        && setting.claimedValue().value().equals("yes"))
                .forEach(setting -> say(
                        setting, ALARMING.getOrDefault(setting.claimedValue().type(), "")));
        long refuted = refutable()
                .filter(claim -> claim.coverage() == Coverage.CONTRADICTED)
                .count();
        if (refuted > 0) {
            say(Proof.CLAIMED, refuted + (refuted == 1 ? " statement" : " statements") + " of the log REFUTED");
        }
    }

    private Stream<Claim<?>> refutable() {
        return Stream.of(
                        summary.firmwareVersions(),
                        summary.secureBoot().modes(),
                        summary.secureBoot().databases(),
                        summary.secureBoot().authorities(),
                        summary.separators(),
                        summary.commandLines().stream()
                                .flatMap(line -> line.text().stream())
                                .toList())
                .flatMap(List::stream);
    }

    private void say(Claim<?> statement, String phrase) {
        say(proof(statement), phrase);
    }

    private void say(Proof proof, String phrase) {
        List<String> said = phrases.computeIfAbsent(proof, key -> new ArrayList<>());
        if (!said.contains(phrase)) {
            said.add(Printable.of(phrase));
        }
    }

    /** What was measured after the separator, whatever ran then can have measured. */
    private static Proof proof(Claim<?> statement) {
        if (statement.coverage() != Coverage.COVERED || statement.pcrProof() == PcrProof.UNPROVED) {
            return Proof.CLAIMED;
        }
        if (statement.phase() != Phase.PRE_OS) {
            return Proof.LATER;
        }
        return statement.pcrProof() == PcrProof.QUOTED ? Proof.PROVED : Proof.ASSERTED;
    }

    private static String list(List<String> names) {
        List<String> distinct = names.stream().distinct().map(SummaryStory::cut).toList();
        int more = distinct.size() - SHOWN;
        if (more > 0) {
            return String.join(", ", distinct.subList(0, SHOWN)) + " and " + more + " more";
        }
        int last = distinct.size() - 1;
        return last == 0
                ? distinct.get(0)
                : String.join(", ", distinct.subList(0, last)) + " and " + distinct.get(last);
    }

    private static String file(String path) {
        String trimmed = path.strip();
        return cut(trimmed.substring(Math.max(trimmed.lastIndexOf('\\'), trimmed.lastIndexOf('/')) + 1));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
