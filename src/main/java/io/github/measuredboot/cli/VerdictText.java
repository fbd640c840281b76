package io.github.measuredboot.cli;

import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.policy.Constraint;
import io.github.measuredboot.policy.CoverageReport;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code measuredboot check} prints: the verdict, and every finding if all is asked for. */
final class VerdictText {
    private static final int SHOWN_EVENTS = 8;

    private VerdictText() {}

    static List<String> lines(Verdict verdict, ReplayedLog replayed, ShownPcrs shown) {
        List<String> lines = new ArrayList<>();
        lines.addAll(CheckText.quoteNotes(replayed));
        lines.add("findings:");
        verdict.findings().stream()
                .filter(finding -> !isIdle(finding) && shown.includes(finding.pcrs()))
                .forEach(finding -> addLines(lines, finding));
        String idle = verdict.findings().stream()
                .filter(finding -> isIdle(finding) && shown.includes(finding.pcrs()))
                .map(Finding::rule)
                .collect(Collectors.joining(", "));
        if (!idle.isEmpty()) {
            lines.add("  -       no events, and none required: " + idle);
        }
        lines.add("what the policy binds:");
        verdict.coverage().pcrs().stream()
                .filter(pcr -> shown.includes(pcr.pcr()))
                .forEach(pcr -> lines.add(line(pcr)));
        lines.add("  bytes of the log: " + counts(verdict.coverage().logBytes()));
        return lines;
    }

    private static boolean isIdle(Finding finding) {
        return finding.outcome() == Finding.Outcome.NOT_EVALUATED
                && !finding.isOf(Rule.REPLAYED)
                && !finding.required()
                && finding.events().isEmpty()
                && finding.constraint() == Constraint.NONE;
    }

    /** The verdict in a line; {@code culprits} is why, if it rejects. */
    static String headline(Verdict verdict, ReplayedLog replayed, String culprits, TextOutput out) {
        String bank = " (bank " + verdict.bank() + "): ";
        String word = word(verdict.outcome());
        String coloured = switch (verdict.outcome()) {
            case ACCEPTED -> out.good(word);
            case REJECTED -> out.bad(word);
            case ACCEPTED_IF_FRESH, ACCEPTED_IF_VALUES_ARE_TRUE -> out.doubtful(word);
        };
        return coloured + bank + out.shortened(reason(verdict, replayed, culprits));
    }

    static String word(Verdict.Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> "ACCEPTED";
            case ACCEPTED_IF_FRESH -> "ACCEPTED IF THE QUOTE IS OF NOW";
            case ACCEPTED_IF_VALUES_ARE_TRUE -> "ACCEPTED IF THE PCR VALUES ARE TRUE";
            case REJECTED -> "REJECTED";
        };
    }

    static String reason(Verdict verdict, ReplayedLog replayed, String culprits) {
        return switch (verdict.outcome()) {
            case ACCEPTED -> "the quote proves all that this needs";
            case ACCEPTED_IF_FRESH ->
                "the quote proves all that this needs, and it may be an old one, for no nonce was checked";
            case ACCEPTED_IF_VALUES_ARE_TRUE ->
                replayed.quoted()
                        .map(quoted -> "the quote does not prove all PCRs that this needs, it is over "
                                + quoted.values().banks().stream()
                                        .map(VerdictText::text)
                                        .collect(Collectors.joining(", "))
                                + ": see --print-pcrs")
                        .orElse("no quote proves them" + takenAsInitial(verdict));
            case REJECTED -> culprits;
        };
    }

    private static String takenAsInitial(Verdict verdict) {
        String pcrs = verdict.findings().stream()
                .filter(finding -> finding.isOf(Rule.REPLAYED) && finding.outcome() == Finding.Outcome.NOT_EVALUATED)
                .flatMap(finding -> finding.pcrs().stream())
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return pcrs.isEmpty() ? "" : ", and none was given for PCR " + pcrs + ": taken to be as it started";
    }

    private static String text(PcrBank bank) {
        return bank.algorithm() + " " + PcrRanges.of(bank.values().keySet());
    }

    private static void addLines(List<String> lines, Finding finding) {
        String mark = switch (finding.outcome()) {
            case PASSED -> "  ok      ";
            case FAILED -> finding.isRejection() ? "  FAILED  " : "  note    ";
            case NOT_EVALUATED -> finding.isRejection() ? "  UNKNOWN " : "  -       ";
        };
        lines.add(mark + finding.rule() + " (" + where(finding) + ")");
        if (finding.outcome() == Finding.Outcome.FAILED || finding.isRejection()) {
            lines.add("            expected: " + Printable.of(finding.expected()));
            lines.add("            found:    " + Printable.of(finding.found()));
        } else {
            lines.add("            " + Printable.of(finding.found()));
        }
    }

    private static String where(Finding finding) {
        List<String> parts = new ArrayList<>();
        if (!finding.pcrs().isEmpty()) {
            parts.add("PCR " + finding.pcrs().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        if (!finding.events().isEmpty()) {
            parts.add(finding.events().stream()
                    .limit(SHOWN_EVENTS)
                    .map(event -> event.number() + " at offset " + event.offset())
                    .collect(Collectors.joining(
                            ", ",
                            finding.events().size() == 1 ? "event " : "events ",
                            finding.events().size() > SHOWN_EVENTS
                                    ? " and " + (finding.events().size() - SHOWN_EVENTS) + " more"
                                    : "")));
        }
        if (finding.proof() != PcrProof.UNPROVED || !finding.pcrs().isEmpty()) {
            parts.add(finding.proof().toString());
        }
        parts.add(finding.required() ? "required" : "not required");
        return String.join("; ", parts);
    }

    private static String line(CoverageReport.Pcr pcr) {
        return String.format(
                "  events of PCR %2d (%s, %s): %s",
                pcr.pcr(), pcr.required() ? "required" : "not required", pcr.proof(), counts(pcr.events()));
    }

    private static String counts(Map<Constraint, Integer> counts) {
        return Arrays.stream(Constraint.values())
                .filter(constraint -> counts.getOrDefault(constraint, 0) > 0)
                .map(constraint -> counts.get(constraint) + " "
                        + (constraint == Constraint.NONE ? "bound by nothing" : constraint))
                .collect(Collectors.joining(", "));
    }
}
