package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The policy that a {@link ReferenceState} defines: firmware, Secure Boot keys, boot images and what is passed to them must be
 * those of the state, whatever the boot order and the settings are.
 *
 * <p>It judges one bank: see {@link #bankFor}. Any other bank that was given and that the state also pins must not contradict
 * the log.
 */
public final class BootPolicy {
    private static final int LAST_FIRMWARE_PCR = 7;

    private static final List<Integer> USERSPACE_PCRS = List.of(9, 11);

    private final ReferenceState state;
    private final PolicyOptions options;
    private final List<EventPolicy.Clause> furtherClauses;
    private final SortedSet<Integer> userspacePcrs;
    private final List<String> missing = new ArrayList<>();
    private final List<HashAlgorithm> banks;
    private final EventPolicy policy;
    private final EventPolicy policyWithUserspaceLog;

    private BootPolicy(ReferenceState state, PolicyOptions options, List<EventPolicy.Clause> furtherClauses) {
        this.state = state;
        this.options = options;
        this.furtherClauses = List.copyOf(furtherClauses);
        this.userspacePcrs = new TreeSet<>(USERSPACE_PCRS);
        for (UserspaceDigest digest : state.userspaceDigests()) {
            if (digest.pcr() > LAST_FIRMWARE_PCR) {
                userspacePcrs.add(digest.pcr());
            }
        }
        EventPolicy.Builder builder = builder();
        this.policy = builder.build();
        this.policyWithUserspaceLog = withUserspaceLog(policy.toBuilder()).build();
        this.banks = HashAlgorithm.strongestFirst().stream()
                .filter(options::accepts)
                .filter(this::pinsAllIn)
                .toList();
        checkState();
    }

    /**
     * Creates a policy with {@link PolicyOptions#defaultsFor the default options} of a state.
     *
     * @param state the reference state
     * @return the policy
     */
    public static BootPolicy of(ReferenceState state) {
        return of(state, PolicyOptions.defaultsFor(state));
    }

    /**
     * Creates a policy with the given options.
     *
     * @param state the reference state
     * @param options what to take from the state
     * @return the policy
     */
    public static BootPolicy of(ReferenceState state, PolicyOptions options) {
        return new BootPolicy(state, options, List.of());
    }

    /**
     * Returns the same policy with one more clause.
     *
     * <pre>{@code
     * BootPolicy policy = BootPolicy.of(state).and("nothing-in-pcr-15", List.of(15), Clauses.empty(15));
     * }</pre>
     *
     * <p>If PCRs are not judged otherwise, the clause must accept each of their events. In a PCR that is free, a clause can
     * only require the presence of something, by its digest: what must not be present can be measured with other data.
     *
     * @param id a stable id
     * @param pcrs the PCRs that the clause looks at; they must be reproduced
     * @param clause what must be true of their events
     * @return a new policy
     */
    public BootPolicy and(String id, List<Integer> pcrs, EventClause clause) {
        List<EventPolicy.Clause> clauses = new ArrayList<>(furtherClauses);
        clauses.add(new EventPolicy.Clause(id, List.copyOf(pcrs), clause, true));
        return new BootPolicy(state, options, clauses);
    }

    /** {@return the mode of each PCR that is judged} */
    public SortedMap<Integer, PcrMode> modes() {
        return policy.modes();
    }

    /** {@return the banks that can be judged, strongest first: those in which the state has a digest for all that it pins} */
    public List<HashAlgorithm> banks() {
        return banks;
    }

    /**
     * The PCRs to ask a quote for.
     *
     * @param bank the bank
     * @param withUserspaceLog whether a userspace log will be sent
     * @return the PCRs that a quote must be over for an unconditional verdict
     */
    public PcrSelection requiredPcrs(HashAlgorithm bank, boolean withUserspaceLog) {
        EventPolicy judging = withUserspaceLog ? policyWithUserspaceLog : policy;
        return new PcrSelection(List.of(new PcrSelection.Bank(bank, List.copyOf(judging.requiredPcrs()))));
    }

    /**
     * The bank that is judged. The candidates are the banks in which the state pins all that it needs, the log has events, and
     * values were given. Of these, the strongest that a quote is over is judged; if none is quoted, the strongest that is active
     * ({@link PcrStatus#BANK_NOT_ACTIVE}), or else the strongest. SHA-1 is judged only where the state has nothing better.
     *
     * @param replayed the evidence
     * @return the bank, or empty if there is none
     */
    public Optional<HashAlgorithm> bankFor(ReplayedLog replayed) {
        List<HashAlgorithm> given = banks.stream()
                .filter(bank -> !bank.equals(HashAlgorithm.SHA1) || banks.size() == 1)
                .filter(bank -> replayed.replay()
                                .bank(bank)
                                .filter(ReplayedBank::isReplayable)
                                .isPresent()
                        && replayed.isGiven(bank))
                .toList();
        return given.stream()
                .filter(bank -> isQuoted(replayed, bank))
                .findFirst()
                .or(() -> given.stream()
                        .filter(bank -> replayed.comparisons(bank).stream()
                                .noneMatch(comparison -> comparison.status() == PcrStatus.BANK_NOT_ACTIVE))
                        .findFirst())
                .or(() -> given.stream().findFirst());
    }

    private static boolean isQuoted(ReplayedLog replayed, HashAlgorithm bank) {
        return replayed.quoted()
                .flatMap(quoted -> quoted.values().bank(bank))
                .filter(quoted -> !quoted.values().isEmpty())
                .isPresent();
    }

    private boolean pinsAllIn(HashAlgorithm bank) {
        boolean allFirmware = !state.firmware().isEmpty()
                && state.firmware().stream().allMatch(firmware -> firmware.isPinnedIn(bank));
        boolean allEvents = policy.modes().entrySet().stream()
                .filter(entry -> entry.getValue() == PcrMode.SEQUENCE || entry.getValue() == PcrMode.CONTENT)
                .flatMap(entry -> state.pcr(entry.getKey()).stream())
                .allMatch(pcr -> pcr.isPinnedIn(bank));
        boolean allImages =
                state.pcr(state.imagePcr()).filter(pcr -> pcr.isPinnedIn(bank)).isPresent();
        boolean userspace = !options.isUserspacePinned()
                || state.userspaceDigests().stream()
                        .anyMatch(extended -> extended.digest().algorithm().equals(bank));
        return allFirmware && allEvents && allImages && userspace;
    }

    /**
     * Judges a boot.
     *
     * @param evidence the log, compared with PCR values or a quote; all comparisons count, including those that {@link
     *     ReplayedLog#restrictedTo} leaves out
     * @return the verdict; rejected if there is no bank to judge
     */
    public Verdict evaluate(ReplayedLog evidence) {
        ReplayedLog replayed = evidence.unrestricted();
        Optional<HashAlgorithm> found = bankFor(replayed);
        HashAlgorithm bank = found.or(() -> banks.stream().findFirst()).orElse(HashAlgorithm.SHA256);
        List<Finding> further = new ArrayList<>();
        further.add(bankFinding(found));
        if (found.equals(Optional.of(HashAlgorithm.SHA1))) {
            further.add(finding(
                    Rule.WEAK_BANK,
                    false,
                    false,
                    "a bank that is stronger than SHA-1",
                    "sha1 alone: whoever signs or supplies images can make two with the same digest"));
        }
        otherBanks(replayed, bank).ifPresent(further::add);
        further.add(stateFinding());
        boolean hasUserspaceLog = replayed.replay().userspaceLog().isPresent();
        if (!hasUserspaceLog) {
            further.add(noUserspaceLog());
        }
        return (hasUserspaceLog ? policyWithUserspaceLog : policy).evaluate(replayed, bank, further);
    }

    private Finding bankFinding(Optional<HashAlgorithm> bank) {
        return finding(
                Rule.BANK,
                bank.isPresent(),
                true,
                "a bank in which the state pins all that it needs (" + (banks.isEmpty() ? "it has none" : banks)
                        + "), the log has digests and values were given",
                bank.map(HashAlgorithm::name).orElse("none"));
    }

    private static Finding finding(Rule rule, boolean passed, boolean required, String expected, String found) {
        Judgement judgement = passed
                ? Judgement.passed(expected, found, Constraint.NONE)
                : Judgement.failed(List.of(), expected, found);
        return new Finding(rule.id(), required, List.of(), judgement, PcrProof.UNPROVED);
    }

    /** A bank that firmware did not extend can be filled by later software; a bank that it did extend then contradicts the log. */
    private Optional<Finding> otherBanks(ReplayedLog replayed, HashAlgorithm judged) {
        List<String> contradictions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (HashAlgorithm bank : HashAlgorithm.standard()) {
            boolean quoted = isQuoted(replayed, bank);
            if (!bank.equals(judged)
                    && replayed.isGiven(bank)
                    && (quoted || options.accepts(bank))
                    && pinsAnythingIn(bank)) {
                List<Integer> pcrs = contradictedPcrs(replayed, bank, quoted);
                others.add(bank.name());
                if (!pcrs.isEmpty()) {
                    contradictions.add(
                            bank + " PCR " + pcrs.stream().map(String::valueOf).collect(Collectors.joining(", ")));
                }
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        Rule.OTHER_BANKS,
                        contradictions.isEmpty(),
                        true,
                        "no bank that the state pins contradicts the log: " + String.join(", ", others),
                        contradictions.isEmpty() ? "none does" : String.join("; ", contradictions)));
    }

    private List<Integer> contradictedPcrs(ReplayedLog replayed, HashAlgorithm bank, boolean quoted) {
        return replayed.comparisons(bank).stream()
                .filter(comparison -> policy.modes().containsKey(comparison.pcr()))
                .filter(comparison -> comparison.status() == PcrStatus.DIFFERS
                        || comparison.status() == PcrStatus.NO_EVENTS
                        || (quoted && comparison.quoted() && comparison.status() == PcrStatus.BANK_NOT_ACTIVE))
                .map(PcrComparison::pcr)
                .toList();
    }

    private boolean pinsAnythingIn(HashAlgorithm bank) {
        return state.firmware().stream().anyMatch(firmware -> firmware.isPinnedIn(bank))
                || state.images().stream()
                        .flatMap(List::stream)
                        .anyMatch(image -> image.digests().value(bank).isPresent());
    }

    private Finding stateFinding() {
        return finding(
                Rule.STATE,
                missing.isEmpty(),
                true,
                "a reference state that has all that must be pinned",
                missing.isEmpty() ? "all" : "it lacks: " + String.join(", ", missing));
    }

    private Finding noUserspaceLog() {
        boolean pinned = options.isUserspacePinned();
        return finding(
                Rule.USERSPACE_LOG,
                !pinned,
                pinned,
                pinned ? "the userspace log, of which the state pins the digests" : "a userspace log, if there is one",
                "none" + (pinned ? "" : ": what systemd extends is left out"));
    }

    private void checkState() {
        if (state.images().stream().noneMatch(images -> !images.isEmpty())) {
            missing.add("boot images");
        }
        if (state.firmware().isEmpty()) {
            missing.add("firmware");
        }
        if (state.isFull() && state.pcr(SecureBootClauses.PCR).isEmpty()) {
            missing.add("events of PCR " + SecureBootClauses.PCR);
        }
        boolean hasKeys =
                !state.secureBoot().pk().isEmpty() && !state.secureBoot().db().isEmpty();
        if (options.isSecureBootRequired() && !hasKeys) {
            missing.add("PK and db, which Secure Boot needs (PolicyOptions.allowSecureBootOff,"
                    + " --allow-secure-boot-off lets it be off)");
        }
        if (options.areSectionsPinned() && !state.hasEvents(ReferenceState.SECTION_PCR)) {
            missing.add("sections of the UKI");
        }
        if (options.isUserspacePinned() && state.userspaceDigests().isEmpty()) {
            missing.add("userspace digests");
        }
        if (options.isUserspacePinned()
                && state.userspaceDigests().stream().anyMatch(digest -> digest.pcr() <= LAST_FIRMWARE_PCR)) {
            missing.add("userspace digests that are all outside the PCRs of the firmware, 0 to 7");
        }
    }

    private EventPolicy.Builder builder() {
        EventPolicy.Builder builder = EventPolicy.builder();
        addFirmware(builder);
        addSecureBoot(builder);
        SortedSet<Integer> pcrs = new TreeSet<>(options.chosenPcrs());
        state.pcrs().forEach(pcr -> pcrs.add(pcr.pcr()));
        pcrs.addAll(state.profile().emptyPcrs());
        pcrs.add(ReferenceState.IMAGE_PCR);
        pcrs.add(state.imagePcr());
        for (int pcr : pcrs) {
            boolean pinnedWithUserspace = options.isUserspacePinned() && userspacePcrs.contains(pcr);
            if (pcr != 0 && pcr != SecureBootClauses.PCR && !pinnedWithUserspace) {
                addPcr(builder, pcr);
            }
        }
        if (options.isUserspacePinned()) {
            addUserspace(builder);
        }
        for (EventPolicy.Clause clause : furtherClauses) {
            clause.pcrs().forEach(builder::judgeIfNotJudged);
            builder.require(clause.id(), clause.pcrs(), clause.rule());
        }
        if (options.areSectionsPinned()) {
            builder.allowUserspaceRecords(ReferenceState.SECTION_PCR);
        }
        return builder;
    }

    private EventPolicy.Builder withUserspaceLog(EventPolicy.Builder builder) {
        for (int pcr : USERSPACE_PCRS) {
            if (!policy.modes().containsKey(pcr)) {
                builder.judge(pcr, PcrMode.FREE);
                builder.require(Rule.FREE, pcr, Clauses.free(pcr, "what the kernel and systemd measure"));
            }
        }
        return builder;
    }

    private void addFirmware(EventPolicy.Builder builder) {
        List<Firmware> firmware = state.firmware();
        boolean tolerates = options.areUnpinnedFirmwareEventsAllowed();
        builder.judge(0, PcrMode.SEQUENCE);
        builder.judge(ReferenceState.DRIVER_PCR, mode(ReferenceState.DRIVER_PCR));
        List<Integer> pcrs = List.of(0, ReferenceState.DRIVER_PCR);
        builder.require(Rule.FIRMWARE.id(), pcrs, FirmwareClauses.firmware(firmware, tolerates));
        builder.require(Rule.STARTUP_LOCALITY.id(), pcrs, FirmwareClauses.startupLocality(firmware, tolerates));
    }

    /** A PCR of boot images is a sequence, whatever mode a state or an option gives it. */
    private PcrMode mode(int pcr) {
        Optional<PinnedPcr> pinned = state.pcr(pcr);
        boolean sequence = isImagePcr(pcr) || (pcr == ReferenceState.SECTION_PCR && options.areSectionsPinned());
        PcrMode mode = sequence
                ? PcrMode.SEQUENCE
                : pinned.map(options::mode)
                        .or(() -> options.chosenMode(pcr))
                        .orElse(state.profile().emptyPcrs().contains(pcr) ? PcrMode.EMPTY : PcrMode.FREE);
        boolean isPinnedEmpty = pinned.filter(known ->
                        known.mode() == PcrMode.EMPTY && known.alternatives().isEmpty())
                .isPresent();
        return mode == PcrMode.SEQUENCE && isPinnedEmpty ? PcrMode.EMPTY : mode;
    }

    private boolean isImagePcr(int pcr) {
        return pcr == ReferenceState.IMAGE_PCR || pcr == state.imagePcr();
    }

    private void addPcr(EventPolicy.Builder builder, int pcr) {
        PcrMode mode = mode(pcr);
        List<List<PinnedEvent>> alternatives = state.alternatives(pcr);
        if (mode == PcrMode.SEQUENCE && alternatives.isEmpty() && pcr != ReferenceState.IMAGE_PCR) {
            missing.add("events of PCR " + pcr);
            return;
        }
        if (mode == PcrMode.FREE && pcr > LAST_FIRMWARE_PCR) {
            return;
        }
        builder.judge(pcr, mode);
        boolean hasImages = isImagePcr(pcr);
        switch (mode) {
            case FREE ->
                builder.require(
                        pcr == ReferenceState.DRIVER_PCR ? Rule.DRIVERS : Rule.FREE,
                        pcr,
                        Clauses.free(pcr, "anything: what is measured there varies"));
            case EMPTY -> builder.require(Rule.forPcr(pcr), pcr, Clauses.empty(pcr));
            case CONTENT -> builder.require(Rule.PARTITIONS, pcr, new PartitionClause(alternatives));
            case SEQUENCE ->
                builder.require(
                        hasImages ? Rule.IMAGES : Rule.forPcr(pcr),
                        pcr,
                        hasImages ? images(pcr, alternatives) : pinnedEvents(pcr, alternatives));
        }
    }

    private EventClause images(int pcr, List<List<PinnedEvent>> alternatives) {
        if (options.areUnpinnedImagesAllowed()) {
            return Clauses.insecureImagesAmongOthers(
                    pcr, pcr == state.imagePcr() ? state.images() : List.of(List.of()));
        }
        return state.isFull() || alternatives.isEmpty()
                ? Clauses.bootAttempts(pcr, alternatives)
                : Clauses.imagesAmongConstants(pcr, alternatives);
    }

    private EventClause pinnedEvents(int pcr, List<List<PinnedEvent>> alternatives) {
        return state.isFull() || pcr != ReferenceState.SECTION_PCR
                ? Clauses.sequence(pcr, alternatives)
                : SectionClause.contents(alternatives);
    }

    private void addSecureBoot(EventPolicy.Builder builder) {
        int pcr = SecureBootClauses.PCR;
        Optional<PinnedPcr> pinned = state.pcr(pcr);
        SecureBootKeys keys = state.secureBoot();
        if (pinned.filter(known -> known.mode() == PcrMode.SEQUENCE).isPresent()) {
            builder.judge(pcr, PcrMode.SEQUENCE);
            builder.require(
                    Rule.SECURE_BOOT_EVENTS,
                    pcr,
                    Clauses.sequence(pcr, pinned.get().alternatives()));
            if (options.isSecureBootRequired()) {
                builder.require(Rule.SECURE_BOOT, pcr, SecureBootClauses.enabled());
            }
            return;
        }
        builder.judge(pcr, PcrMode.CONTENT);
        if (pinned.isPresent()) {
            List<List<PinnedEvent>> events = pinned.get().alternatives();
            builder.require(Rule.SECURE_BOOT_EVENTS, pcr, SecureBootClauses.pinnedEvents(events));
            builder.require(Rule.AUTHORITIES, pcr, SecureBootClauses.pinnedAuthorities(events, keys.db()));
        } else {
            builder.require(Rule.SECURE_BOOT_EVENTS, pcr, SecureBootClauses.knownEvents(keys.db()));
            builder.require(Rule.AUTHORITIES, pcr, SecureBootClauses.authoritiesOfDb(keys.db()));
        }
        if (options.isSecureBootRequired()) {
            builder.require(Rule.SECURE_BOOT, pcr, SecureBootClauses.enabled());
        }
        builder.require(Rule.PK, pcr, SecureBootClauses.subset(KnownVariable.PK, keys.pk()));
        builder.require(Rule.KEK, pcr, SecureBootClauses.subset(KnownVariable.KEK, keys.kek()));
        builder.require(Rule.DB, pcr, SecureBootClauses.subset(KnownVariable.DB, keys.db()));
        builder.require(Rule.DBX, pcr, SecureBootClauses.superset(KnownVariable.DBX, keys.dbx()));
    }

    /** What firmware and stub measure there is pinned as well: otherwise the log of the firmware could account for what systemd did. */
    private void addUserspace(EventPolicy.Builder builder) {
        for (int pcr : userspacePcrs) {
            builder.allowUserspaceRecords(pcr);
            if (state.hasEvents(pcr)) {
                builder.judge(pcr, PcrMode.SEQUENCE);
                builder.require(Rule.forPcr(pcr), pcr, pinnedEvents(pcr, state.alternatives(pcr)));
            } else if (state.isFull()) {
                builder.judge(pcr, PcrMode.EMPTY);
                builder.require(Rule.forPcr(pcr), pcr, Clauses.empty(pcr));
            } else {
                builder.judge(pcr, PcrMode.FREE);
                builder.require(Rule.FREE, pcr, Clauses.free(pcr, "anything: a short state pins nothing here"));
            }
        }
        builder.require(Rule.USERSPACE_DIGESTS.id(), List.copyOf(userspacePcrs), this::judgeUserspace);
    }

    private Judgement judgeUserspace(VerifiedLog log) {
        HashAlgorithm bank = log.bank();
        for (int pcr : userspacePcrs) {
            List<Digest> pinned = state.userspaceDigests().stream()
                    .filter(extended -> extended.pcr() == pcr
                            && extended.digest().algorithm().equals(bank))
                    .map(UserspaceDigest::digest)
                    .toList();
            List<Digest> found = log.userspaceRecords(pcr).stream()
                    .map((CelRecord entry) -> entry.digest(bank).orElseThrow())
                    .toList();
            if (!pinned.equals(found)) {
                return Judgement.failed(
                        List.of(),
                        pinned.size() + " pinned digests in PCR " + pcr,
                        found.size() + " digests, " + firstDifference(pinned, found));
            }
        }
        return Judgement.passed(List.of(), state.userspaceDigests().size() + " pinned digests", Constraint.PINNED);
    }

    private static String firstDifference(List<Digest> pinned, List<Digest> found) {
        for (int i = 0; i < Math.min(pinned.size(), found.size()); i++) {
            if (!pinned.get(i).equals(found.get(i))) {
                return "number " + (i + 1) + " is " + found.get(i) + " instead of " + pinned.get(i);
            }
        }
        return "the first " + Math.min(pinned.size(), found.size()) + " are right";
    }
}
