package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.TaggedEvent;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.uefi.GptTable;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PCR 5. Before its separator anything may be, such as the boot variables and actions of older firmware. After it: a partition
 * table, the loader's settings, actions at the end of boot services, and what the state has.
 */
final class PartitionClause implements EventClause {
    static final int PCR = 5;

    private static final Set<MeasuredConstant> CONSTANTS = EnumSet.of(
            MeasuredConstant.SEPARATOR,
            MeasuredConstant.CALLING_BOOT_OPTION,
            MeasuredConstant.RETURNING_FROM_BOOT_OPTION,
            MeasuredConstant.RETURNING_FROM_APPLICATION,
            MeasuredConstant.BOOT_ATTEMPTS_OMITTED,
            MeasuredConstant.EXIT_BOOT_SERVICES_INVOCATION,
            MeasuredConstant.EXIT_BOOT_SERVICES_SUCCESS,
            MeasuredConstant.EXIT_BOOT_SERVICES_FAILURE);

    private final List<List<PinnedEvent>> pinned;

    PartitionClause(List<List<PinnedEvent>> pinned) {
        this.pinned = pinned;
    }

    @Override
    public Judgement judge(VerifiedLog log) {
        String expected = "after the separator partition tables, loader settings and boot actions";
        List<VerifiedEvent> wrong = log.events(PCR).stream()
                .filter(event -> event.isAfterSeparator() && !isExpected(event))
                .toList();
        return wrong.isEmpty()
                ? Judgement.passed(log.events(PCR), expected, Constraint.REPLAYED)
                : Judgement.failed(wrong, expected, Clauses.describe(wrong));
    }

    private boolean isExpected(VerifiedEvent event) {
        return event.constant().filter(CONSTANTS::contains).isPresent()
                || isPinned(event)
                || event.coveredBytes().filter(PartitionClause::isGpt).isPresent()
                || isTagged(event);
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

    /** systemd-boot measures loader.conf, and logs it after a tag that the digest does not cover. */
    private static boolean isTagged(VerifiedEvent event) {
        Bytes data = event.claims().event().data();
        if (data.length() < TaggedEvent.HEADER_SIZE
                || data.u32(Integer.BYTES) != data.length() - TaggedEvent.HEADER_SIZE) {
            return false;
        }
        Optional<MessageDigest> hash = event.bank().newMessageDigest();
        hash.ifPresent(digest -> data.from(TaggedEvent.HEADER_SIZE).update(digest));
        return hash.map(MessageDigest::digest)
                .map(Bytes::wrap)
                .filter(event.digest()::equals)
                .isPresent();
    }
}
