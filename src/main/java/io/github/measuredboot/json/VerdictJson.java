package io.github.measuredboot.json;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.VerdictMembers;
import io.github.measuredboot.policy.Verdict;

/** Verdicts as JSON, for an audit or another program. */
public final class VerdictJson {
    private VerdictJson() {}

    /**
     * A verdict on one line: {@code outcome} ({@code accepted, accepted-if-fresh, accepted-if-values-are-true} or {@code rejected}),
     * {@code bank}, {@code identity} where there is a quote ({@code proved-by-ek, proved-by-certificate, asserted} or {@code unknown}:
     * who vouches for the key that signed it), {@code findings} (each {@code rule, outcome, required, rejects, pcrs, events, expected,
     * found, constraint, proof}; an event is {@code number, offset}) and {@code coverage} ({@code pcrs}, each {@code pcr, required,
     * proof, events}, and {@code logBytes}, both by constraint).
     *
     * @param verdict the verdict
     * @return the object
     */
    public static String write(Verdict verdict) {
        return DataWriter.compact(out -> VerdictMembers.write(out, verdict));
    }
}
