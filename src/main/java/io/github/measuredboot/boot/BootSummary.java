package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/**
 * A summary of a boot. If made from a {@link VerifiedLog} or a {@link ReplayedLog}, it says for each claim how far it is proved; if made
 * from a {@link CheckedLog}, it is what the log claims, and nothing of it is {@link Claim#covered()}.
 */
public final class BootSummary {
    private final Claims claims;
    private final List<Claim<FirmwareData.Version>> firmwareVersions;
    private final SecureBoot secureBoot;
    private final List<LoadedImage> images;
    private final BootOptions bootOptions;
    private final List<CommandLine> commandLines;
    private final List<MeasuredObject> ukiSections;
    private final List<MeasuredObject> objects;
    private final List<Claim<SeparatorData.Kind>> separators;
    private final List<Claim<Action>> actions;
    private final Optional<WindowsBoot> windows;

    BootSummary(BootSummaryBuilder builder) {
        this.claims = builder.claims;
        this.firmwareVersions = List.copyOf(builder.firmwareVersions);
        this.secureBoot = builder.secureBoot.build();
        this.images = builder.images.build();
        this.commandLines = List.copyOf(builder.loaders.commandLines());
        this.ukiSections = List.copyOf(builder.loaders.sections());
        this.objects = List.copyOf(builder.loaders.objects());
        this.separators = List.copyOf(builder.separators);
        this.actions = List.copyOf(builder.actions);
        this.bootOptions = builder.bootOptions.build(images, lastReturn());
        this.windows = builder.windows();
    }

    /**
     * Summarizes a log that was compared with the PCR values of a TPM. This never fails, whatever the log holds.
     *
     * @param log the events of one bank
     * @return the summary, in which nothing of a PCR that is not reproduced is covered
     */
    public static BootSummary of(VerifiedLog log) {
        return new BootSummaryBuilder(new Claims(log)).build();
    }

    /**
     * Summarizes a log that was compared with the PCR values of a TPM. This never fails, whatever the log holds.
     *
     * @param log the log
     * @param bank the bank whose PCR values are to be trusted
     * @return the summary, in which nothing of a PCR that is not reproduced in the bank is covered
     */
    public static BootSummary of(ReplayedLog log, HashAlgorithm bank) {
        return of(log.verified(bank));
    }

    /**
     * Summarizes what the log of a TPM claims. This never fails, whatever the log holds.
     *
     * @param log the log
     * @param bank the bank whose digests are checked; if the log does not have it, all is {@link
     *     io.github.measuredboot.eventlog.check.Coverage#NEVER_MEASURED}
     * @return the summary, a claim
     */
    public static BootSummary of(CheckedLog log, HashAlgorithm bank) {
        return of(log, bank, MeasurementRegisters.PCRS);
    }

    /**
     * Summarizes what a log claims. This never fails, whatever the log holds.
     *
     * @param log the log
     * @param bank the bank whose digests are checked; if the log does not have it, all is {@link
     *     io.github.measuredboot.eventlog.check.Coverage#NEVER_MEASURED}
     * @param registers what the events extend, which no log proves
     * @return the summary, a claim
     */
    public static BootSummary of(CheckedLog log, HashAlgorithm bank, MeasurementRegisters registers) {
        return new BootSummaryBuilder(new Claims(log, bank, registers)).build();
    }

    /**
     * The strongest bank of a log: SHA-512 comes before SHA-384, SHA-256 and SHA-1; SHA-3 comes after the SHA-2 of its size, and SM3
     * after SHA3-256. A bank that is missing from more events than another is passed over.
     *
     * @param log the log
     * @return the bank, or empty if the log has none that can be computed
     */
    public static Optional<HashAlgorithm> strongestBank(EventLog log) {
        return strongestBank(log, log.algorithms());
    }

    /**
     * The strongest bank of a log for which PCR values are known: one that is quoted if any is, or otherwise one that has asserted
     * values.
     *
     * @param log the log
     * @return the bank, or that of {@link #strongestBank(EventLog)} if the log has none with values
     */
    public static Optional<HashAlgorithm> strongestBank(ReplayedLog log) {
        EventLog events = log.replay().log();
        List<HashAlgorithm> quoted = log.quoted().stream()
                .flatMap(quote -> quote.values().banks().stream())
                .map(bank -> bank.algorithm())
                .toList();
        List<HashAlgorithm> given =
                events.algorithms().stream().filter(log::isGiven).toList();
        return strongestBank(events, quoted)
                .or(() -> strongestBank(events, given))
                .or(() -> strongestBank(events));
    }

    private static Optional<HashAlgorithm> strongestBank(EventLog log, List<HashAlgorithm> banks) {
        Optional<HashAlgorithm> strongest = Optional.empty();
        long mostDigests = -1;
        for (HashAlgorithm bank : HashAlgorithm.strongestFirst()) {
            if (banks.contains(bank)
                    && log.algorithms().contains(bank)
                    && bank.newMessageDigest().isPresent()) {
                long digests = log.events().stream()
                        .filter(Event::isMeasured)
                        .filter(event -> event.digestOffset(bank).isPresent())
                        .count();
                if (digests > mostDigests) {
                    mostDigests = digests;
                    strongest = Optional.of(bank);
                }
            }
        }
        return strongest;
    }

    /** {@return the bank whose digests were checked} */
    public HashAlgorithm bank() {
        return claims.bank();
    }

    /** {@return what the events extend, according to the caller or the PCR values} */
    public MeasurementRegisters registers() {
        return claims.registers();
    }

    /** {@return the log with the PCRs that are reproduced; empty if it was not compared with PCR values} */
    public Optional<VerifiedLog> verified() {
        return claims.verified();
    }

    /** {@return the firmware versions of EV_S_CRTM_VERSION events} */
    public List<Claim<FirmwareData.Version>> firmwareVersions() {
        return firmwareVersions;
    }

    /** {@return what the log says about Secure Boot} */
    public SecureBoot secureBoot() {
        return secureBoot;
    }

    /** {@return what was loaded, in the order of the log} */
    public List<LoadedImage> images() {
        return images;
    }

    /** {@return the options of the boot manager} */
    public BootOptions bootOptions() {
        return bootOptions;
    }

    /** {@return the command lines that were measured} */
    public List<CommandLine> commandLines() {
        return commandLines;
    }

    /** {@return the sections of unified kernel images, in their order} */
    public List<MeasuredObject> ukiSections() {
        return ukiSections;
    }

    /** {@return other files and lists that loaders measured} */
    public List<MeasuredObject> objects() {
        return objects;
    }

    /** {@return the separators of all registers, known by their digest, or else claimed by their type} */
    public List<Claim<SeparatorData.Kind>> separators() {
        return separators;
    }

    /** {@return what firmware has done, known by its digest, or else claimed by its type} */
    public List<Claim<Action>> actions() {
        return actions;
    }

    /** {@return what Windows measured; empty if it measured nothing} */
    public Optional<WindowsBoot> windows() {
        return windows;
    }

    /**
     * The actions with a known text.
     *
     * @param constant the text
     * @return the actions in their order
     */
    public List<Claim<Action>> actions(MeasuredConstant constant) {
        return actions.stream()
                .filter(action -> action.claimedValue().constant().equals(Optional.of(constant)))
                .toList();
    }

    /**
     * {@return the number of the last event that says that a boot option has returned (nothing before it booted for good), or -1 if there
     * is none}
     */
    public int lastReturn() {
        return actions.stream()
                .filter(action -> action.claimedValue()
                        .constant()
                        .filter(MeasuredConstant::isReturn)
                        .isPresent())
                .mapToInt(Claim::eventNumber)
                .max()
                .orElse(-1);
    }
}
