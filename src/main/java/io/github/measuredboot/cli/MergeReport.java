package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.refstate.ReferenceStateMerge;
import java.util.List;

/** Reference states that were merged into one, and what is not the same in all of them. */
record MergeReport(List<String> names, String file, ReferenceStateMerge merged) implements Report {
    @Override
    public void lines(TextOutput out) {
        if (merged.variations().isEmpty()) {
            out.accept("the states are the same in all that they pin");
        }
        varied().forEach(out);
    }

    List<String> varied() {
        return merged.variations().stream()
                .map(variation -> "PCR " + variation.pcr() + ": " + variation.message())
                .toList();
    }

    /** {@code log} (the names), {@code file} and {@code varied} (each {@code pcr, message}). */
    @Override
    public void members(DataWriter out) {
        out.put("log", String.join(" ", names))
                .put("file", file)
                .objects(
                        "varied",
                        merged.variations(),
                        variation -> out.put("pcr", variation.pcr()).put("message", variation.message()));
    }
}
