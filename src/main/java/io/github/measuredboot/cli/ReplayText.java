package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** The tables of {@code measuredboot replay}. */
final class ReplayText {
    private ReplayText() {}

    static void values(List<PcrBank> banks, Consumer<String> out) {
        for (PcrBank bank : banks) {
            out.accept(bank.algorithm().name());
            bank.values().forEach((pcr, value) -> out.accept(String.format("  %2d  %s", pcr, value.toHex())));
        }
    }

    static void comparison(ReplayReport.Compared compared, Consumer<String> out) {
        for (HashAlgorithm bank : EvidenceMembers.banks(compared.comparisons())) {
            out.accept(bank.name());
            EvidenceMembers.of(bank, compared.comparisons()).forEach(comparison -> addLines(out, comparison));
        }
        ExplanationText.lines(compared.explanation()).forEach(out);
    }

    static List<String> heading(String name, Replay replay) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%s: %s, %d events%s, startup locality %d, banks %s",
                name,
                replay.log().format(),
                replay.log().events().size(),
                replay.userspaceLog()
                        .map(log -> ", " + log.records().size() + " userspace records")
                        .orElse(""),
                replay.startupLocality(),
                replay.banks().stream().map(bank -> bank.algorithm().name()).collect(Collectors.joining(" "))));
        Stream.concat(replay.log().diagnostics().stream(), replay.diagnostics().stream())
                .map(Notes::line)
                .forEach(lines::add);
        replay.userspaceLog().stream()
                .flatMap(log -> log.diagnostics().stream())
                .map(diagnostic -> Notes.line("userspace log", diagnostic))
                .forEach(lines::add);
        return lines;
    }

    private static void addLines(Consumer<String> out, PcrComparison comparison) {
        PcrStatus status = comparison.status();
        String shown =
                comparison.replayed().or(comparison::given).map(Bytes::toHex).orElse("");
        out.accept(String.format("  %2d  %s  %s", comparison.pcr(), shown, mark(status)));
        if (status.isFailure() && comparison.replayed().isPresent()) {
            comparison.given().ifPresent(given -> out.accept("      " + given.toHex() + "  was given"));
        }
    }

    private static String mark(PcrStatus status) {
        String colour = status.isFailure() ? "red" : status == PcrStatus.NO_VALUE ? "yellow" : "green";
        return Ansi.AUTO.string("@|" + colour + " " + status + "|@");
    }
}
