package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.ExtendTable;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.internal.binary.Occurrences;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The PCR values that the events of a log give in every bank, computed as a TPM does: the new value is the hash of the
 * old one followed by the digest of the event (TPM 2.0 Part 1, "Extend of a PCR").
 *
 * <p>PCR 0 starts from the startup locality; PCR 17 to 22 start from ones or, after a dynamic launch, from zeros ({@link
 * #dynamicPcrStart}); all others start from zeros. EV_NO_ACTION events are not extended anywhere, and neither are events for
 * PCRs above 23. An event changes nothing in a bank for which it has no digest.
 */
public final class Replay {
    private final EventLog log;
    private final ExtendTable logExtends;
    private final @Nullable UserspaceLog userspaceLog;
    private final StartupLocality startupLocality;
    private final DynamicPcrStart dynamicPcrStart;
    private final List<ReplayedBank> banks;
    private final List<Diagnostic> diagnostics;
    private volatile @Nullable CheckedLog checkedLog;

    private Replay(
            EventLog log,
            ExtendTable logExtends,
            @Nullable UserspaceLog userspaceLog,
            StartupLocality startupLocality,
            DynamicPcrStart dynamicPcrStart,
            List<ReplayedBank> banks,
            List<Diagnostic> diagnostics) {
        this.log = log;
        this.logExtends = logExtends;
        this.userspaceLog = userspaceLog;
        this.startupLocality = startupLocality;
        this.dynamicPcrStart = dynamicPcrStart;
        this.banks = banks;
        this.diagnostics = diagnostics;
    }

    /**
     * Replays a log.
     *
     * @param log the log
     * @return the values in every bank of {@link EventLog#algorithms()}
     */
    public static Replay of(EventLog log) {
        return replay(log, null);
    }

    /**
     * Replays the firmware's log and then systemd's. Records for NV indexes are extended into no PCR.
     *
     * @param log the firmware's log
     * @param userspaceLog what was measured after it
     * @return the values in every bank of {@link EventLog#algorithms()} and of {@link UserspaceLog#algorithms()}
     */
    public static Replay of(EventLog log, UserspaceLog userspaceLog) {
        return replay(log, userspaceLog);
    }

    /**
     * Finds the log that belongs to some PCR values when a machine has several logs from one uptime: Windows writes another one
     * at each resume.
     *
     * @param logs the logs
     * @param values the values of the TPM
     * @return the replay of the log that matches the most values and differs from none, or the first of several such logs;
     *     empty if there is none
     */
    public static Optional<ReplayedLog> choose(List<EventLog> logs, PcrValues values) {
        ReplayedLog best = null;
        for (EventLog log : logs) {
            ReplayedLog replayed = of(log).compareWith(values);
            if (fits(replayed) && (best == null || matches(replayed) > matches(best))) {
                best = replayed;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean fits(ReplayedLog replayed) {
        return matches(replayed) > 0 && replayed.comparisons().stream().noneMatch(c -> c.status() == PcrStatus.DIFFERS);
    }

    private static long matches(ReplayedLog replayed) {
        return replayed.comparisons().stream()
                .filter(c -> c.status() == PcrStatus.MATCHES)
                .count();
    }

    private static Replay replay(EventLog log, @Nullable UserspaceLog userspaceLog) {
        Occurrences<DiagnosticCode> diagnostics = new Occurrences<>();
        ExtendTable logExtends = log.extendTable();
        StartupLocality startupLocality = StartupLocality.of(log, logExtends, diagnostics);
        DynamicLaunch launch = DynamicLaunch.of(log, logExtends);
        List<HashAlgorithm> algorithms = new ArrayList<>(log.algorithms());
        if (userspaceLog != null) {
            userspaceLog.algorithms().stream()
                    .filter(algorithm -> !log.algorithms().contains(algorithm))
                    .forEach(algorithms::add);
        }
        int[][] extendCounts = new int[algorithms.size()][PcrBank.PCR_COUNT];
        for (int bank = 0; bank < log.algorithms().size(); bank++) {
            for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
                extendCounts[bank][pcr] = logExtends.extendCount(pcr, bank);
            }
        }
        if (userspaceLog != null) {
            count(userspaceLog, algorithms, extendCounts);
        }
        launch.report(diagnostics);
        InitialPcrValues initialValues = new InitialPcrValues(startupLocality.locality(), launch.start());
        List<ReplayedBank> banks = new ArrayList<>();
        for (int i = 0; i < algorithms.size(); i++) {
            HashAlgorithm algorithm = algorithms.get(i);
            banks.add(new ReplayedBank(
                    algorithm,
                    extendCounts[i],
                    () -> BankReplay.values(log, logExtends, userspaceLog, algorithm, initialValues)));
        }
        return new Replay(
                log,
                logExtends,
                userspaceLog,
                startupLocality,
                launch.start(),
                List.copyOf(banks),
                diagnostics.toList(Diagnostic::new));
    }

    private static void count(UserspaceLog userspaceLog, List<HashAlgorithm> algorithms, int[][] extendCounts) {
        for (CelRecord record : userspaceLog.records()) {
            if (record.register() instanceof CelRecord.Register.Pcr pcr) {
                for (int bank = 0; bank < extendCounts.length; bank++) {
                    if (record.digest(algorithms.get(bank)).isPresent()) {
                        extendCounts[bank][pcr.index()]++;
                    }
                }
            }
        }
    }

    /**
     * The log with its data decoded and its digests checked. This is done once, when the log is first requested.
     *
     * @return the same object on each call
     */
    public CheckedLog checkedLog() {
        CheckedLog known = checkedLog;
        if (known == null) {
            known = CheckedLog.of(log);
            checkedLog = known;
        }
        return known;
    }

    /**
     * The bank from the starts that the log does not claim: PCR 0 without the locality that an H-CRTM event implies, PCR 17
     * to 22 from the other start. Nothing covers the types of the events that claim them.
     */
    ExtendTable logExtends() {
        return logExtends;
    }

    Optional<ReplayedBank> withOtherStarts(HashAlgorithm algorithm) {
        InitialPcrValues starts = new InitialPcrValues(startupLocality.claimedLocality(), dynamicPcrStart.other());
        return bank(algorithm)
                .map(bank ->
                        bank.replayedBy(() -> BankReplay.values(log, logExtends, userspaceLog, algorithm, starts)));
    }

    int localityWithoutHcrtm() {
        return startupLocality.claimedLocality();
    }

    /**
     * Compares with the PCR values of a TPM.
     *
     * @param values the values, as trustworthy as their source
     * @return for each bank and PCR that the log or {@code values} have, how the two compare
     */
    public ReplayedLog compareWith(PcrValues values) {
        return ReplayedLog.of(this, values, Optional.empty());
    }

    /**
     * Compares with the PCR values that a quote proves.
     *
     * @param quoted the proved values
     * @return for each bank and PCR that the log or the quote has, how the two compare
     */
    public ReplayedLog compareWith(QuotedPcrs quoted) {
        return compareWith(quoted, quoted.values());
    }

    /**
     * Compares with the PCR values that a quote proves, and with asserted values where it proves none. The latter remain
     * asserted: {@link PcrComparison#quoted} is false for them.
     *
     * @param quoted the proved values
     * @param asserted other values; those of quoted PCRs are ignored
     * @return for each bank and PCR that the log, the quote or {@code asserted} has, how they compare
     */
    public ReplayedLog compareWith(QuotedPcrs quoted, PcrValues asserted) {
        return ReplayedLog.of(this, asserted, Optional.of(quoted));
    }

    /**
     * The values that a TPM has if the log is true and nothing else was extended. A quote that comes without PCR values can be
     * checked with them. PCR 17 to 22 start as the log claims ({@link #dynamicPcrStart}).
     *
     * @return the values of PCR 0 to 23 in every bank that can be computed
     */
    public PcrValues expectedValues() {
        return expectedValues(dynamicPcrStart);
    }

    /**
     * The values that a TPM has after the boot, with a given start of PCR 17 to 22.
     *
     * @param start the start of PCR 17 to 22
     * @return the values in the same form as those of {@link #expectedValues()}
     */
    public PcrValues expectedValues(DynamicPcrStart start) {
        InitialPcrValues initialValues = new InitialPcrValues(startupLocality(), start);
        List<PcrBank> expected = new ArrayList<>();
        for (ReplayedBank bank : banks) {
            Map<Integer, Bytes> values = new TreeMap<>();
            if (bank.isReplayable()) {
                ReplayedBank replayed = start == dynamicPcrStart
                        ? bank
                        : bank.replayedBy(() ->
                                BankReplay.values(log, logExtends, userspaceLog, bank.algorithm(), initialValues));
                for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
                    values.put(pcr, replayed.value(pcr).orElse(initialValues.bytes(bank.algorithm(), pcr)));
                }
            }
            expected.add(PcrBank.of(bank.algorithm(), values));
        }
        return new PcrValues(expected);
    }

    /**
     * The value that a PCR has after TPM2_Startup, before anything is extended. A dynamic launch later sets PCR 17 to 22 to
     * zeros.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @param startupLocality where TPM2_Startup was sent from: 0, 3 or 4; matters only for PCR 0
     * @return the value
     */
    public static Bytes initialValue(HashAlgorithm algorithm, int pcr, int startupLocality) {
        return new InitialPcrValues(startupLocality, DynamicPcrStart.ONES).bytes(algorithm, pcr);
    }

    /** {@return the log that was replayed} */
    public EventLog log() {
        return log;
    }

    /** {@return the log that was replayed after {@link #log()}, or empty if there was none} */
    public Optional<UserspaceLog> userspaceLog() {
        return Optional.ofNullable(userspaceLog);
    }

    /**
     * The locality from which TPM2_Startup was sent, according to a StartupLocality or an H-CRTM event that could be obeyed. It
     * is a claim of the log until PCR 0 matches.
     *
     * @return 0, 3 or 4
     */
    public int startupLocality() {
        return startupLocality.locality();
    }

    /**
     * The start of PCR 17 to 22 that the log claims: zeros if it has events of a dynamic launch (Intel TXT, AMD SKINIT) for one
     * of them. The replay starts from it; {@link ReplayedLog#dynamicPcrStart} is the start that a PCR value shows.
     *
     * @return the start that is assumed where no value shows it; a diagnostic reports it if an event extends one of these PCRs
     */
    public DynamicPcrStart dynamicPcrStart() {
        return dynamicPcrStart;
    }

    /**
     * {@return one bank for each of {@link EventLog#algorithms()}, in that order, then those that only the userspace log has}
     */
    public List<ReplayedBank> banks() {
        return banks;
    }

    /**
     * One bank.
     *
     * @param algorithm its hash algorithm
     * @return the bank, or empty if the logs have no digests of it
     */
    public Optional<ReplayedBank> bank(HashAlgorithm algorithm) {
        for (ReplayedBank bank : banks) {
            if (bank.algorithm().equals(algorithm)) {
                return Optional.of(bank);
            }
        }
        return Optional.empty();
    }

    /**
     * The peculiarities that matter only to the replay; those of the log's framing are reported by the log itself.
     *
     * @return the diagnostics, by ascending offset
     */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
