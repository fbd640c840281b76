package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/**
 * The story of a boot.
 *
 * @param bank the bank whose digests were checked
 * @param isConfidentialVm whether the registers are those of a confidential VM instead of PCRs
 * @param firmwareVersions what EV_S_CRTM_VERSION events say
 * @param secureBoot Secure Boot
 * @param images what was loaded, in the order of the log
 * @param bootOptions the boot manager's options
 * @param commandLines command lines
 * @param ukiSections the sections of unified kernel images, in their order
 * @param objects other files and lists that loaders measured
 * @param separators the separators of all registers, known by their type or by their digest
 * @param actions what firmware has done, known by its type or by its digest
 * @param windows what Windows says; empty if it says nothing
 */
public record BootSummary(
        HashAlgorithm bank,
        boolean isConfidentialVm,
        List<Stated<FirmwareData.Version>> firmwareVersions,
        SecureBoot secureBoot,
        List<LoadedImage> images,
        BootOptions bootOptions,
        List<CommandLine> commandLines,
        List<MeasuredObject> ukiSections,
        List<MeasuredObject> objects,
        List<Stated<SeparatorData.Kind>> separators,
        List<Stated<Action>> actions,
        Optional<WindowsBoot> windows) {
    /**
     * Copies the lists.
     *
     * @param bank the bank whose digests were checked
     * @param isConfidentialVm whether the registers are those of a confidential VM instead of PCRs
     * @param firmwareVersions what EV_S_CRTM_VERSION events say
     * @param secureBoot Secure Boot
     * @param images what was loaded, in the order of the log
     * @param bootOptions the boot manager's options
     * @param commandLines command lines
     * @param ukiSections the sections of unified kernel images, in their order
     * @param objects other files and lists that loaders measured
     * @param separators the separators of all registers, known by their type or by their digest
     * @param actions what firmware has done, known by its type or by its digest
     * @param windows what Windows says
     */
    public BootSummary {
        firmwareVersions = List.copyOf(firmwareVersions);
        images = List.copyOf(images);
        commandLines = List.copyOf(commandLines);
        ukiSections = List.copyOf(ukiSections);
        objects = List.copyOf(objects);
        separators = List.copyOf(separators);
        actions = List.copyOf(actions);
    }

    /**
     * Tells the story of a log. This never fails, whatever the log holds.
     *
     * @param log the log
     * @param bank the bank whose PCR values are to be trusted; if the log does not have it, all is {@link
     *     io.github.measuredboot.eventlog.check.Proof#NEVER_MEASURED}
     * @return the story
     */
    public static BootSummary of(CheckedLog log, HashAlgorithm bank) {
        return new BootStory(log, bank).tell();
    }

    /**
     * The strongest bank of a log: SHA-512 before SHA-384, SHA-256 and SHA-1, SHA-3 behind the SHA-2 of its size, SM3 behind SHA3-256. A
     * bank that more events lack than another is passed over.
     *
     * @param log the log
     * @return the bank, or empty if the log has none that can be computed
     */
    public static Optional<HashAlgorithm> strongestBank(EventLog log) {
        Optional<HashAlgorithm> strongest = Optional.empty();
        long mostDigests = -1;
        for (HashAlgorithm bank : HashAlgorithm.strongestFirst()) {
            if (log.algorithms().contains(bank) && bank.newMessageDigest().isPresent()) {
                long digests = log.events().stream()
                        .filter(event ->
                                isMeasured(event) && event.digestOffset(bank).isPresent())
                        .count();
                if (digests > mostDigests) {
                    mostDigests = digests;
                    strongest = Optional.of(bank);
                }
            }
        }
        return strongest;
    }

    private static boolean isMeasured(Event event) {
        return !event.claimedType().equals(EventType.EV_NO_ACTION);
    }

    /**
     * The actions of a kind.
     *
     * @param kind the kind
     * @return the actions in their order
     */
    public List<Stated<Action>> actions(Action.Kind kind) {
        return actions.stream()
                .filter(action -> action.claimedValue().kind() == kind)
                .toList();
    }
}
