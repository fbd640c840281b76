package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.EventMembers;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The events of a log. */
record EventsReport(
        String log,
        CheckedLog checked,
        Optional<Fault> fault,
        boolean raw,
        EventFilter filter,
        MeasurementRegisters registers)
        implements Report {
    private static final String INDENT = "      ";

    @Override
    public void lines(TextOutput out) {
        for (CheckedEvent event : checked.events()) {
            if (!filter.includes(event.event())) {
                continue;
            }
            out.accept(line(event.event(), out));
            if (raw) {
                out.accept(INDENT + event.event().data().toHex());
            } else {
                out.accept(INDENT + "digest: " + digests(event));
                FieldLines.of(event.claimedData().fields(), INDENT).forEach(out);
            }
        }
    }

    @Override
    public void members(DataWriter out) {
        out.put("log", log);
        EventMembers.write(
                out,
                checked,
                fault,
                registers,
                () -> checked.events().stream()
                        .filter(event -> filter.includes(event.event()))
                        .iterator(),
                filter::includes);
    }

    /** What the digests cover; the banks apart only where they are not all alike. */
    private String digests(CheckedEvent checked) {
        Map<String, List<String>> banksByVerdict = new LinkedHashMap<>();
        for (DigestCheck check : checked.checks()) {
            if (!filter.includes(check.algorithm())) {
                continue;
            }
            banksByVerdict
                    .computeIfAbsent(verdict(check), verdict -> new ArrayList<>())
                    .add(check.algorithm().name());
        }
        if (banksByVerdict.size() == 1) {
            return banksByVerdict.keySet().iterator().next();
        }
        return banksByVerdict.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String verdict(DigestCheck check) {
        String quirk = check.quirk().map(q -> " (" + q.id() + ")").orElse("");
        return switch (check.status()) {
            case MATCHES -> "covers " + check.rule().description() + quirk;
            case DIFFERS -> "DIFFERS: should cover " + check.rule().description() + quirk;
            case NOT_COVERED -> "covers " + check.rule().description() + quirk + ": what follows is only claimed";
            case NOT_MEASURED -> "never measured: what follows is only claimed";
            case NO_DIGEST -> "absent";
        };
    }

    private String line(Event event, TextOutput out) {
        List<HashAlgorithm> banks = new ArrayList<>();
        event.digests().forEach(digest -> banks.add(digest.algorithm()));
        List<HashAlgorithm> shown = filter.shown(banks, out.isVerbose());
        return String.format(
                "%4d  %-" + widest() + "s  %-34s  %s  size %d  offset %d",
                event.number(),
                register(event),
                event.claimedType().name(),
                event.digests().stream()
                        .filter(digest -> shown.contains(digest.algorithm()))
                        .map(digest -> digest.algorithm() + ":" + out.hex(digest.value()))
                        .collect(Collectors.joining(" ")),
                event.data().length(),
                event.offset());
    }

    private String register(Event event) {
        return event.pcrIndex() == Event.NO_PCR ? "PCR -" : registers.name(event.pcrIndex());
    }

    private int widest() {
        return registers == MeasurementRegisters.PCRS
                ? "PCR 10".length()
                : registers.name(1).length();
    }
}
