package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.policy.DigestSet;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceState.Provenance;
import io.github.measuredboot.policy.ReferenceStateMaker;
import io.github.measuredboot.policy.UkiNotFoundException;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for making a reference state from a log. */
final class StateMakerOptions {
    /** Each character may become an escape of six. */
    private static final int LONGEST_NAME = Provenance.MAX_TEXT / 6;

    @Option(
            names = {"-e", "--event-log"},
            paramLabel = "LOG",
            defaultValue = LogInput.DEFAULT,
            description = "The log of a good boot, - for standard input. Default: ${DEFAULT-VALUE}")
    private String log = LogInput.DEFAULT;

    @Option(
            names = "--userspace-log",
            paramLabel = "FILE",
            description = "Pin what systemd measured in this boot: /run/log/systemd/tpm2-measure.log.")
    private @Nullable Path userspaceLog;

    @Option(
            names = "--uki-event",
            paramLabel = "N",
            description = "The number of the event that measures the UKI, where it is not clear.")
    private @Nullable Integer ukiEvent;

    String log() {
        return log;
    }

    ReferenceState make() throws InputException, MalformedDataException {
        Bytes bytes = LogInput.read(log);
        EventLog eventLog = EventLog.parse(bytes, ParseLimits.DEFAULT);
        ReferenceStateMaker maker = maker().withProvenance(provenance(bytes));
        if (userspaceLog != null) {
            maker = maker.withUserspaceLog(LogInput.readUserspaceLog(userspaceLog));
        }
        return make(log, eventLog, maker, "choose with --uki-event N");
    }

    private ReferenceStateMaker maker() {
        ReferenceStateMaker maker = ReferenceStateMaker.create();
        return ukiEvent == null ? maker : maker.withUkiEvent(ukiEvent);
    }

    static ReferenceState make(String name, EventLog log, ReferenceStateMaker maker, String howToChoose)
            throws InputException {
        CheckedLog checked = CheckedLog.of(log);
        try {
            return maker.make(checked);
        } catch (UkiNotFoundException e) {
            throw new InputException(name + ": " + advice(checked, e.candidates(), howToChoose));
        }
    }

    private static String advice(CheckedLog log, List<Integer> candidates, String howToChoose) {
        List<CheckedEvent> images = log.events().stream()
                .filter(checked -> checked.event().pcrIndex() == 4)
                .filter(checked -> checked.event().claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION))
                .toList();
        if (images.isEmpty()) {
            return "PCR 4 has no image, so that no reference state can be made: this is no log of a UEFI boot of a UKI";
        }
        String problem = candidates.isEmpty()
                ? "no image in PCR 4 can be the UKI, for all claim to be from the firmware; if one of them is it"
                : candidates.size() + " images in PCR 4 can be the UKI";
        return images.stream()
                .map(image -> text(image, candidates.contains(image.event().number())))
                .collect(Collectors.joining("", problem + ": " + howToChoose + " from", ""));
    }

    private static String text(CheckedEvent image, boolean isCandidate) {
        Event event = image.event();
        String path = image.claimedData() instanceof ImageLoadData data
                ? data.imageLoad().devicePath().toText(DevicePathTextForm.UEFI)
                : "an unknown place";
        return String.format(
                "%n  event %d at offset %d%s, claimed to be from %s, %s",
                event.number(),
                event.offset(),
                isCandidate ? "" : " (unlikely)",
                Printable.of(path),
                event.digests().stream().map(Digest::toString).collect(Collectors.joining(" ")));
    }

    private Provenance provenance(Bytes bytes) {
        MessageDigest sha256 = HashAlgorithm.SHA256.newMessageDigest().orElseThrow();
        bytes.update(sha256);
        return new Provenance(
                Optional.empty(),
                Optional.of(new Main.Version().getVersion()[0]),
                Optional.of(Printable.of(log.substring(0, Math.min(log.length(), LONGEST_NAME)))),
                DigestSet.of(new Digest(HashAlgorithm.SHA256, Bytes.wrap(sha256.digest()))),
                Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }
}
