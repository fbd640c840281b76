package io.github.measuredboot.diagnosis;

import io.github.measuredboot.eventlog.data.EventField;
import io.github.measuredboot.eventlog.data.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The entries of a signature database without the lists that they are in, which differ although the entries are the same. */
final class SignatureEntries {
    static final String ENTRY = "entry";

    /** What the fingerprint stands for. */
    private static final Set<String> OF_THE_CERTIFICATE = Set.of("issuer", "serialNumber", "notBefore", "notAfter");

    private static final String LISTS = "signatureLists";
    private static final String TYPE = "signatureType";
    private static final String SIGNATURES = "signatures";

    private SignatureEntries() {}

    static List<EventField> flat(List<EventField> fields) {
        return fields.stream().map(SignatureEntries::flat).toList();
    }

    private static EventField flat(EventField field) {
        if (!field.name().equals(LISTS) || !(field.value() instanceof FieldValue.Items lists)) {
            return field;
        }
        List<EventField> entries = new ArrayList<>();
        for (EventField list : lists.items()) {
            if (list.value() instanceof FieldValue.Structure structure) {
                addEntries(structure.fields(), entries);
            }
        }
        return new EventField("entries", new FieldValue.Items(entries), field.offset(), field.length());
    }

    private static void addEntries(List<EventField> list, List<EventField> entries) {
        List<EventField> type =
                list.stream().filter(field -> field.name().equals(TYPE)).toList();
        for (EventField field : list) {
            if (field.name().equals(SIGNATURES) && field.value() instanceof FieldValue.Items signatures) {
                for (EventField signature : signatures.items()) {
                    if (signature.value() instanceof FieldValue.Structure structure) {
                        List<EventField> parts = new ArrayList<>(type);
                        structure.fields().stream()
                                .filter(part -> !OF_THE_CERTIFICATE.contains(part.name()))
                                .forEach(parts::add);
                        entries.add(new EventField(
                                ENTRY, new FieldValue.Structure(parts), signature.offset(), signature.length()));
                    }
                }
            }
        }
    }
}
