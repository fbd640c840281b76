package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.BankFinding;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** From which value each PCR of a dynamic launch, 17 to 22, was extended, and how that is known. */
record LaunchStarts(List<Start> starts) {
    enum Basis {
        VALUE("value"),
        LAUNCH_EVENT("launch-event"),
        NO_LAUNCH_EVENT("no-launch-event");

        private final String id;

        Basis(String id) {
            this.id = id;
        }
    }

    record Start(HashAlgorithm bank, int pcr, DynamicPcrStart start, Basis basis, boolean differs) {}

    LaunchStarts {
        starts = List.copyOf(starts);
    }

    static boolean isOfLaunch(Event event) {
        return event.isMeasured() && DynamicPcrStart.applies((int) event.pcrIndex());
    }

    /** Whether all that the log measured is of a launch. */
    static boolean isOfLaunchAlone(EventLog log) {
        List<Event> measured = log.events().stream().filter(Event::isMeasured).toList();
        return !measured.isEmpty() && measured.stream().allMatch(LaunchStarts::isOfLaunch);
    }

    /** Of a log that is compared with nothing, those PCRs that are shown. */
    static LaunchStarts of(Replay replay, List<PcrBank> shown) {
        List<Start> starts = new ArrayList<>();
        shown.forEach(bank -> extended(bank).forEach(pcr -> starts.add(assumed(replay, bank.algorithm(), pcr, false))));
        return new LaunchStarts(starts);
    }

    /** Of those PCRs that are compared. */
    static LaunchStarts of(ReplayedLog replayed) {
        List<Start> starts = new ArrayList<>();
        for (ReplayedBank bank : replayed.replay().banks()) {
            for (int pcr : extended(bank.pcrs())) {
                replayed.comparison(bank.algorithm(), pcr).ifPresent(compared -> starts.add(start(replayed, compared)));
            }
        }
        return new LaunchStarts(starts);
    }

    private static Start start(ReplayedLog replayed, PcrComparison compared) {
        HashAlgorithm bank = compared.algorithm();
        int pcr = compared.pcr();
        return replayed.dynamicPcrStart(bank, pcr)
                .map(shown -> new Start(bank, pcr, shown, Basis.VALUE, false))
                .orElseGet(() -> assumed(replayed.replay(), bank, pcr, compared.status() == PcrStatus.DIFFERS));
    }

    private static Start assumed(Replay replay, HashAlgorithm bank, int pcr, boolean differs) {
        DynamicPcrStart start = replay.dynamicPcrStart();
        Basis basis = start == DynamicPcrStart.ZEROS ? Basis.LAUNCH_EVENT : Basis.NO_LAUNCH_EVENT;
        return new Start(bank, pcr, start, basis, differs);
    }

    private static List<Integer> extended(PcrBank bank) {
        return bank.values().keySet().stream().filter(DynamicPcrStart::applies).toList();
    }

    /** What {@link #lines} says better, as the values are known here. */
    static boolean says(DiagnosticCode code) {
        return code == DiagnosticCode.DYNAMIC_LAUNCH || code == DiagnosticCode.DYNAMIC_LAUNCH_NOT_LOGGED;
    }

    static boolean says(BankFinding.Kind kind) {
        return kind == BankFinding.Kind.DYNAMIC_LAUNCH || kind == BankFinding.Kind.NO_DYNAMIC_LAUNCH;
    }

    /** One line for each start and reason; banks that are alike are not told apart. */
    List<String> lines() {
        return starts.stream()
                .collect(Collectors.groupingBy(
                        start -> sentence(start, "%s"),
                        LinkedHashMap::new,
                        Collectors.mapping(start -> start.pcr, Collectors.toList())))
                .entrySet()
                .stream()
                .map(same -> String.format(same.getKey(), "PCR " + PcrRanges.of(same.getValue())))
                .toList();
    }

    private static String sentence(Start start, String pcrs) {
        String verb = start.basis == Basis.VALUE ? " started at " : " taken to start at ";
        String value = start.start + (start.start == DynamicPcrStart.ZEROS ? ", as after a dynamic launch: " : ": ");
        return pcrs + verb + value + reason(start);
    }

    private static String reason(Start start) {
        if (start.differs) {
            return "neither start leads to the value that was given, and the log has "
                    + (start.basis == Basis.LAUNCH_EVENT ? "events of a launch" : "no event of a launch");
        }
        return switch (start.basis) {
            case VALUE ->
                start.start == DynamicPcrStart.ZEROS
                        ? "only from there do the events lead to the value"
                        : "only from there do the events lead to the value, so no dynamic launch reset it";
            case LAUNCH_EVENT -> "the log has events of one, and there is no value that shows it";
            case NO_LAUNCH_EVENT ->
                "the log has no event of a dynamic launch, and there is no value that shows it; after a launch they start at zeros";
        };
    }

    /** {@code dynamicPcrStarts}, where there are such PCRs: each {@code bank, pcr, start, basis}. */
    void members(DataWriter out) {
        if (!starts.isEmpty()) {
            out.objects(
                    "dynamicPcrStarts",
                    starts,
                    start -> out.put("bank", start.bank.name())
                            .put("pcr", start.pcr)
                            .put("start", start.start.toString())
                            .put("basis", start.basis.id));
        }
    }
}
