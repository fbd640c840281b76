package io.github.measuredboot.internal.json;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.policy.Constraint;
import io.github.measuredboot.policy.CoverageReport;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Verdict;
import java.util.Map;

/** A verdict with its findings and what it covers. */
public final class VerdictMembers {
    private VerdictMembers() {}

    public static void write(DataWriter out, Verdict verdict) {
        out.put("outcome", verdict.outcome().id())
                .put("bank", verdict.bank().name())
                .put("identity", verdict.identity().map(IdentityLevel::id))
                .objects("findings", verdict.findings(), finding -> finding(out, finding))
                .object("coverage", () -> coverage(out, verdict.coverage()));
    }

    private static void finding(DataWriter out, Finding finding) {
        out.put("rule", finding.rule())
                .put("outcome", finding.outcome().id())
                .put("required", finding.required())
                .put("rejects", finding.isRejection())
                .numbers("pcrs", finding.pcrs())
                .objects(
                        "events",
                        finding.events(),
                        event -> out.put("number", event.number()).put("offset", event.offset()))
                .put("expected", finding.expected())
                .put("found", finding.found())
                .put("constraint", finding.constraint().id())
                .put("proof", finding.proof().id());
    }

    private static void coverage(DataWriter out, CoverageReport coverage) {
        out.objects("pcrs", coverage.pcrs(), pcr -> {
            out.put("pcr", pcr.pcr())
                    .put("required", pcr.required())
                    .put("proof", pcr.proof().id());
            counts(out, "events", pcr.events());
        });
        counts(out, "logBytes", coverage.logBytes());
    }

    private static void counts(DataWriter out, String name, Map<Constraint, Integer> counts) {
        out.object(name, () -> {
            for (Constraint constraint : Constraint.values()) {
                out.put(constraint.id(), counts.getOrDefault(constraint, 0));
            }
        });
    }
}
