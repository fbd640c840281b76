package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The entries of a signature database without the lists that they are in, which differ although the entries are the same. */
final class SignatureEntries {
    static final String ENTRY = "entry";

    /** Fields that the fingerprint replaces. */
    private static final Set<String> OF_THE_CERTIFICATE = Set.of("issuer", "serialNumber", "notBefore", "notAfter");

    private static final String LISTS = "signatureLists";
    private static final String TYPE = "signatureType";
    private static final String SIGNATURES = "signatures";

    private SignatureEntries() {}

    static List<Field> flat(List<Field> fields) {
        return fields.stream().map(SignatureEntries::flat).toList();
    }

    private static Field flat(Field field) {
        if (!field.name().equals(LISTS) || !(field.value() instanceof FieldValue.Items lists)) {
            return field;
        }
        List<Field> entries = new ArrayList<>();
        for (Field list : lists.items()) {
            if (list.value() instanceof FieldValue.Structure structure) {
                addEntries(structure.fields(), entries);
            }
        }
        return new Field("entries", new FieldValue.Items(entries), field.offset(), field.length());
    }

    private static void addEntries(List<Field> list, List<Field> entries) {
        List<Field> type =
                list.stream().filter(field -> field.name().equals(TYPE)).toList();
        for (Field field : list) {
            if (field.name().equals(SIGNATURES) && field.value() instanceof FieldValue.Items signatures) {
                for (Field signature : signatures.items()) {
                    if (signature.value() instanceof FieldValue.Structure structure) {
                        List<Field> parts = new ArrayList<>(type);
                        structure.fields().stream()
                                .filter(part -> !OF_THE_CERTIFICATE.contains(part.name()))
                                .forEach(parts::add);
                        entries.add(new Field(
                                ENTRY, new FieldValue.Structure(parts), signature.offset(), signature.length()));
                    }
                }
            }
        }
    }
}
