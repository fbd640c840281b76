package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.uefi.GptTable;
import java.util.List;

/**
 * PCR 5. Before its separator anything is allowed, such as the boot variables and actions of older firmware. After it:
 * partition tables, boot actions, and what the state has.
 */
final class PartitionClause implements EventClause {
    static final int PCR = 5;

    private final List<List<PinnedEvent>> pinned;

    PartitionClause(List<List<PinnedEvent>> pinned) {
        this.pinned = pinned;
    }

    @Override
    public Judgement judge(VerifiedLog log) {
        String expected = "after the separator partition tables, boot actions and what the state has";
        List<VerifiedEvent> wrong = log.events(PCR).stream()
                .filter(event -> event.isAfterSeparator() && !isExpected(event))
                .toList();
        return wrong.isEmpty()
                ? Judgement.passed(log.events(PCR), expected, Constraint.REPLAYED)
                : Judgement.failed(wrong, expected, Clauses.describe(wrong));
    }

    private boolean isExpected(VerifiedEvent event) {
        return event.constant().filter(PartitionClause::isExpected).isPresent()
                || isPinned(event)
                || event.coveredBytes().filter(PartitionClause::isGpt).isPresent();
    }

    private static boolean isExpected(MeasuredConstant constant) {
        return constant == MeasuredConstant.SEPARATOR || constant.isBootAttempt() || constant.isExitBootServices();
    }

    private boolean isPinned(VerifiedEvent event) {
        return pinned.stream().flatMap(List::stream).anyMatch(known -> known.matches(event.bank(), event.digest()));
    }

    private static boolean isGpt(Bytes data) {
        try {
            return GptTable.decode(data, 0).trailing().isEmpty();
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
