package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.text.Printable;
import java.util.Optional;

/** Device paths as text or as bytes, one after the other: none is kept. */
record DevicePathsReport(Iterable<Result> results, boolean fromText) implements Report {
    /** What came of a device path, or why nothing did. */
    record Result(String input, String output, Optional<String> fault) {}

    @Override
    public void lines(TextOutput out) {
        results.forEach(result ->
                out.accept(result.fault().map(fault -> "!" + fault).orElseGet(() -> Printable.of(result.output()))));
    }

    /** {@code paths}: each {@code input}, and {@code text}, {@code bytes} or {@code error}. */
    @Override
    public void members(DataWriter out) {
        out.objects(
                "paths",
                results,
                result -> out.put("input", result.input())
                        .put(
                                result.fault().isPresent() ? "error" : fromText ? "bytes" : "text",
                                result.fault().orElse(result.output())));
    }
}
