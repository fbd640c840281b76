package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.CelRecord.StringCheck;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the events of a log claim about a measurement, and which of it the digests of some banks cover. */
record ClaimedContent(Subject subject, String type, List<Field> fields, Predicate<Field> coverage) {
    /** The same for the same thing, wherever it is in its PCR. */
    Optional<String> identity() {
        return subject.identity().map(name -> subject.topic().id() + " " + name);
    }

    /** The same for things of which one may take the place of the other. */
    Optional<String> replaceableType() {
        return subject.replaceable() ? Optional.of(type) : Optional.empty();
    }

    boolean covers(Field field) {
        return coverage.test(field);
    }

    boolean isSubjectClaimed() {
        return fields.stream()
                .filter(field -> subject.namedBy().contains(field.name()))
                .anyMatch(field -> !covers(field));
    }

    static ClaimedContent of(CheckedEvent event, List<HashAlgorithm> banks) {
        return new ClaimedContent(
                Subject.of(event.event().claimedType(), event.claimedData()),
                event.event().claimedType().name(),
                SignatureEntries.flat(event.claimedData().fields()),
                field -> covers(event, banks, field));
    }

    private static boolean covers(CheckedEvent event, List<HashAlgorithm> banks, Field field) {
        Bytes raw = event.claimedData().raw();
        int offset = field.length() == 0 ? 0 : field.offset();
        int length = field.length() == 0 ? raw.length() : field.length();
        if (field.value() instanceof FieldValue.Text) {
            while (length > 1 && offset + length <= raw.length() && raw.u8(offset + length - 1) == 0) {
                length--;
            }
        }
        List<DigestCheck> checks =
                banks.stream().flatMap(bank -> event.check(bank).stream()).toList();
        int size = length;
        return !checks.isEmpty() && checks.stream().allMatch(check -> check.coverage(offset, size) == Coverage.COVERED);
    }

    static ClaimedContent of(CelRecord record, List<HashAlgorithm> banks) {
        String type = record.eventType().orElse("record");
        Subject subject = Subject.unnamed(Topic.OPERATING_SYSTEM, "userspace measurement " + type);
        List<Field> fields = record.string()
                .map(text -> List.of(new Field("string", new FieldValue.Text(text), 0, text.length())))
                .orElse(List.of());
        List<StringCheck> checks = banks.stream()
                .flatMap(bank -> record.stringCheck(bank).stream())
                .toList();
        boolean covered = !checks.isEmpty() && checks.stream().allMatch(StringCheck.MATCHES::equals);
        return new ClaimedContent(subject, "userspace " + type, fields, field -> covered);
    }
}
