package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.Provenance;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.refstate.UkiNotFoundException;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for making a reference state from the logs of a boot. */
final class StateMakerOptions {
    /** Each character may become an escape of six. */
    private static final int LONGEST_NAME = Provenance.MAX_TEXT / 6;

    private static final String ONLY_CLAIMED =
            "without --pcrs or --quote the state pins what the log claims, which no value of a TPM confirms";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            converter = ProfileConverter.class,
            defaultValue = "uki",
            description = {
                "uki: a Unified Kernel Image, and everything that is passed to it.",
                "images: the images of PCR 4 and the authorities of PCR 7 of any boot chain. Default: ${DEFAULT-VALUE}"
            })
    private Profile profile = Profile.UKI;

    @Option(
            names = "--uki-event",
            paramLabel = "N",
            description = "The number of the event that measures the UKI, if that is not clear.")
    private @Nullable Integer ukiEvent;

    @Option(
            names = "--pin-pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description = "Pin all events of these PCRs, such as 1,3,8, in order.")
    private List<PcrList> pinned = new ArrayList<>();

    @Option(
            names = "--free-pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description = "Allow anything in these PCRs.")
    private List<PcrList> free = new ArrayList<>();

    @Option(
            names = "--empty-pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description = "Allow nothing but separators in these PCRs.")
    private List<PcrList> empty = new ArrayList<>();

    @Option(names = "--pin-drivers", description = "Pin the drivers and option ROMs of PCR 2, in order.")
    private boolean pinDrivers;

    @Mixin
    private BankOption banks = new BankOption();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    /** A state with the evidence that it was made of and accepts. */
    record Made(String log, ReferenceState state, ReplayedLog evidence, List<String> notesOnLogs) {
        List<String> notes() {
            List<String> notes = new ArrayList<>(notesOnLogs);
            if (state.profile() == Profile.UKI && !Enrolment.isSecureBootEnabled(evidence, state)) {
                notes.add("Secure Boot was not on in this boot: check rejects it without --allow-secure-boot-off");
            }
            notes.addAll(StateInput.weaknesses(state));
            return notes;
        }
    }

    static final class ProfileConverter implements picocli.CommandLine.ITypeConverter<Profile> {
        @Override
        public Profile convert(String name) {
            return Profile.byId(name)
                    .orElseThrow(() -> new picocli.CommandLine.TypeConversionException(
                            "'" + name + "' is neither uki nor images"));
        }
    }

    /** Makes a state in the banks of {@code --bank}, or else in the default ones: none stands for all. */
    Made make(List<String> logs, Optional<ThisMachine> machine, Set<HashAlgorithm> defaultBanks)
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        LogSet.Chosen chosen = LogSet.read(logs).evaluate(evidence.read(machine));
        String name = chosen.candidate().name();
        EventLog log = chosen.candidate().log();
        Set<HashAlgorithm> pinnedBanks = banks.isGiven() ? banks.banks() : defaultBanks;
        for (HashAlgorithm bank : pinnedBanks) {
            if (!log.algorithms().contains(bank)) {
                throw new InputException(InputFile.called(name) + ": the log has no bank " + bank + ", only "
                        + log.algorithms() + ": choose with --bank");
            }
        }
        List<String> notes = new ArrayList<>(chosen.notes());
        ReplayedLog replayed = chosen.replayed();
        if (!evidence.isGiven() && machine.isEmpty()) {
            replayed = ReferenceStateMaker.claimed(replayed.replay());
            notes.add(ONLY_CLAIMED);
        }
        ReferenceStateMaker maker =
                maker().banks(pinnedBanks).provenance(provenance(name, log)).build();
        ReferenceState state = make(name, replayed, maker, "choose with --uki-event N");
        return new Made(name, state, replayed, notes);
    }

    private ReferenceStateMaker.Builder maker() throws InputException {
        ReferenceStateMaker.Builder maker =
                ReferenceStateMaker.builder().profile(profile).pinUserspace(evidence.hasUserspaceLog());
        if (ukiEvent != null) {
            maker.ukiEvent(ukiEvent);
        }
        choose(maker, pinned, PcrMode.SEQUENCE);
        choose(maker, free, PcrMode.FREE);
        choose(maker, empty, PcrMode.EMPTY);
        return pinDrivers ? maker.pinDrivers() : maker;
    }

    private static void choose(ReferenceStateMaker.Builder maker, List<PcrList> pcrs, PcrMode mode)
            throws InputException {
        try {
            for (int pcr : PcrList.pcrs(pcrs)) {
                maker.mode(pcr, mode);
            }
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    static ReferenceState make(String name, ReplayedLog evidence, ReferenceStateMaker maker, String howToChoose)
            throws InputException {
        try {
            return Enrolment.enrol(evidence, maker);
        } catch (UkiNotFoundException e) {
            throw new InputException(
                    InputFile.called(name) + ": " + advice(evidence.replay(), e.candidates(), howToChoose));
        } catch (ReferenceStateException e) {
            throw new InputException(reasons(name, e));
        }
    }

    static String reasons(String name, ReferenceStateException e) {
        return InputFile.called(name) + ": no reference state can be made of this boot: "
                + Printable.of(String.join("; ", e.reasons()));
    }

    private static String advice(Replay replay, List<Integer> candidates, String howToChoose) {
        List<CheckedEvent> images = replay.checkedLog().events().stream()
                .filter(checked -> checked.claimedData() instanceof ImageLoadData)
                .filter(checked -> checked.event().pcrIndex() == ReferenceState.IMAGE_PCR
                        || candidates.contains(checked.event().number()))
                .toList();
        String orImages = "; for a boot without a UKI use --profile images";
        if (images.isEmpty()) {
            return "PCR 4 has no image, so that no reference state can be made: this is no log of a UEFI boot of a UKI";
        }
        String problem = candidates.isEmpty()
                ? "no image in PCR 4 can be the UKI, for all claim to be from the firmware; if one of them is it"
                : candidates.size() + " images in PCR 4 can be the UKI";
        return images.stream()
                .map(image -> text(image, candidates.contains(image.event().number())))
                .collect(Collectors.joining("", problem + ": " + howToChoose + " from", orImages));
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

    private static Provenance provenance(String log, EventLog read) {
        return new Provenance(
                Optional.empty(),
                Optional.of(new Main.Version().getVersion()[0]),
                Optional.of(Printable.of(log.substring(0, Math.min(log.length(), LONGEST_NAME)))),
                DigestSet.of(new Digest(
                        HashAlgorithm.SHA256,
                        HashAlgorithm.SHA256.hash(read.bytes()).orElseThrow())),
                Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }
}
