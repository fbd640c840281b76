package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a reference state from the log of a boot that is known to be good. The state is as trustworthy as the log: make it
 * from one whose PCRs a quote proves, or at a time and place where the machine can be trusted.
 */
public final class ReferenceStateMaker {
    private final OptionalInt ukiEvent;
    private final Optional<UserspaceLog> userspaceLog;
    private final List<ReferenceState.Provenance> provenance;

    private ReferenceStateMaker(
            OptionalInt ukiEvent, Optional<UserspaceLog> userspaceLog, List<ReferenceState.Provenance> provenance) {
        this.ukiEvent = ukiEvent;
        this.userspaceLog = userspaceLog;
        this.provenance = provenance;
    }

    /** {@return a maker that finds the UKI by itself and pins nothing of userspace} */
    public static ReferenceStateMaker create() {
        return new ReferenceStateMaker(OptionalInt.empty(), Optional.empty(), List.of());
    }

    /**
     * Chooses the UKI among several images.
     *
     * @param eventNumber the number of its event in PCR 4
     * @return the maker with this choice
     */
    public ReferenceStateMaker withUkiEvent(int eventNumber) {
        return new ReferenceStateMaker(OptionalInt.of(eventNumber), userspaceLog, provenance);
    }

    /**
     * Pins what systemd extends.
     *
     * @param log systemd's log of the same boot
     * @return the maker with it
     */
    public ReferenceStateMaker withUserspaceLog(UserspaceLog log) {
        return new ReferenceStateMaker(ukiEvent, Optional.of(log), provenance);
    }

    /**
     * Notes where the state comes from.
     *
     * @param source the note
     * @return the maker with it
     */
    public ReferenceStateMaker withProvenance(ReferenceState.Provenance source) {
        return new ReferenceStateMaker(ukiEvent, userspaceLog, List.of(source));
    }

    /**
     * Makes the state.
     *
     * @param log the log
     * @return the state, in all banks of the log that can be computed
     * @throws UkiNotFoundException if PCR 4 has no image that can be the UKI, or several and none was chosen
     */
    public ReferenceState make(CheckedLog log) throws UkiNotFoundException {
        return make(log, uki(log));
    }

    ReferenceState make(CheckedLog log, ReferenceState.Uki uki) {
        return new ReferenceState(
                List.of(firmware(log)),
                new ReferenceState.SecureBoot(
                        keys(log, KnownVariable.PK),
                        keys(log, KnownVariable.KEK),
                        keys(log, KnownVariable.DB),
                        keys(log, KnownVariable.DBX)),
                uki,
                userspaceDigests(),
                provenance);
    }

    private static ReferenceState.Firmware firmware(CheckedLog log) {
        DigestSet scrtm = DigestSet.EMPTY;
        List<DigestSet> blobs = new ArrayList<>();
        for (CheckedEvent checked : log.events()) {
            Event event = checked.event();
            boolean isBlob = event.claimedType().equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)
                    || event.claimedType().equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2);
            if (isBlob && (event.pcrIndex() == 0 || event.pcrIndex() == 2)) {
                blobs.add(digests(event));
            }
            if (event.claimedType().equals(EventType.EV_S_CRTM_VERSION) && event.pcrIndex() == 0 && scrtm.isEmpty()) {
                scrtm = digests(event);
            }
        }
        return new ReferenceState.Firmware(scrtm, blobs);
    }

    private static List<ReferenceState.Signature> keys(CheckedLog log, KnownVariable variable) {
        for (CheckedEvent checked : log.events()) {
            if (checked.event().pcrIndex() == 7
                    && checked.event().claimedType().equals(EventType.EV_EFI_VARIABLE_DRIVER_CONFIG)
                    && checked.claimedData() instanceof VariableEventData data
                    && data.known().equals(Optional.of(variable))
                    && data.content() instanceof VariableContent.Signatures signatures) {
                return SecureBootRules.signaturesOf(signatures.database());
            }
        }
        return List.of();
    }

    private ReferenceState.Uki uki(CheckedLog log) throws UkiNotFoundException {
        List<CheckedEvent> images = imagesOfPcr4(log);
        CheckedEvent uki = chooseUki(log, images);
        List<DigestSet> before = new ArrayList<>();
        DigestSet kernel = DigestSet.EMPTY;
        for (CheckedEvent image : images) {
            if (image.event().number() < uki.event().number()) {
                before.add(digests(image.event()));
            } else if (image != uki && kernel.isEmpty()) {
                kernel = digests(image.event());
            }
        }
        return new ReferenceState.Uki(digests(uki.event()), sections(log), before, kernel);
    }

    static List<CheckedEvent> imagesOfPcr4(CheckedLog log) {
        return log.events().stream()
                .filter(checked -> checked.event().pcrIndex() == 4)
                .filter(checked -> checked.event().claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION))
                .toList();
    }

    /** The one image that is not firmware's own; where systemd-stub has measured sections, the last one before them. */
    private CheckedEvent chooseUki(CheckedLog log, List<CheckedEvent> images) throws UkiNotFoundException {
        List<CheckedEvent> candidates =
                images.stream().filter(image -> !isFirmwareResident(image)).toList();
        if (ukiEvent.isPresent()) {
            return images.stream()
                    .filter(image -> image.event().number() == ukiEvent.getAsInt())
                    .findFirst()
                    .orElseThrow(() -> new UkiNotFoundException(
                            images.stream().map(CheckedEvent::event).toList()));
        }
        OptionalInt firstSection = log.events().stream()
                .filter(ReferenceStateMaker::isSection)
                .mapToInt(checked -> checked.event().number())
                .findFirst();
        if (firstSection.isPresent()) {
            List<CheckedEvent> before = candidates.stream()
                    .filter(image -> image.event().number() < firstSection.getAsInt())
                    .toList();
            if (!before.isEmpty()) {
                return before.get(before.size() - 1);
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new UkiNotFoundException(
                candidates.stream().map(CheckedEvent::event).toList());
    }

    private static boolean isFirmwareResident(CheckedEvent image) {
        return image.claimedData() instanceof ImageLoadData data
                && data.imageLoad().isFirmwareResident();
    }

    static boolean isSection(CheckedEvent checked) {
        return checked.event().pcrIndex() == 11
                && checked.event().claimedType().equals(EventType.EV_IPL)
                && checked.claimedData() instanceof IplData ipl
                && ipl.kind() == IplData.Kind.UKI_SECTION;
    }

    /** The events come in pairs, the name and then the content. */
    private static List<ReferenceState.UkiSection> sections(CheckedLog log) {
        List<CheckedEvent> events =
                log.events().stream().filter(ReferenceStateMaker::isSection).toList();
        List<ReferenceState.UkiSection> sections = new ArrayList<>();
        for (int i = 0; i + 1 < events.size(); i += 2) {
            if (events.get(i).claimedData() instanceof IplData name) {
                sections.add(new ReferenceState.UkiSection(
                        Optional.of(name.text()).filter(ReferenceState.UkiSection::isName),
                        digests(events.get(i + 1).event())));
            }
        }
        return sections;
    }

    private List<ReferenceState.UserspaceDigest> userspaceDigests() {
        List<ReferenceState.UserspaceDigest> digests = new ArrayList<>();
        userspaceLog.ifPresent(log -> {
            for (CelRecord record : log.records()) {
                if (record.register() instanceof CelRecord.Register.Pcr pcr) {
                    record.digests().stream()
                            .filter(digest -> digest.algorithm().isStandard())
                            .forEach(digest -> digests.add(new ReferenceState.UserspaceDigest(pcr.index(), digest)));
                }
            }
        });
        return digests;
    }

    private static DigestSet digests(Event event) {
        return new DigestSet(event.digests().stream()
                .filter(digest -> digest.algorithm().isStandard())
                .toList());
    }
}
