package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code measuredboot replay}. */
final class ReplayText {
    private ReplayText() {}

    private static boolean isSha256(PcrBank bank) {
        return bank.algorithm().equals(HashAlgorithm.SHA256);
    }

    static void values(Replay replay, List<PcrBank> banks, TextOutput out) {
        List<PcrBank> sorted = banks.stream()
                .sorted((one, other) -> Boolean.compare(isSha256(other), isSha256(one)))
                .toList();
        PcrValues afterLaunch = afterLaunch(replay, sorted);
        for (PcrBank bank : out.isVerbose() ? sorted : sorted.subList(0, Math.min(1, sorted.size()))) {
            out.accept(bank.algorithm().name());
            bank.values()
                    .forEach((pcr, value) -> value(replay, pcr, value, afterLaunch.value(bank.algorithm(), pcr), out));
        }
        if (sorted.size() > 1 && !out.isVerbose()) {
            out.accept("other banks, with --bank or -v: "
                    + sorted.stream()
                            .skip(1)
                            .map(bank -> bank.algorithm().name())
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Where the log does not say which start it was, the values from the other one too. */
    private static PcrValues afterLaunch(Replay replay, List<PcrBank> banks) {
        boolean isOpen = replay.dynamicPcrStart() == DynamicPcrStart.ONES
                && banks.stream()
                        .anyMatch(bank -> bank.values().keySet().stream().anyMatch(DynamicPcrStart::applies));
        return isOpen ? replay.expectedValues(DynamicPcrStart.ZEROS) : new PcrValues(List.of());
    }

    private static void value(Replay replay, int pcr, Bytes value, Optional<Bytes> afterLaunch, TextOutput out) {
        boolean registers = replay.log().has(DiagnosticCode.CC_MEASUREMENT_REGISTERS);
        String name = registers ? MeasurementRegisters.CC_MEASUREMENT_REGISTERS.name(pcr) : number(pcr);
        Optional<Bytes> other = afterLaunch.filter(start -> DynamicPcrStart.applies(pcr));
        out.accept("  " + name + "  " + value.toHex() + (other.isPresent() ? "  from ones" : ""));
        other.ifPresent(start -> out.accept("      " + start.toHex() + "  from zeros, after a dynamic launch"));
    }

    /** Every PCR of every bank. */
    static void comparison(ReplayReport.Compared compared, TextOutput out) {
        for (HashAlgorithm bank : EvidenceMembers.banks(compared.comparisons())) {
            out.accept(bank.name());
            EvidenceMembers.of(bank, compared.comparisons()).forEach(comparison -> addLines(out, comparison));
        }
        ExplanationText.lines(compared.explanation()).forEach(out);
    }

    static List<String> heading(String name, ReplayedLog replayed) {
        return heading(name, replayed.replay(), LaunchStarts.of(replayed));
    }

    static List<String> heading(String name, Replay replay, LaunchStarts starts) {
        List<String> lines = new ArrayList<>();
        // Not by a format: the first format of a JVM takes as long as the replay.
        lines.add(InputFile.called(name) + ": " + replay.log().format() + ", "
                + replay.log().events().size() + " events"
                + replay.userspaceLog()
                        .map(log -> ", " + log.records().size() + " userspace records")
                        .orElse("")
                + ", startup locality " + replay.startupLocality() + ", banks "
                + replay.banks().stream().map(bank -> bank.algorithm().name()).collect(Collectors.joining(" ")));
        lines.addAll(starts.lines());
        Stream.concat(replay.log().diagnostics().stream(), replay.diagnostics().stream())
                .filter(diagnostic -> !LaunchStarts.says(diagnostic.code()))
                .map(Notes::line)
                .forEach(lines::add);
        replay.userspaceLog().stream()
                .flatMap(log -> log.diagnostics().stream())
                .map(diagnostic -> Notes.line("userspace log", diagnostic))
                .forEach(lines::add);
        return lines;
    }

    private static String number(int pcr) {
        return pcr < 10 ? " " + pcr : String.valueOf(pcr);
    }

    private static void addLines(TextOutput out, PcrComparison comparison) {
        PcrStatus status = comparison.status();
        String shown =
                comparison.replayed().or(comparison::given).map(Bytes::toHex).orElse("");
        out.accept("  " + number(comparison.pcr()) + "  " + shown + "  " + mark(out, status));
        if (status.isFailure() && comparison.replayed().isPresent()) {
            comparison.given().ifPresent(given -> out.accept("      " + given.toHex() + "  was given"));
        }
    }

    private static String mark(TextOutput out, PcrStatus status) {
        String text = status.toString();
        return status.isFailure() ? out.bad(text) : status == PcrStatus.NO_VALUE ? out.doubtful(text) : out.good(text);
    }
}
