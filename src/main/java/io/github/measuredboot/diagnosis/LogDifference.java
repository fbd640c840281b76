package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.ComparedLog.Element;
import io.github.measuredboot.diagnosis.LogChange.Detail;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.internal.diff.SequenceDiff;
import io.github.measuredboot.internal.diff.SequenceDiff.Edit;
import io.github.measuredboot.internal.diff.SequenceDiff.Placed;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What two boots of a machine measured differently, PCR by PCR and event by event.
 *
 * <p>Two measurements are the same if their digests are the same in all banks that both logs have; their types and data do not
 * count. Differences are described by the data, which are claims unless a digest covers them ({@link Detail#claimed}). Event
 * types are always claims. EV_NO_ACTION events are not extended anywhere and are not compared, except for the startup locality.
 *
 * <p>The work is bounded by the size of the logs: see {@link PcrDifference#exact}.
 */
public final class LogDifference {
    private static final int MAX_CAUSES = 3;

    private final List<HashAlgorithm> banks;
    private final List<PcrDifference> pcrs;

    private LogDifference(List<HashAlgorithm> banks, List<PcrDifference> pcrs) {
        this.banks = List.copyOf(banks);
        this.pcrs = List.copyOf(pcrs);
    }

    /**
     * Compares two replays.
     *
     * @param before the first
     * @param after the second
     * @return the difference; if {@link #banks} is empty, the logs cannot be compared
     */
    public static LogDifference between(Replay before, Replay after) {
        List<HashAlgorithm> banks = before.banks().stream()
                .map(ReplayedBank::algorithm)
                .filter(algorithm -> after.bank(algorithm).isPresent())
                .toList();
        List<PcrDifference> pcrs = new ArrayList<>();
        if (!banks.isEmpty()) {
            ComparedLog first = new ComparedLog(before, banks);
            ComparedLog second = new ComparedLog(after, banks);
            for (int pcr = 0; pcr < first.pcrCount(); pcr++) {
                compare(pcr, first, second, banks).ifPresent(pcrs::add);
            }
        }
        return new LogDifference(banks, pcrs);
    }

    private static Optional<PcrDifference> compare(
            int pcr, ComparedLog before, ComparedLog after, List<HashAlgorithm> banks) {
        SequenceDiff<Element> diff = SequenceDiff.between(
                        before.extended(pcr), after.extended(pcr), ComparedLog.byDigests(banks))
                .pairAnywhere(element -> element.content().identity())
                .pairInPlace(element -> element.content().replaceableType());
        List<LogChange> changes = new ArrayList<>();
        if (pcr == 0 && before.startupLocality() != after.startupLocality()) {
            changes.add(startupLocality(before.startupLocality(), after.startupLocality()));
        }
        for (Edit<Element> edit : diff.changes()) {
            changes.add(change(edit, banks));
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new PcrDifference(pcr, diff.keptCount(), diff.isShortest(), changes));
    }

    private static LogChange startupLocality(int before, int after) {
        Detail detail =
                new Detail("locality", Optional.of(String.valueOf(before)), Optional.of(String.valueOf(after)), true);
        Subject subject = Subject.unnamed(Topic.FIRMWARE, "startup locality");
        return new LogChange(
                LogChange.Kind.CHANGED, Optional.empty(), Optional.empty(), subject, true, List.of(detail));
    }

    private static LogChange change(Edit<Element> edit, List<HashAlgorithm> banks) {
        Optional<Element> before = edit.before().map(Placed::element);
        Optional<Element> after = edit.after().map(Placed::element);
        ClaimedContent content = before.or(() -> after).orElseThrow().content();
        return new LogChange(
                switch (edit.kind()) {
                    case ADDED -> LogChange.Kind.ADDED;
                    case REMOVED -> LogChange.Kind.REMOVED;
                    case MOVED -> LogChange.Kind.MOVED;
                    case CHANGED, KEPT -> LogChange.Kind.CHANGED;
                },
                before.map(element -> element.measured().id()),
                after.map(element -> element.measured().id()),
                content.subject(),
                content.isSubjectClaimed(),
                edit.kind() == SequenceDiff.Kind.MOVED ? List.of() : details(before, after, banks));
    }

    private static List<Detail> details(Optional<Element> before, Optional<Element> after, List<HashAlgorithm> banks) {
        List<Detail> details = new ArrayList<>();
        shownBank(before, after, banks)
                .ifPresent(bank ->
                        details.add(new Detail(Detail.DIGEST, digest(before, bank), digest(after, bank), false)));
        if (before.isPresent() && after.isPresent()) {
            details.addAll(
                    FieldComparison.changed(before.get().content(), after.get().content()));
        } else {
            before.map(Element::content).map(FieldComparison::removed).ifPresent(details::addAll);
            after.map(Element::content).map(FieldComparison::added).ifPresent(details::addAll);
        }
        return details;
    }

    /** SHA-256, which other tools show too, or else the strongest. */
    private static Optional<HashAlgorithm> shownBank(
            Optional<Element> before, Optional<Element> after, List<HashAlgorithm> banks) {
        return Stream.of(List.of(HashAlgorithm.SHA256), HashAlgorithm.strongestFirst(), banks)
                .flatMap(List::stream)
                .filter(banks::contains)
                .filter(bank ->
                        digest(before, bank).or(() -> digest(after, bank)).isPresent())
                .findFirst();
    }

    private static Optional<String> digest(Optional<Element> element, HashAlgorithm bank) {
        return element.flatMap(one -> one.digest(bank)).map(Digest::toString);
    }

    /** {@return the banks that both logs have, in the order of the first; empty if the logs cannot be compared} */
    public List<HashAlgorithm> banks() {
        return banks;
    }

    /** {@return the PCRs with a difference, by ascending index} */
    public List<PcrDifference> pcrs() {
        return pcrs;
    }

    /** {@return whether the logs can be compared and extend every PCR by the same digests in the banks that both have} */
    public boolean isSame() {
        return !banks.isEmpty() && pcrs.isEmpty();
    }

    /** {@return the answer in a printable line: which PCRs differ and the likely causes, code first, settings later, moves last} */
    public String message() {
        return message(MeasurementRegisters.PCRS);
    }

    /**
     * The answer in a printable line, like {@link #message()}.
     *
     * @param registers what the events of both logs extend
     * @return the line
     */
    public String message(MeasurementRegisters registers) {
        if (banks.isEmpty()) {
            return "not comparable: the logs have no bank in common";
        }
        if (pcrs.isEmpty()) {
            return "same";
        }
        List<LogChange> changes = pcrs.stream()
                .flatMap(pcr -> pcr.changes().stream())
                .sorted(Comparator.<LogChange, Boolean>comparing(change -> change.kind() == LogChange.Kind.MOVED)
                        .thenComparing(LogChange::topic))
                .toList();
        List<String> causes = changes.stream()
                .map(change -> new LogChangeText(change).headline())
                .distinct()
                .toList();
        return "different in "
                + registers.names(pcrs.stream().map(PcrDifference::pcr).toList()) + ": "
                + String.join("; ", Lines.first(MAX_CAUSES, causes));
    }
}
