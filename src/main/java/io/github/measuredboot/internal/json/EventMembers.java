package io.github.measuredboot.internal.json;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The events of a log, what their digests cover, and their decoded data. */
public final class EventMembers {
    private final DataWriter out;
    private final MeasurementRegisters registers;
    private final Predicate<HashAlgorithm> banks;

    private EventMembers(DataWriter out, MeasurementRegisters registers, Predicate<HashAlgorithm> banks) {
        this.out = out;
        this.registers = registers;
        this.banks = banks;
    }

    public static void write(DataWriter out, CheckedLog checked, Optional<Fault> fault) {
        write(out, checked, fault, MeasurementRegisters.PCRS, checked.events(), bank -> true);
    }

    /** Some events of a log, with their digests in some banks. */
    public static void write(
            DataWriter out,
            CheckedLog checked,
            Optional<Fault> fault,
            MeasurementRegisters registers,
            Iterable<CheckedEvent> events,
            Predicate<HashAlgorithm> banks) {
        LogMembers.format(out, checked.log());
        LogMembers.registers(out, registers);
        out.objects("events", events, new EventMembers(out, registers, banks)::event);
        LogMembers.diagnostics(out, "diagnostics", checked.log().diagnostics());
        fault.ifPresent(present -> LogMembers.error(out, present));
    }

    private void event(CheckedEvent checked) {
        Event event = checked.event();
        out.put("number", event.number()).put("offset", event.offset()).put("pcr", event.pcrIndex());
        LogMembers.register(out, registers, event.pcrIndex());
        out.put("type", event.claimedType().name());
        LogMembers.digests(
                out,
                "digests",
                () -> event.digests().stream()
                        .filter(digest -> banks.test(digest.algorithm()))
                        .iterator());
        out.object(
                        "checks",
                        () -> checked.checks().stream()
                                .filter(check -> banks.test(check.algorithm()))
                                .forEach(this::check))
                .put("size", event.data().length())
                .put("data", event.data())
                .put("structure", StructureNames.of(checked.claimedData()))
                .name("fields");
        fields(checked.claimedData().fields());
    }

    /** {@code code} is the status as version 0 of this format had it. */
    private void check(DigestCheck check) {
        String status = check.status().id();
        out.object(
                check.algorithm().name(),
                () -> out.put("status", status)
                        .put("code", status.toUpperCase(Locale.ROOT).replace('-', '_'))
                        .put("covers", check.rule().description())
                        .put("quirk", check.quirk().map(quirk -> quirk.id())));
    }

    private void fields(List<Field> fields) {
        Map<String, Integer> used = new HashMap<>();
        out.object(() -> fields.forEach(field -> {
            int times = used.merge(field.name(), 1, Integer::sum);
            out.name(times == 1 ? field.name() : field.name() + times);
            value(field.value());
        }));
    }

    private void value(FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            out.text(text.text());
        } else if (value instanceof FieldValue.Unsigned number) {
            out.unsigned(number.value());
        } else if (value instanceof FieldValue.Hexadecimal number) {
            out.text("0x" + Long.toHexString(number.value()));
        } else if (value instanceof FieldValue.Flag flag) {
            out.flag(flag.value());
        } else if (value instanceof FieldValue.Binary binary) {
            out.text(binary.bytes().toHex());
        } else if (value instanceof FieldValue.Structure structure) {
            fields(structure.fields());
        } else if (value instanceof FieldValue.Items items) {
            items(items.items());
        }
    }

    /** Items of one name are an array of values; where the names tell the items apart, each is an object of one member. */
    private void items(List<Field> items) {
        boolean oneName = items.stream().map(Field::name).distinct().count() <= 1;
        out.array(() -> items.forEach(item -> {
            if (oneName) {
                value(item.value());
            } else {
                fields(List.of(item));
            }
        }));
    }
}
